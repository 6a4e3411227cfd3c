# An output that has no form for what a command answers: which it is for.
"$PAGEOWL" top --output=github x
[ $? -eq 2 ] || echo "top: another status"
for command in account ps contents; do
	"$PAGEOWL" $command --output=folded x
	[ $? -eq 2 ] || echo "$command: another status"
done
"$PAGEOWL" capture --check --output=csv
