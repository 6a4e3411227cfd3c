# Between boots a pid is that of another process.
. tests/cli/ps/make.inc
machine t1
machine t2
for capture in t1 t2; do
	mkdir -p "$TMP/$capture/proc/sys/kernel/random"
done
echo 0b1c7d4a-0000-4000-8000-000000000001 \
	>"$TMP/t1/proc/sys/kernel/random/boot_id"
echo 0b1c7d4a-0000-4000-8000-000000000002 \
	>"$TMP/t2/proc/sys/kernel/random/boot_id"
"$PAGEOWL" ps "$TMP/t1" "$TMP/t2" | tail -n 5
"$PAGEOWL" ps --by=comm "$TMP/t1" "$TMP/t2" | head -n 2
"$PAGEOWL" ps - -
