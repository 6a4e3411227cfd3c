# needs archives
# A dump that lies beside is not opened: neither one that would be told of as
# damaged, nor a pipe that nobody writes to.
. tests/cli/ps/make.inc
machine t1
mkdir -p "$TMP/t1/sys/kernel/debug/page_owner_stacks"
echo damaged >"$TMP/t1/sys/kernel/debug/page_owner"
echo damaged >"$TMP/t1/sys/kernel/debug/page_owner_stacks/show_stacks"
echo damaged >"$TMP/t1/proc/meminfo"
"$PAGEOWL" ps "$TMP/t1"
tar -C "$TMP" -czf "$TMP/t1.tar.gz" t1
"$PAGEOWL" ps --kb - <"$TMP/t1.tar.gz"
