# --quiet leaves what breaks a rule.
export SOURCE_DATE_EPOCH=1792022400 # 2026-10-15
"$PAGEOWL" diff --quiet --rules=samples/rules/good-churn.rules \
	--fail-over='unaccounted: 1G' samples/real-6.12-leaks/t1 \
	samples/real-6.12-leaks/t2 >/dev/null
