# What rules say, for programs; without rules there is nothing of it.
A=samples/real-6.12-leaks
cat >"$TMP/rules" <<'END'
fail-over function=leaky_inlined_*: 512K and 10%
fail-over stack: 1000 objects
iterations 700
suppress
	frames  churn_warm_fill warm_set
	maximum 8M
	reason  a cache of 4,000 entries
END
"$PAGEOWL" diff -O json --symbols=never --rules="$TMP/rules" $A/t1 $A/t2 2>/dev/null | python3 -c '
import json, sys
print(json.dumps(json.load(sys.stdin)["gate"], indent=1))'
"$PAGEOWL" diff -O json $A/t1 $A/t2 | python3 -c '
import json, sys
print("gate" in json.load(sys.stdin))'
