# What page_owner_sort wrote, in its forms.
for path in samples/page_owner_sort/good-*; do
	"$PAGEOWL" top --all "$path" || exit
	echo
done
"$PAGEOWL" top --by=comm,pid samples/page_owner_sort/good-cull-pid-name.txt
