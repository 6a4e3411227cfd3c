# needs bfd
# Whole stacks have the line of each frame, and inlined functions as frames of
# their own; JSON has all of it.
leaks=samples/real-6.12-leaks
"$PAGEOWL" top --debug-dir=samples/symbols -q --full --top=1 \
	--function=leaky_inlined_path $leaks/t2
"$PAGEOWL" top --debug-dir=samples/symbols -q --source=page_owner --top=1 \
	--function=leaky_header_buffers -O json $leaks/t2 |
	python3 -c '
import json, sys
for row in json.load(sys.stdin)["rows"]:
    print(json.dumps(row["source"]))
    for frame in row["frames"]:
        print(frame["text"], json.dumps(frame["places"]))'
# Rows and filters by source.
"$PAGEOWL" top --debug-dir=samples/symbols -q --by=file \
	'--only=file=*/leaky_*.c' $leaks/t2
