# needs archives
# More members than any machine has, in an archive.
slab=$TMP/root/sys/kernel/slab
mkdir -p "$slab"
seq -f "$slab/cache-%g" 3000 | xargs mkdir
for cache in "$slab"/*; do
	echo 64 >"$cache/object_size"
done
"$PAGEOWL" capture --root="$TMP/root" -o "$TMP/out.tar.gz" | sed 's/, .*//;q'
"$PAGEOWL" contents -O json "$TMP/out.tar.gz" |
	grep -c '"name": "object_size"'
