# Every order, forwards and backwards.
for order in rank size -size records first -last fresh function; do
	echo "== $order"
	"$PAGEOWL" top --sort=$order --top=3 --only=module=leaky_pages \
		samples/real-6.12-leaks/t2 | sed -n '/^ *size /,/^$/p'
done
