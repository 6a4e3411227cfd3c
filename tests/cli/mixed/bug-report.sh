# A bug report with headings: each part is read as the file it is.
"$PAGEOWL" contents samples/mixed/good-bug-report.txt
"$PAGEOWL" top --source=slab_traces samples/mixed/good-bug-report.txt
"$PAGEOWL" top --source=page_owner samples/mixed/good-bug-report.txt
"$PAGEOWL" contents - < samples/mixed/good-bug-report.txt
