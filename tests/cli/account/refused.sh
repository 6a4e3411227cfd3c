# What account cannot do: status 2, and why.
try()
{
	"$PAGEOWL" account "$@" >"$TMP/out"
	echo "$? $(wc -c <"$TMP/out" | tr -d ' ') bytes"
}
try samples/page_owner/good-6.8.txt
try samples/meminfo/good-node.txt
try samples/real-6.12-leaks/t1 samples/page_owner/good-6.8.txt
try "$TMP/nowhere"
try LICENSE
try --by=comm samples/real-6.12-leaks/t1
try --by=node,comm samples/real-6.12-leaks/t1
try --source=slab samples/real-6.12-leaks/t1
try --source=slab_traces samples/real-6.12-leaks/t1
try --source=vmallocinfo samples/real-6.12-leaks/t1
try --source=allocinfo samples/real-6.12-noleak/t2
try --only=category=driver samples/real-6.12-leaks/t1
try --output=folded samples/real-6.12-leaks/t1
try samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2 samples/real-6.12-leaks/t2
try - - </dev/null
try - </dev/null
