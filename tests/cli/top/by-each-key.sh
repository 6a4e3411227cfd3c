# Every key groups, and the rows of each make the whole.
for key in stack function module category comm pid tgid order gfp \
	migratetype pageblock node zone memcg; do
	echo "== $key"
	"$PAGEOWL" top --all --by=$key --top=3 --sort=size samples/real-6.12-leaks/t1 | sed -n '/^ *size /,/^$/p'
	"$PAGEOWL" top --by=$key -O json samples/real-6.12-leaks/t1 | python3 -c '
import json, sys
d = json.load(sys.stdin)
total = d["captures"][0]["pages"]
rows = sum(row["pages"] for row in d["rows"])
print("rows make the whole" if rows == total else f"{rows} of {total}")'
done
