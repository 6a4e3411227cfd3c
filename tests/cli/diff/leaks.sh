# What grew, and why it is suspected.
"$PAGEOWL" diff samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
