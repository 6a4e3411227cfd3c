# flamegraph.pl takes folded stacks, with one number and with two.
FLAMES=/usr/share/perl5/Devel/NYTProf/flamegraph.pl
A=samples/real-6.12-leaks
"$PAGEOWL" top -q -O folded --symbols=never $A/t2 >"$TMP/held"
"$PAGEOWL" diff -q -O folded --symbols=never $A/t1 $A/t2 >"$TMP/grown"
"$PAGEOWL" top -q -O folded --symbols=never --by=comm,stack $A/t2 >"$TMP/tasks"
for graph in held grown tasks; do
	echo "$graph:"
	"$FLAMES" --minwidth=0 --countname=bytes "$TMP/$graph" >"$TMP/svg"
	python3 -B tests/cli/hold_flames.py "$TMP/$graph" "$TMP/svg"
done
