# needs bfd
# Rows by source say how many stacks have none, and for lack of what.
leaks=samples/real-6.12-leaks
top() { "$PAGEOWL" top --top=2 "$@" $leaks/t2 2>&1 >/dev/null; }
top --by=file
top '--only=file=mm/*'
echo "by nothing that needs it"
top
top --by=module,function
echo "never"
top --symbols=never --by=line
echo "named"
top --debug-dir=samples/symbols --by=line
top --debug-dir=samples/symbols --only=module=churn
top --debug-dir=samples/symbols --only=module=leaky_pages
echo "of no use"
top --vmlinux=samples/README.md --by=line
echo "status $?"
top --vmlinux=samples/README.md
echo "status $?"
echo "a lone dump"
"$PAGEOWL" top --by=line samples/page_owner/good-6.1.txt 2>&1 >/dev/null
