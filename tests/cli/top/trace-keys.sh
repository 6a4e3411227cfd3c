# Keys of a trace; a key of objects asks for these.
trace=samples/trace_pages/good-perf.txt
"$PAGEOWL" top -q --by=cache "$trace" || exit
"$PAGEOWL" top -q --by=comm,tgid,order "$trace" || exit
gzip -c "$trace" | "$PAGEOWL" top -q --by=cpu --source=trace_objects - || exit
mkdir -p "$TMP/capture/sys/kernel/tracing" || exit
cp samples/trace_pages/good-tracefs.txt "$TMP/capture/sys/kernel/tracing/trace"
"$PAGEOWL" top "$TMP/capture"
