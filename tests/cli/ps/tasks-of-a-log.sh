# The tasks of the last report in a log; those of a memory cgroup are said to be.
for name in 6.12-oom 6.12-three memcg-oom 3.19-no-numa; do
	"$PAGEOWL" ps "samples/show_mem/good-$name.txt"
done
