# needs bfd
# Files and lines of allocinfo are its own; stacks have none without debug
# information, and are one row.
leaks=samples/real-6.12-leaks
"$PAGEOWL" top --by=file samples/page_owner/good-6.1.txt
"$PAGEOWL" top --by=file,line -O csv samples/page_owner/good-6.1.txt
"$PAGEOWL" top --source=allocinfo --by=file --top=4 $leaks/t2
"$PAGEOWL" top --source=allocinfo --by=line,function '--only=file=mm/*' \
	'--not=line=mm/slub.c:*' --min=1M $leaks/t2
"$PAGEOWL" top --source=allocinfo --by=file --sort=records --top=2 -O csv $leaks/t2
"$PAGEOWL" top --source=allocinfo --by=line --top=1 -O json $leaks/t2 |
	sed -n '/"rows"/,$p'
