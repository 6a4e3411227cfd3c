# Pages and objects of one kmem trace, by what its form is; and a trace that
# has no events of pages.
for name in good-tracefs good-perf good-trace-cmd bad-cut; do
	"$PAGEOWL" top --full "samples/trace_pages/$name.txt" || exit
done
"$PAGEOWL" top --top=3 samples/trace_pages/real-6.12-trigger.txt.gz
