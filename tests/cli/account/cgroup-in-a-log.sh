# A memory cgroup that ran out of memory tells nothing of the machine.
"$PAGEOWL" account samples/show_mem/good-memcg-oom.txt
"$PAGEOWL" top -q samples/show_mem/good-memcg-oom.txt
"$PAGEOWL" ps -q samples/show_mem/good-memcg-oom.txt | head -3
