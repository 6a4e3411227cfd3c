# The counters of an OOM report in a log, what it does not tell, and its caches.
"$PAGEOWL" account samples/show_mem/good-6.12-oom.txt
"$PAGEOWL" account -q samples/show_mem/good-5.4-one-node-of-two.txt | head -12
# A capture's own counters go before those of hours ago.
mkdir -p "$TMP/c/proc"
printf 'MemTotal: 1000 kB\nMemFree: 400 kB\n' >"$TMP/c/proc/meminfo"
cp samples/show_mem/good-6.12-oom.txt "$TMP/c/dmesg.txt"
"$PAGEOWL" account "$TMP/c" | grep -e MemTotal: -e 'OOM report'
# What cannot be checked, and that it is a report that does not have it.
"$PAGEOWL" account -q --verbose samples/show_mem/good-6.12-oom.txt | grep -A1 'not made: [aSfp]'
# Two of them are compared.
"$PAGEOWL" account samples/show_mem/good-6.12-three.txt samples/show_mem/good-6.12-oom.txt
# One of ours, in a log that ends with it.
"$PAGEOWL" account -q samples/show_mem/real-6.12-oom.txt.gz | sed -n "1,/in no counter/p"
