# SPDX-License-Identifier: GPL-3.0-or-later
# A series of three captures of one boot in $TMP: sourced by cases.
for t in t1 t2 t3; do
	mkdir -p "$TMP/$t"
	cp -r samples/real-6.12-leaks/$t/. "$TMP/$t"
	# The same second of the same boot, which tells that it is one.
	gunzip -c samples/stat/real-6.12-leaks.gz >"$TMP/$t/proc/stat"
done
