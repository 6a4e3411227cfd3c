# Without an argument the live machine is read, or the reason told.
"$PAGEOWL" top >/dev/null 2>"$TMP/err"
status=$?
if [ $status -eq 0 ]; then
	echo "this machine has page_owner"
	exit 0
fi
echo $status
cut -d' ' -f1 "$TMP/err"
wc -l <"$TMP/err" | tr -d ' '
