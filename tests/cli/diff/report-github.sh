# Annotations of what broke a rule, of what is suppressed, and of suppressions
# that do nothing.
A=samples/real-6.12-leaks
cat >"$TMP/rules" <<'END'
fail-over function: 1M
iterations 100
suppress
	frames  churn_warm_fill
	maximum 8M
	reason  100% known, it is bounded
suppress
	frames  do_leak
	maximum 4M
	reason  known
suppress
	module  floppy
	maximum 1M
	expires 2027-06-30
	reason  old
suppress
	module  leaky_pages
	maximum 1M
	expires 2020-01-01
	reason  older
END
export SOURCE_DATE_EPOCH=1795000000
"$PAGEOWL" diff -O github --rules="$TMP/rules" --symbols=never $A/t1 $A/t2 2>/dev/null
[ $? -eq 1 ] || echo "another status"
# Where no rule is asked for, nothing fails.
"$PAGEOWL" diff -q -O github --symbols=never $A/t1 $A/t2
echo "status $?"
"$PAGEOWL" diff -O github --fail-over=function:1K $A/t1 $A/t1
echo "status $?"
# Rules judge stacks: with other rows there is nothing to tell.
for output in github junit sarif; do
	"$PAGEOWL" diff -q -O $output --by=module $A/t1 $A/t2
	echo "status $?"
done
