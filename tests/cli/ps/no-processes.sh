# A capture without files of processes: what to do.
mkdir -p "$TMP/t1/proc"
cp samples/meminfo/good-node.txt "$TMP/t1/proc/meminfo"
"$PAGEOWL" ps "$TMP/t1"
echo $?
"$PAGEOWL" ps samples/page_owner/good-6.8.txt
echo $?
"$PAGEOWL" ps "$TMP/nowhere"
