# No stacks: why, as far as the capture tells, and how to have them.
steps()
{
	echo "--- $1"
	"$PAGEOWL" account "$TMP/t1" | sed -n '/^Who holds/,/^$/p'
}
proc=$TMP/t1/proc
mkdir -p "$proc"
cp samples/real-6.12-leaks/t1/proc/meminfo "$proc"
steps 'nothing is known'
echo 'BOOT_IMAGE=/vmlinuz root=/dev/vda1 quiet' >"$proc/cmdline"
steps 'booted without'
echo 'root=/dev/vda1 page_owner=on quiet' >"$proc/cmdline"
steps 'booted with page_owner=on'
echo 'root=/dev/vda1 page_owner=once' >"$proc/cmdline"
mkdir -p "$TMP/t1/boot"
printf 'CONFIG_64BIT=y\n# CONFIG_PAGE_OWNER is not set\n%s\n' \
	'# CONFIG_MEM_ALLOC_PROFILING is not set' >"$TMP/t1/proc/config"
steps 'built without'
rm "$proc/config"
cat >"$TMP/t1/manifest" <<'END'
pageowl capture manifest 1
machine	/
kernel	6.12.0
boot	-
began	2026-11-22T16:02:03Z	12.5
# status	began	ended	bytes	path	why
whole	12.6	12.7	1488	proc/meminfo
failed	-	-	0	sys/kernel/debug/page_owner	Permission denied\x1b[31m: root is needed
ended	2026-11-22T16:02:04Z	12.9	whole
END
steps 'the manifest says why'
# Of caches that hold memory, the kernel parameters.
python3 -B tests/cli/account/machine.py "$TMP/t2"
"$PAGEOWL" account "$TMP/t2" | sed -n '/No stacks/,$p'
