# Nothing leaks: the remainder stays, whatever page cache and free memory do.
"$PAGEOWL" account samples/real-6.12-noleak/t2 samples/real-6.12-noleak/t3
