# Growth of the swapped captures is the same with a minus.
for pair in "t1 t2" "t2 t1"; do
	set -- $pair
	"$PAGEOWL" diff -qO json samples/real-6.12-leaks/$1 samples/real-6.12-leaks/$2 >"$TMP/$1"
done
python3 - "$TMP/t1" "$TMP/t2" <<'END'
import json, sys
a, b = (json.load(open(path)) for path in sys.argv[1:])
def rows(d, sign):
    return sorted((sign * r["growth"]["pages"], sign * r["growth"]["records"])
                  for r in d["rows"])
assert rows(a, 1) == rows(b, -1)
print(len(a["rows"]), "rows")
END
