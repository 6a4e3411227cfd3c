# How records of each kernel are shown.
for version in 3.19 4.4 4.9 4.19 5.11 5.15 5.17-comm-without-tgid 6.1 6.8 7.1; do
	"$PAGEOWL" top --all samples/page_owner/good-$version.txt || exit
	echo
done
