# SARIF of a pair with leaks, held against its schema and loaded by the object
# model of sarif_om: each finding is a result, suppressed ones are suppressed.
export SOURCE_DATE_EPOCH=1767225600 # the first day of 2026
leaks=samples/real-6.12-leaks
cat >"$TMP/ci.rules" <<'END'
fail-over function: 512K
fail-over module: 2M
fail-over unaccounted: 8M
suppress
	frames  leaky_inlined_path ...
	maximum 4M
	reason  {known} & [accepted](here)
suppress
	frames  leaky_header_buffers
	maximum 100K
	reason  it was less
suppress
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
	/usr/bin/python3 tests/cli/hold_sarif.py \
		samples/sarif/sarif-2.1.0-rtm.5.json.gz "$1"
}
"$PAGEOWL" diff -q --symbols=never --output=sarif --rules="$TMP/ci.rules" \
	--iterations=100 $leaks/t1 $leaks/t2 >"$TMP/a.sarif" 2>"$TMP/said"
echo "status $?"
hold "$TMP/a.sarif"
"$PAGEOWL" diff -q --symbols=never --output=sarif --rules="$TMP/ci.rules" \
	--iterations=100 $leaks/t1 $leaks/t2 2>&1 >"$TMP/b.sarif" | cmp - "$TMP/said"
cmp "$TMP/a.sarif" "$TMP/b.sarif" && echo "the same twice"

echo "Of a capture and itself, by the default rules:"
"$PAGEOWL" diff --output=sarif $leaks/t1 $leaks/t1 >"$TMP/a.sarif"
echo "status $?"
hold "$TMP/a.sarif"
sed -n '/"invocations"/,$p' "$TMP/a.sarif"

echo "Of what has no name, and strange ones:"
name=$(printf '{0}[a](b)<\033[2J\377')
block()
{
	printf 'Page allocated via order 9, mask 0x1(X), pid 1, tgid 1 (a), ts %d ns\nPFN 0x1 type Unmovable Block 0 type Unmovable Flags 0x0()\n' "$1"
	printf ' post_alloc_hook+0x59/0x120\n %s+0x1/0x2 [b{]\n\n' "$2"
}
block 5 fine >"$TMP/old"
{ block 5 fine; block 9 "$name"; } >"$TMP/new %: #"
"$PAGEOWL" diff --page-size=4K --output=sarif "$TMP/old" "$TMP/new %: #" >"$TMP/a.sarif"
hold "$TMP/a.sarif"
"$PAGEOWL" diff --page-size=4K --output=sarif "$TMP/old" - <"$TMP/new %: #" >"$TMP/a.sarif"
hold "$TMP/a.sarif"
