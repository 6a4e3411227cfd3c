# Every order of rows.
for order in rank growth -growth before after records first last kept fresh \
	function; do
	echo "== $order"
	"$PAGEOWL" diff --sort=$order --top=4 --not=category=slab* samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2 |
		sed -n '/verdict/,/more/p'
done
