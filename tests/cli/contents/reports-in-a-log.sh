# Of several reports in a log the last whole one is taken.
for name in good-6.12-three bad-6.12-cut bad-6.12-mangled good-6.12-kmsg; do
	"$PAGEOWL" contents "samples/show_mem/$name.txt"
done
