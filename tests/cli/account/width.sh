# No line of a table or a text is wider than the terminal, but for paths.
leaks=samples/real-6.12-leaks
for columns in 80 100 132; do
	for captures in "$leaks/t2" "$leaks/t1 $leaks/t2" "-k $leaks/t2" \
		"-k $leaks/t1 $leaks/t2" "--verbose --formula $leaks/t2"; do
		python3 -B tests/cli/account/terminal.py $columns "$PAGEOWL" \
			account $captures >"$TMP/out"
		python3 - $columns "$TMP/out" <<-'END'
			import sys
			width = int(sys.argv[1])
			text = open(sys.argv[2], encoding="utf-8").read()
			lines = [line for line in text.splitlines()
			         if "   Linux " not in line]
			wide = [line for line in lines if len(line) > width]
			print(len(lines) > 50, width, len(wide), *wide, sep="\n")
		END
	done
done | sort | uniq -c
