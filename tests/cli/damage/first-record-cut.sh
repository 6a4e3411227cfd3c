# samples/page_owner/bad-first-record-cut.txt: what is lost is said, the rest counted.
"$PAGEOWL" top --all samples/page_owner/bad-first-record-cut.txt
"$PAGEOWL" top -qO json samples/page_owner/bad-first-record-cut.txt | python3 -c '
import json, sys
side = json.load(sys.stdin)["captures"][0]
seen, loss = side["records_seen"], side["loss"]
print(json.dumps(loss, indent=1))
assert seen == side["records"] + side["filtered"]["records"] + loss["records"]'
