# Two boots of one kernel: said, and kept is not known.
"$PAGEOWL" diff --top=3 samples/real-6.12-leaks/t2 samples/real-6.12-noleak/t2
