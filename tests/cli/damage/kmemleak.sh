# Records of kmemleak that cannot be used are told with their lines.
"$PAGEOWL" top samples/kmemleak/bad-heads.txt
"$PAGEOWL" top samples/kmemleak/bad-cut.txt
