# A line without a caller is of whoever printed the line before it.
"$PAGEOWL" top --full samples/mixed/good-line-without-caller.txt
# A table that one caller begins does not end what another prints.
"$PAGEOWL" top --full --source=kmemleak samples/mixed/good-table-amid-record.txt
# A table without a row takes no other's place.
"$PAGEOWL" top samples/mixed/good-empty-table-first.txt
