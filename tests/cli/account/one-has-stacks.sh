# One of two captures has no stacks: the table all the same, and which it is.
mkdir -p "$TMP/none/proc"
cp samples/real-6.12-leaks/t2/proc/[!a]* "$TMP/none/proc"
for pair in "samples/real-6.12-leaks/t1 $TMP/none" \
	"$TMP/none samples/real-6.12-leaks/t2"; do
	# shellcheck disable=SC2086
	"$PAGEOWL" account --top=1 $pair | sed '/^Slab/,$d'
	echo "status $?"
done
