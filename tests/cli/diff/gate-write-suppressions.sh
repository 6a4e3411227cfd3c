# What is proposed makes the same pair pass, and is no match for more.
old=samples/real-6.12-leaks/t1
new=samples/real-6.12-leaks/t2
"$PAGEOWL" diff --write-suppressions="$TMP/new.rules" $old $new >/dev/null
echo "status $?"
cat "$TMP/new.rules"
"$PAGEOWL" diff --quiet --rules="$TMP/new.rules" $old $new >/dev/null
echo "status $?"
# A file that is there is left alone, one that cannot be made is told.
"$PAGEOWL" diff --write-suppressions="$TMP/new.rules" $old $new
"$PAGEOWL" diff --write-suppressions="$TMP/no/new.rules" $old $new >/dev/null
echo "status $?"
# With smaller maxima it fails again; the proposal goes before what is there.
sed 's/maximum  11M/maximum  10M/' "$TMP/new.rules" >"$TMP/small.rules"
"$PAGEOWL" diff --quiet --rules="$TMP/small.rules" \
	--write-suppressions="$TMP/more.rules" $old $new >/dev/null
echo "status $?"
cat "$TMP/more.rules"
"$PAGEOWL" diff --quiet --rules="$TMP/more.rules" --rules="$TMP/small.rules" \
	$old $new >/dev/null
echo "status $?"
# Where nothing is found nothing is proposed.
"$PAGEOWL" diff --write-suppressions="$TMP/none.rules" $old $old >/dev/null
cat "$TMP/none.rules"
