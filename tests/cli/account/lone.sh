# A lone /proc/meminfo, from a pipe too: no zones, no processes, no stacks.
"$PAGEOWL" account samples/meminfo/real-7.1.5-noleak.gz
echo ---
zcat samples/meminfo/real-7.1.5-noleak.gz | "$PAGEOWL" account - >"$TMP/out"
"$PAGEOWL" account samples/meminfo/real-7.1.5-noleak.gz |
	diff - "$TMP/out"
# Two of them, one from the pipe.
zcat samples/meminfo/real-7.1.5-noleak.gz |
	"$PAGEOWL" account samples/meminfo/real-6.12-numa.gz - | head -n 5
# Rows that were picked: what lacks is said.
grep -e MemTotal -e MemFree samples/real-6.12-leaks/t2/proc/meminfo |
	"$PAGEOWL" account --kb --formula - | sed -n '/ kB .*free/p; /^How/,/^$/p'
# What a container shows: numbers made up in part.
printf 'MemTotal: 524288 kB\nMemFree: 262144 kB\nSlab: 0 kB\n%s\n' \
	'PageTables: 0 kB' | "$PAGEOWL" account --formula - |
	sed -n '/^How/,/^$/p'
