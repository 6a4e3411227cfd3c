# Names of caches and labels of meminfo come from anybody: none is obeyed.
mkdir -p "$TMP/t1/proc" "$TMP/t2/proc"
for t in t1 t2; do
	{
		cat samples/real-6.12-leaks/t1/proc/meminfo
		printf 'Evil\033[31m<b>: 10 kB\n=cmd|x: 20 kB\nlru: 30 kB\n'
		printf 'x\302\233y: 40 kB\n\342\200\256rtl: 50 kB\nfree: 7\n'
		printf 'Huge: 18446744073709551615 kB\nMax: 9223372036854775807 kB\n'
	} >"$TMP/$t/proc/meminfo"
	{
		head -n 2 samples/slabinfo/good-2.1.txt
		for name in '=1+1' 'a\033]0;owned\007b' '<script>' 'x\302\205y' \
			'"q",r'; do
			printf "$name"'  %s 10 4096 8 8 : tunables 0 0 0 :' 10
			echo ' slabdata 4 4 0'
		done
	} >"$TMP/$t/proc/slabinfo"
done
sed -i 's/ 4 4 0$/ 99999 99999 0/' "$TMP/t2/proc/slabinfo"
show()
{
	"$PAGEOWL" account "$@" | LC_ALL=C cat -v |
		grep -i -e evil -e cmd -e lru -e rtl -e 40 -e huge -e max -e script \
			-e '1+1' -e owned -e '"q"' -e slub_debug -e kmem -e 'x.*y '
}
show "$TMP/t1"
"$PAGEOWL" account -q "$TMP/t1" | grep -A 1 'No stacks'
echo ---
show "$TMP/t1" "$TMP/t2"
echo ---
"$PAGEOWL" account --output=csv "$TMP/t1" | LC_ALL=C cat -v |
	grep -e meminfo: -e ,slab,
echo ---
"$PAGEOWL" account --output=json "$TMP/t2" >"$TMP/json"
LC_ALL=C grep -c "$(printf '[\001-\011\013-\037\177]')" "$TMP/json"
python3 - "$TMP/json" <<'END'
import json, sys
found = json.load(open(sys.argv[1], encoding="utf-8"))
assert not any(ord(c) in range(0x7f, 0xa0) for c in open(sys.argv[1]).read())
for row in found["captures"][0]["budget"]["rows"]:
    if row["id"].startswith("meminfo:"):
        print(ascii(row["id"]), row["kib"])
for cache in found["slab"]:
    print(ascii(cache["name"]), cache["bytes"])
END
