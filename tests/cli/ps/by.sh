# Sums by user, command and cgroup, and what is no key.
. tests/cli/ps/make.inc
machine t1
status t1 950 sh 0 2000
rollup t1 950 2000 900 800 100 0 850 0
for key in user comm command cgroup; do
	"$PAGEOWL" ps --by=$key "$TMP/t1"
done
"$PAGEOWL" ps --by=cgroup --output=csv "$TMP/t1"
"$PAGEOWL" ps --by=user --output=json --top=1 "$TMP/t1"
"$PAGEOWL" ps --by=colour "$TMP/t1"
