# A rule for each subject, with a pattern; limits in each measure.
gate()
{
	"$PAGEOWL" diff --fail-over="$1" samples/real-6.12-leaks/t1 \
		samples/real-6.12-leaks/t2 2>&1 >/dev/null
	echo "$1: $?"
}
gate 'stack=do_leak: 1M'
gate 'function=leaky_*: 200 objects'
gate 'module: 300 pages'
gate 'module=leaky_slab:2M'
gate 'category=kernel-stack: 0'
gate 'category=driver: 20% and 1M'
gate 'function=no_such: 0'
