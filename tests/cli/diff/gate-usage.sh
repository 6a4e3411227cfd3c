# Options of the gate that mean nothing: what was wrong, and a remedy.
for option in --fail-over= --fail-over=512K --fail-over='frames: 1M' \
	--fail-over='stack: 12Q' --fail-over='category=leaks: 1M' \
	--fail-over='function: 20% per iteration' --rules= --iterations=0 \
	--iterations=many --write-suppressions= --write-suppressions=-; do
	"$PAGEOWL" diff "$option" x y
	[ $? -eq 2 ] || echo "$option: another status"
done
# Rules are about stacks.
for option in --fail-over=default --rules=x --iterations=5 \
	--write-suppressions=x; do
	"$PAGEOWL" diff --by=module "$option" x y
	[ $? -eq 2 ] || echo "$option: another status"
done
"$PAGEOWL" diff --fail-over='stack: 1 object per iteration' x y
SOURCE_DATE_EPOCH=today "$PAGEOWL" diff --fail-over=default x y
# A rule that was asked for and cannot be judged is trouble; a default is not.
"$PAGEOWL" diff --fail-over='unaccounted: 1M' samples/page_owner/good-6.8.txt \
	samples/page_owner/good-6.8.txt >/dev/null
echo "status $?"
"$PAGEOWL" diff --fail-over=default samples/page_owner/good-6.8.txt \
	samples/page_owner/good-6.8.txt >/dev/null
echo "status $?"
