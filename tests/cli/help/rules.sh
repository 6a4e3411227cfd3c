# pageowl help rules, whose words are those that a file of rules can have.
"$PAGEOWL" help rules
"$PAGEOWL" help rules >"$TMP/help"
sed 's/#.*//' samples/rules/good-*.rules | awk '$1 ~ /^[a-z-]+$/ { print $1 }' |
	sort -u | while read -r word; do
	grep -q "^  $word  " "$TMP/help" || echo "not in the help: $word"
done
sed -n '/^Words/,/^$/s/^  \([a-z-]*\)  .*/\1/p' "$TMP/help" |
	while read -r word; do
		printf 'suppress\n%s\n' "$word" >"$TMP/rules"
		"$PAGEOWL" diff --rules="$TMP/rules" a b 2>&1
	done | grep 'expected a word' || true
