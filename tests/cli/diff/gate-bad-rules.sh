# Rules files that are refused, before a capture is opened: status 2, with file
# and line.
for path in samples/rules/bad-*.rules; do
	"$PAGEOWL" diff --rules=$path no-capture no-capture
	[ $? -eq 2 ] || echo "$path: another status"
done
for path in samples/rules/good-*.rules; do
	"$PAGEOWL" diff --iterations=5 --rules=$path no-capture no-capture \
		2>&1 | grep -v "'no-capture'"
done
"$PAGEOWL" diff --rules="$TMP/missing" no-capture no-capture
"$PAGEOWL" diff --rules="$TMP" no-capture no-capture
"$PAGEOWL" diff --rules=/dev/zero no-capture no-capture
"$PAGEOWL" diff --rules=- - no-capture
# Compressed, and from standard input.
gzip -c samples/rules/bad-twice.rules >"$TMP/twice.gz"
"$PAGEOWL" diff --rules="$TMP/twice.gz" no-capture no-capture
"$PAGEOWL" diff --rules=- no-capture no-capture <samples/rules/bad-twice.rules
