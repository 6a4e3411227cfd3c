# Objects that a log reports: by stack, by cache, as data, and those of two
# logs compared.
"$PAGEOWL" top samples/slub_report/real-6.12-remaining.txt.gz
"$PAGEOWL" top --by=cache samples/slub_report/good-old.txt
"$PAGEOWL" top --by=cpu samples/slub_report/good-6.12.txt
"$PAGEOWL" top -qO csv samples/slub_report/good-6.12.txt
"$PAGEOWL" top samples/slub_report/bad-lost-lines.txt
"$PAGEOWL" diff -q samples/slub_report/good-old.txt \
	samples/slub_report/good-6.12.txt
