# JUnit XML of a pair with leaks, as it stands, and as junitparser reads it: a
# case for each finding and each rule that held. Names may hold anything.
export SOURCE_DATE_EPOCH=1767225600 # the first day of 2026
leaks=samples/real-6.12-leaks
cat >"$TMP/ci.rules" <<'END'
fail-over function: 512K
fail-over unaccounted: 1G
fail-over module=no_such_module: 0
suppress
	frames  leaky_inlined_path ...
	maximum 4M
	reason  <known> & "accepted"
suppress
	frames  leaky_header_buffers
	maximum 100K
	reason  it was less
suppress
	module  churn
	frames  nowhere
	maximum 1
	reason  of another day
suppress
	module  leaky_slab
	maximum 1G
	expires 2025-12-31
	reason  to be mended
END
hold()
{
	/usr/bin/python3 tests/cli/hold_junit.py "$1"
}
"$PAGEOWL" diff -q --symbols=never --output=junit --rules="$TMP/ci.rules" \
	--iterations=100 $leaks/t1 $leaks/t2 >"$TMP/a.xml" 2>"$TMP/said"
echo "status $?"
cat "$TMP/a.xml"
hold "$TMP/a.xml"
"$PAGEOWL" diff -q --symbols=never --output=junit --rules="$TMP/ci.rules" \
	--iterations=100 $leaks/t1 $leaks/t2 2>&1 >"$TMP/b.xml" | cmp - "$TMP/said"
cmp "$TMP/a.xml" "$TMP/b.xml" && echo "the same twice"

echo "Of a capture and itself, by the default rules:"
"$PAGEOWL" diff --output=junit $leaks/t1 $leaks/t1 >"$TMP/a.xml"
echo "status $?"
hold "$TMP/a.xml"

echo "A function that nobody would call so:"
name=$(printf '<a b="]]>&\033[2J\377')
block()
{
	printf 'Page allocated via order 9, mask 0x1(X), pid 1, tgid 1 (a), ts %d ns\nPFN 0x1 type Unmovable Block 0 type Unmovable Flags 0x0()\n' "$1"
	printf ' post_alloc_hook+0x59/0x120\n %s+0x1/0x2 [<b>]\n\n' "$2"
}
block 5 fine >"$TMP/old"
{ block 5 fine; block 9 "$name"; } >"$TMP/new"
"$PAGEOWL" diff --page-size=4K --output=junit "$TMP/old" "$TMP/new" >"$TMP/a.xml" 2>&1
hold "$TMP/a.xml"
