# needs archives
# A source that the capture does not have is refused, and what it has is told.
"$PAGEOWL" top --source=allocinfo samples/real-6.12-noleak/t2
echo $?
"$PAGEOWL" top --source=page_owner samples/real-7.1.5-noleak/t3.tar.xz
echo $?
"$PAGEOWL" diff --source=slab samples/real-6.12-leaks/t1 samples/real-6.12-noleak/t2
echo $?
mkdir -p "$TMP/proc" && cp samples/real-6.12-leaks/t1/proc/meminfo "$TMP/proc"
"$PAGEOWL" top "$TMP"
