# --strict has nothing to say about a whole dump.
"$PAGEOWL" top --strict samples/page_owner/good-odd-task-names.txt >/dev/null
