# Filters: rules of one key are alternatives, of two keys both hold.
"$PAGEOWL" top --by=comm,order --only=comm=nginx --only='comm=postgres*' \
	--only=order=0 --all samples/real-6.12-leaks/t1
"$PAGEOWL" top --by=comm --all --not='comm=*e*' --top=4 samples/real-6.12-leaks/t1
