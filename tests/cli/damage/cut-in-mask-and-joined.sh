# samples/page_owner/bad-cut-in-mask-and-joined.txt: what is lost is said, the rest counted.
"$PAGEOWL" top --all samples/page_owner/bad-cut-in-mask-and-joined.txt
"$PAGEOWL" top -qO json samples/page_owner/bad-cut-in-mask-and-joined.txt | python3 -c '
import json, sys
side = json.load(sys.stdin)["captures"][0]
seen, loss = side["records_seen"], side["loss"]
print(json.dumps(loss, indent=1))
assert seen == side["records"] + side["filtered"]["records"] + loss["records"]'
