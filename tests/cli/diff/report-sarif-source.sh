# needs bfd
# With debug information results have source lines, and frames have those of
# what was inlined: one result as it stands, and all as they are read.
leaks=samples/real-6.12-leaks
"$PAGEOWL" diff -q --debug-dir=samples/symbols --output=sarif \
	--function=leaky_inlined_path $leaks/t1 $leaks/t2 >"$TMP/a.sarif"
sed -n '/"results"/,$p' "$TMP/a.sarif"
"$PAGEOWL" diff -q --debug-dir=samples/symbols --output=sarif \
	--fail-over='module: 64K' --fail-over='stack: 64K' \
	$leaks/t1 $leaks/t2 >"$TMP/b.sarif" 2>/dev/null
for path in "$TMP/a.sarif" "$TMP/b.sarif"; do
	/usr/bin/python3 tests/cli/hold_sarif.py \
		samples/sarif/sarif-2.1.0-rtm.5.json.gz "$path"
done
"$PAGEOWL" diff -q --debug-dir=samples/symbols --output=junit \
	$leaks/t1 $leaks/t2 >"$TMP/a.xml"
/usr/bin/python3 tests/cli/hold_junit.py "$TMP/a.xml"
