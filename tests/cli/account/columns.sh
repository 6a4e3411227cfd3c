# On a terminal the texts are wrapped at its width.
for columns in 80 100; do
	python3 -B tests/cli/account/terminal.py $columns "$PAGEOWL" account \
		--formula --top=1 samples/real-6.12-leaks/t2 >"$TMP/out"
	sed '/^In no counter/,$d' "$TMP/out"
done
