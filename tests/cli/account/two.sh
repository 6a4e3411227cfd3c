# Two captures: the change of the remainder first, and the stacks behind it.
"$PAGEOWL" account samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
