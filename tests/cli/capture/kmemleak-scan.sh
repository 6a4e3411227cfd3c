# Copies are not written to, though it is the user who asks for a scan.
debug=$TMP/root/sys/kernel/debug
mkdir -p "$debug"
echo "unreferenced object 0xffff888003f2c000 (size 64):" >"$debug/kmemleak"
"$PAGEOWL" capture --quiet --kmemleak-scan --root="$TMP/root" -o "$TMP/out"
cat "$debug/kmemleak"
