# needs archives
# What lies where, for whom, and what the manifest says.
umask 022
sample=samples/real-6.12-noleak/t3
mkdir "$TMP/empty"
for name in folder empty once.tar once.tar.gz; do
	echo "== $name"
	"$PAGEOWL" capture --root=$sample -o "$TMP/$name" |
		sed 's/in [0-9.]* [KM]*i*B*, taken in .* s/in BYTES, taken in TIME/'
done
cd "$TMP" || exit
echo "== folder"
find folder once.tar once.tar.gz -printf '%m %y %p\n' | sort -k3
for archive in once.tar once.tar.gz; do
	echo "== $archive"
	tar -tvf $archive | sed 's/^\(.\{10\}\).* \(once.*\)/\1 \2/'
done
# Moments, dates and what depends on the compression are none of this test.
for manifest in folder/manifest empty/manifest; do
	echo "== $manifest"
	sed 's/[0-9]*\.[0-9]\{9\}/MOMENT/g;s/[0-9-]*T[0-9:]*Z/DATE/' $manifest
done
zcat folder/proc/meminfo.gz | cmp - "$OLDPWD/$sample/proc/meminfo"
