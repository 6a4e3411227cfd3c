# On a terminal lines below a row are broken between what they tell, and a name
# is cut where it is too long: never a number, nor between it and its unit.
. tests/cli/series_of.sh
python3 -B tests/cli/account/terminal.py 80 "$PAGEOWL" diff -q \
	--symbols=never --iterations=7 --top=3 "$TMP/t1" "$TMP/t2" |
	sed -n '/^  *growth/,/ more (/p'
for columns in 60 66 72 78 80 84 90 95 97 100; do
	for captures in "$TMP/t1 $TMP/t2" "$TMP/t1 $TMP/t2 $TMP/t3"; do
		python3 -B tests/cli/account/terminal.py $columns "$PAGEOWL" \
			diff -q --symbols=never --iterations=7 --top=12 \
			$captures
	done
done >"$TMP/out"
python3 - "$TMP/out" <<'END'
import re
import sys
notes = [line for line in open(sys.argv[1], encoding="utf-8").read().splitlines()
         if line.startswith(" " * 14)]
print(len(notes) > 100, "per iter." in "".join(notes))
print(*[line for line in notes if re.search(r"[0-9]$(?<!, 0)|[0-9.]…|…[0-9.]", line)],
      sep="\n")
END
