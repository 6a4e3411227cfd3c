# Pages of a balloon: off MemTotal, and so in no remainder; or still in it.
set -e
python3 -B tests/cli/account/machine.py "$TMP/off" Balloon=65536
python3 -B tests/cli/account/machine.py "$TMP/on" \
	Balloon=65536 MemFree+-65536
sed -i 's/present .*/present  400000/' "$TMP/off/proc/zoneinfo"
mkdir -p "$TMP/off/sys/kernel/debug/page_owner_stacks"
# 64 MiB of the balloon, and 20 MiB of a driver.
cat >"$TMP/off/sys/kernel/debug/page_owner_stacks/show_stacks" <<'END'
 post_alloc_hook+0x59/0x120
 balloon_page_alloc+0x1c/0x40
 fill_balloon+0x6f/0x1c0 [virtio_balloon]
 update_balloon_size_func+0x69/0xb0 [virtio_balloon]
nr_base_pages: 16384

 post_alloc_hook+0x59/0x120
 heron_ring_grow+0x4c/0x110 [heron]
 heron_open+0x2b/0x60 [heron]
nr_base_pages: 5120

END
cp -r "$TMP/off/sys" "$TMP/on"
for capture in off on; do
	echo "--- $capture MemTotal"
	"$PAGEOWL" account -q --formula "$TMP/$capture" |
		grep -i -e counter: -e balloon -e heron_ring_grow
	"$PAGEOWL" account -qO json "$TMP/$capture" |
		grep -e '"balloon_kib"' -e '"holders_kib"' -e remainder_kib
done
"$PAGEOWL" account -q "$TMP/off" "$TMP/off" | grep -i balloon
