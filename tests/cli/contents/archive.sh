# needs archives
# needs archives
"$PAGEOWL" contents samples/real-7.1.5-noleak/t3.tar.xz
"$PAGEOWL" contents - <samples/real-7.1.5-noleak/t3.tar.xz
