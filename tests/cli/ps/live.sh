# The running machine: this shell is a process of it, with what the kernel says.
"$PAGEOWL" ps --output=json --top=0 >"$TMP/json" || exit
python3 - "$TMP/json" $$ <<'END'
import json, sys

report = json.load(open(sys.argv[1]))
capture = report["captures"][0]
print(capture["path"], report["command"], report["by"])
rows = {row["pid"]: row for row in report["rows"]}
lacking = {row["pid"] for row in report["unreadable"]}
shell = rows[int(sys.argv[2])]
print("RSS" if shell["rss_kib"] > 0 else shell)
print(len(rows) == capture["total"]["processes"],
      len(lacking) == capture["sources"]["unreadable"])
END
