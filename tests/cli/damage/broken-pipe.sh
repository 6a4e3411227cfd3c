# A reader that goes away.
("$PAGEOWL" top --top=0 samples/real-6.12-leaks/t2; echo $? >"$TMP/status") | head -n 1
