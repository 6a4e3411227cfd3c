# needs archives
# A dump that lies beside is not opened, or its compression would be told of as
# damaged; nor are other counters.
. tests/cli/ps/make.inc
machine t1
mkdir -p "$TMP/t1/sys/kernel/debug/page_owner_stacks"
printf '\037\213damaged' >"$TMP/t1/sys/kernel/debug/page_owner.gz"
echo damaged >"$TMP/t1/sys/kernel/debug/page_owner_stacks/show_stacks"
printf '\037\213damaged' >"$TMP/t1/proc/meminfo.gz"
"$PAGEOWL" ps "$TMP/t1"
tar -C "$TMP" -czf "$TMP/t1.tar.gz" t1
"$PAGEOWL" ps --kb - <"$TMP/t1.tar.gz"
