# Without a capture nothing but page_owner can be read.
for option in --source=slab --source=allocinfo --format=vmallocinfo; do
	"$PAGEOWL" top $option
	echo $?
done
for option in --source=page_owner --format=page_owner; do
	"$PAGEOWL" top $option 2>&1 >/dev/null | grep -c 'take a capture' || :
done
