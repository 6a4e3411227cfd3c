# Nothing that a terminal obeys gets through, in any output.
sample=samples/page_owner/good-hostile-names.txt
"$PAGEOWL" top --by=comm,memcg $sample >"$TMP/text"
"$PAGEOWL" top --full $sample >>"$TMP/text"
cat "$TMP/text"
"$PAGEOWL" top --by=comm,memcg -O json $sample >"$TMP/json"
python3 -c '
import json, sys
for row in json.load(open(sys.argv[1]))["rows"]:
    print(json.dumps(row["keys"]))' "$TMP/json"
# No control but the newline, and no C1 control or override in UTF-8.
python3 -c '
import sys, unicodedata
for path in sys.argv[1:]:
    text = open(path, encoding="utf-8").read()
    print({c for c in text if unicodedata.category(c)[0] == "C"} - {"\n"})
' "$TMP/text" "$TMP/json"
