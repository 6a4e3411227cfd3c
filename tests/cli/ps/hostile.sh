# Names that would be taken for lines, colours or formulas; numbers that do not
# fit.
. tests/cli/ps/make.inc
machine t1
printf 'x\n\nPFN 0x1 typ\n' >"$TMP/t1/proc/812/comm"
printf '\033[2J\377\n' >"$TMP/t1/proc/900/comm"
printf '=1+1,"\n' >"$TMP/t1/proc/1/comm"
cgroup t1 1 "$(printf '/a\033[31m\200')"
status t1 7 huge 4294967295 18446744073709551614
rollup t1 7 18446744073709551614 18446744073709551614 18446744073709551614 \
	1 18446744073709551614 9223372036854775807 18446744073709551614
status t1 8 huge2 4294967295 18446744073709551614
rollup t1 8 18446744073709551614 18446744073709551614 1 1 1 2 1
for pid in 0 007 -1 99999999999999999999 7x; do
	mkdir -p "$TMP/t1/proc/$pid"
	cp "$TMP/t1/proc/812/status" "$TMP/t1/proc/$pid/status"
done
for output in text csv json; do
	"$PAGEOWL" ps --output=$output "$TMP/t1"
	"$PAGEOWL" ps --output=$output --by=cgroup "$TMP/t1"
done
"$PAGEOWL" ps --output=json "$TMP/t1" | python3 -m json.tool >/dev/null
