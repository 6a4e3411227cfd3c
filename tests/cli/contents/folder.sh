# A line for each format, and for each member.
"$PAGEOWL" contents samples/real-6.12-leaks/t2
"$PAGEOWL" contents --full samples/real-6.12-leaks/t2
