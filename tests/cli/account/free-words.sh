# What `used` is depends on a MemAvailable that can be true.
for change in MemAvailable+0 MemAvailable- MemAvailable=0 MemAvailable=1048577
do
	python3 -B tests/cli/account/machine.py "$TMP/$change" $change
	echo "--- $change"
	"$PAGEOWL" account --kb "$TMP/$change" | sed -n '/^What `free`/,/^$/p'
done
