# Names that look like parts of a record.
"$PAGEOWL" top --by=pid,comm samples/page_owner/good-odd-task-names.txt
"$PAGEOWL" top --by=pid,comm samples/page_owner/good-task-name-with-newlines.txt
