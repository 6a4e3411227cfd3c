# --kb: the numbers of /proc/meminfo as they are, digit by digit.
"$PAGEOWL" account --kb --top=2 samples/real-6.12-leaks/t2
echo ---
"$PAGEOWL" account -k --top=2 samples/real-6.12-leaks/t1 \
	samples/real-6.12-leaks/t2
