# needs archives
# Which of two captures is meant is not guessed.
mkdir -p "$TMP/both"
for t in t1 t2; do
	mkdir -p "$TMP/both/$t/proc" "$TMP/both/$t/sys/kernel/debug"
	cp samples/real-6.12-leaks/$t/proc/uptime "$TMP/both/$t/proc"
	cp samples/page_owner/good-6.8.txt \
		"$TMP/both/$t/sys/kernel/debug/page_owner"
done
"$PAGEOWL" top "$TMP/both"
echo $?
tar -C "$TMP/both" --sort=name -cf "$TMP/both.tar" t1 t2
"$PAGEOWL" top "$TMP/both.tar"
echo $?
mkdir "$TMP/dumps"
cp samples/page_owner/good-6.8.txt "$TMP/dumps/first.txt"
cp samples/page_owner/good-6.1.txt "$TMP/dumps/second.txt"
"$PAGEOWL" top "$TMP/dumps"
