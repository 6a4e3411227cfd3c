# Colour when asked for.
"$PAGEOWL" diff --color=always --top=3 --min=1M --only=module=leaky_pages samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2 |
	cat -v
