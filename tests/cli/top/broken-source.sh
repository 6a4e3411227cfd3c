# A source without a record that can be used leaves the capture to the others,
# unless it was asked for, or what is lost is to be fatal.
cp -r samples/real-6.12-leaks/t1 "$TMP/t1"
debug=$TMP/t1/sys/kernel/debug
: >"$debug/page_owner.gz"
"$PAGEOWL" top --top=1 "$TMP/t1"
"$PAGEOWL" diff --top=1 samples/real-6.12-leaks/t2 "$TMP/t1" | head -n3
"$PAGEOWL" top --source=page_owner "$TMP/t1"
echo $?
"$PAGEOWL" top --strict "$TMP/t1"
echo $?
printf 'Page allocated via order x\nPFN\n\n' | gzip >"$debug/page_owner.gz"
echo noise | gzip >"$debug/page_owner_stacks/show_stacks.gz"
"$PAGEOWL" top --top=1 "$TMP/t1" | sed -n 2p
# No other one is left: as ever.
rm -r "$TMP/t1/proc" "$debug/slab" "$debug/page_owner_stacks"
"$PAGEOWL" top "$TMP/t1"
