# A log without a report is refused, and so is a text that is none.
"$PAGEOWL" top samples/mixed/bad-no-report.txt
echo $?
"$PAGEOWL" top --format=mixed samples/rules/good-whole.rules
echo $?
"$PAGEOWL" top samples/README.md
echo $?
