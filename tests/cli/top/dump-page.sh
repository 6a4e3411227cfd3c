# Pages that a log has dumps of: those that were held count, once each.
for sample in good-6.12.txt good-old.txt good-states.txt bad-mixed.txt \
	bad-lost-lines.txt real-6.12-reports.txt.gz; do
	"$PAGEOWL" top samples/dump_page/$sample
done
"$PAGEOWL" top -q --by=kind samples/dump_page/good-states.txt
"$PAGEOWL" top -qO csv samples/dump_page/good-old.txt
