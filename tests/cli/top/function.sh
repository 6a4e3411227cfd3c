# A regular expression for any frame of the stack.
"$PAGEOWL" top --function='^leaky_(rx|tx)_' samples/real-6.12-leaks/t2
