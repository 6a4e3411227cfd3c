# Names that would be HTML, a mention, a link or a table of their own.
task()
{
	printf 'Page allocated via order 9, mask 0x1(X), pid 1, tgid 1 (%s), ts 5 ns\n' "$1"
	printf 'PFN 0x200 type Unmovable Block 1 type Unmovable Flags 0x0()\n'
	printf ' post_alloc_hook+0x59/0x120\n %s+0x1b/0x30 [%s]\n\n' "$2" "$3"
}
task a steady leaky >"$TMP/old"
{
	task a steady leaky
	task '<b>x</b>' '</code></td><script>alert(1)</script>' 'a|b'
	task '@octocat' '@octocat' 'x](http://evil.example)'
	task '`' '``` ` ``' '~~~'
	task '| a |' 'www.evil.example' '|'
	task '&lt;' '&#64;octocat' '#1'
} >"$TMP/new"
"$PAGEOWL" diff -O markdown --fail-over=default "$TMP/old" "$TMP/new" 2>/dev/null
"$PAGEOWL" diff -O markdown --fail-over=default "$TMP/old" "$TMP/new" 2>/dev/null >"$TMP/stack.md"
"$PAGEOWL" diff -O markdown --by=comm,module "$TMP/old" "$TMP/new" >"$TMP/by.md"
python3 tests/cli/hold_markdown.py "$TMP/stack.md" "$TMP/by.md"
