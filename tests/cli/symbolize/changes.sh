# needs bfd
# A log that goes to and fro between two kernels: the last of those that were
# followed must not answer for all that come after.
i=0
while [ $i -lt 70 ]; do
	echo "Linux version 6.12.117-lab (a@b)"
	echo " do_leak+0x1b/0x30 [leaky_pages]"
	echo "Linux version 6.12.118-lab (a@b)"
	echo " do_leak+0x1b/0x30 [leaky_pages]"
	i=$((i + 1))
done >"$TMP/log"
"$PAGEOWL" symbolize --debug-dir=samples/symbols "$TMP/log" 2>"$TMP/err" |
	sort | uniq -c | sed 's/  */ /g'
sort "$TMP/err" | uniq -c | sed 's/  */ /g'
