# A log: of tables that come again the last counts, callers are put apart, and
# /dev/kmsg has several lines in one.
"$PAGEOWL" contents samples/mixed/good-log-two-tables.txt
"$PAGEOWL" top samples/mixed/good-log-two-tables.txt
"$PAGEOWL" top samples/mixed/good-log-two-callers.txt
"$PAGEOWL" top samples/mixed/good-kmsg.txt
