# A lone file of counters, one that nobody knows, and nothing at all.
"$PAGEOWL" contents samples/slabinfo/good-2.1.txt
"$PAGEOWL" contents samples/README.md
echo $?
mkdir "$TMP/empty"
"$PAGEOWL" contents "$TMP/empty"
