# Version, parts, licence.
"$PAGEOWL" --version | sed -e 's/^pageowl [0-9.]*$/pageowl N/' \
	-e 's/: ISA-L [0-9.]*/: E/;s/: zlib [0-9.]*/: E/' \
	-e 's/archives: libarchive [0-9.]*/archives: A/;s/archives: none/archives: A/' \
	-e 's/scan: [a-z0-9-]*/scan: S/' -e 's/lines: [a-z]*/lines: L/'
