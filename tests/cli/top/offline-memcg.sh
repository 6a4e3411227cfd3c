# Pages of a removed cgroup are pointed out.
"$PAGEOWL" top --by=memcg --all samples/page_owner/good-6.1.txt
