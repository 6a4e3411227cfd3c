# The other sources of stacks: no times, no early pages; and source lines.
for source in page_owner_stacks allocinfo; do
	echo "--- $source"
	"$PAGEOWL" account --source=$source --top=3 samples/real-6.12-leaks/t1 \
		samples/real-6.12-leaks/t2 | sed '/^Slab caches/,$d'
	"$PAGEOWL" account --source=$source --top=3 samples/real-6.12-leaks/t2 |
		sed -n '/^In no counter/,/^Cross/p'
done
