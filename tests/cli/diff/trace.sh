# Two traces, and one with lost events.
"$PAGEOWL" diff --match=name --top=4 samples/trace_pages/real-6.12-lost.txt.gz \
	samples/trace_pages/real-6.12-leaks.txt.gz
