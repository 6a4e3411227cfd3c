# What GitHub's reader of Markdown makes of it: tables with as many cells as
# headings, no HTML but ours, and never more than a comment holds.
A=samples/real-6.12-leaks
cat >"$TMP/rules" <<'END'
fail-over default
suppress
	frames  churn_warm_fill
	maximum 8M
	reason  </code> | `@all` <script>alert(1)</script>
END
"$PAGEOWL" diff -q -O markdown --rules="$TMP/rules" $A/t1 $A/t2 >"$TMP/leaks.md" 2>"$TMP/err"
"$PAGEOWL" diff -O markdown --top=0 --by=function,stack $A/t1 $A/t2 >"$TMP/by.md"
"$PAGEOWL" diff -O markdown --top=0 $A/t1 $A/t2 >"$TMP/all.md"
"$PAGEOWL" diff -q -O markdown --fail-over=default $A/t1 $A/t1 >"$TMP/same.md"
"$PAGEOWL" top -O markdown $A/t2 >"$TMP/top.md"
"$PAGEOWL" account -q -O markdown $A/t1 $A/t2 >"$TMP/account.md"
"$PAGEOWL" contents -O markdown $A/t2 >"$TMP/contents.md"
mkdir -p "$TMP/ps/proc/7"
cp samples/smaps_rollup/good-4.14.txt "$TMP/ps/proc/7/smaps_rollup"
"$PAGEOWL" ps -O markdown "$TMP/ps" >"$TMP/ps.md"
for name in leaks by all same top account contents ps; do
	echo "== $name"
	python3 tests/cli/hold_markdown.py "$TMP/$name.md"
done
