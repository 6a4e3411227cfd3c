# Nothing grew between a capture and itself: the strictest rules hold.
"$PAGEOWL" diff --fail-over='stack: 0' --fail-over='function: 0%' \
	--fail-over='module: 0 objects' --fail-over='category: 0' \
	samples/real-6.12-leaks/t2 samples/real-6.12-leaks/t2 >/dev/null
