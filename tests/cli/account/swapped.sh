# NEW is older than OLD: a warning, and changes of the other sign.
"$PAGEOWL" account --top=2 samples/real-6.12-leaks/t2 \
	samples/real-6.12-leaks/t1 | sed '/^Slab/,$d'
# The sums are mirrored.
for pair in 't1 t2' 't2 t1'; do
	# shellcheck disable=SC2086
	set -- $pair
	"$PAGEOWL" account -qO json samples/real-6.12-leaks/$1 \
		samples/real-6.12-leaks/$2 >"$TMP/$1"
done
python3 - "$TMP/t1" "$TMP/t2" <<'END'
import json, sys
there, back = [json.load(open(path))["change"] for path in sys.argv[1:]]
for name, value in there.items():
    if name.endswith("_kib"):
        print(name, value, "mirrored" if back[name] == -value else back[name])
rows = {row["id"]: row["growth_kib"] for row in back["rows"]}
print(all(row["growth_kib"] == -rows[row["id"]] for row in there["rows"]))
END
