# The default rules on a pair with leaks: each module that leaks is named.
"$PAGEOWL" diff --fail-over=default samples/real-6.12-leaks/t1 \
	samples/real-6.12-leaks/t2 >/dev/null
