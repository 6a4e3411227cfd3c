# A manifest tells T0 of the dump, that of the uptime is earlier; and what was
# read in part or is not there at all, and why.
cp -r samples/real-6.12-leaks/t1 "$TMP/t1"
rm "$TMP/t1/proc/allocinfo.gz"
cd "$TMP" || exit
facts()
{
	"$PAGEOWL" top --output=json "$@" t1 |
		sed -n '/"captures"/,/^  \]/p' |
		grep -E '"(began_ns|began_from|input)"' | head -n 3
	"$PAGEOWL" top -q --output=json t1 | grep -c '"fresh": 0.0000'
}
# manifest MACHINE STATUS WHY
manifest()
{
	printf 'pageowl capture manifest 1\nmachine\t%s\n' "$1"
	printf 'began\t2026-11-22T16:02:03Z\t30.800\n'
	printf 'missing\t-\t-\t0\tproc/allocinfo\tthis kernel has no memory '
	printf 'allocation profiling; it takes CONFIG_MEM_ALLOC_PROFILING=y\n'
	printf '%s\t31.500\t32.500\t99\tsys/kernel/debug/page_owner\t%s\n' \
		"$2" "$3"
}
ended()
{
	printf 'ended\t2026-11-22T16:02:08Z\t35.100\twhole\n'
}
facts
{ manifest live whole; ended; } >t1/manifest
facts --verbose
# Copies were read by no clock that the records know.
{ manifest folder whole; ended; } >t1/manifest
facts
{ manifest live part 'the kernel killed the reader'; ended; } >t1/manifest
facts
"$PAGEOWL" top --strict t1 >strict.txt
echo $?
"$PAGEOWL" top --source=allocinfo t1
echo $?
manifest live whole >t1/manifest
facts
# A machine may be idle while it is read; but a clock that is far ahead of all
# records is none.
for began in 37.100 37.300; do
	{ manifest live whole | sed "s/31.500/$began/"; ended; } >t1/manifest
	facts
done
