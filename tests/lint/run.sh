#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What docs/design.md asks of the tree and no compiler checks: who includes
# whom, names, licences, the look of text. Each finding is one line; the last
# line tells how many of the checks passed.
set -u
export LC_ALL=C
cd "$(dirname "$0")/../.." || exit 2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# The files of the tree, those not yet added too; samples are what they are,
# and what a command printed is kept as it was printed.
all_files()
{
	if git rev-parse --git-dir >/dev/null 2>&1; then
		git ls-files --cached --others --exclude-standard
	else
		find . -type f ! -path './build/*' ! -path './.git/*' | sed 's|^\./||'
	fi | grep -v -e '^samples/.*/' -e '^tests/fuzz/corpus/' \
		-e '\.stdout$' -e '\.stderr$' -e '\.status$' |
		while read -r path; do
			[ -f "$path" ] && echo "$path"
		done
}

# check NAME: $found holds its findings
found=$work/found
check()
{
	if [ -s "$found" ]; then
		sed "s|^|$1: |" "$found"
		failed=$((failed + 1))
	else
		passed=$((passed + 1))
	fi
}

all_files | sort >"$work/all"
grep '\.[ch]$' "$work/all" >"$work/c"
grep -E '^(analyzer|symbolize)/' "$work/c" >"$work/program"

# A folder, and the folders or headers it may include besides its own.
xargs awk '
BEGIN {
	may["base"] = ""
	may["model"] = "base"
	may["formats"] = "base model"
	may["account"] = "base model formats/format.h"
	may["diff"] = "base model"
	may["output"] = "base model"
	may["gate"] = "base model account diff"
	may["input"] = "base model formats account"
	may["store"] = "base"
	may["live"] = "base model input store formats/member_path.h"
	may["cli"] = "base model formats account diff output gate input " \
		"live store symbolize/symbolizer.h"
	may["main.c"] = "cli"
	may["symbolize"] = ""
}
# "analyzer/cli/x.c" is of cli, "symbolize/x.c" of symbolize.
function folder_of(path,    part) {
	split(path, part, "/")
	return part[1] == "analyzer" ? part[2] : part[1]
}
FNR == 1 {
	own = folder_of(FILENAME)
	count = split(may[own], allowed, " ")
	if (!(own in may))
		print FILENAME ": no rule for folder " own
}
/^#[ \t]*include[ \t]*"/ {
	split($0, quoted, "\"")
	header = quoted[2]
	slash = index(header, "/")
	folder = slash ? substr(header, 1, slash - 1) : ""
	fine = folder == own
	for (i = 1; i <= count; i++)
		if (allowed[i] == folder || allowed[i] == header)
			fine = 1
	if (!fine)
		print FILENAME ":" FNR ": " own " may not include " header
}
/^#[ \t]*include[ \t]*</ {
	if (own == "model" && /<stdio\.h>/)
		print FILENAME ":" FNR ": the model knows no files"
	if (own == "formats" && /<(stdio|unistd|fcntl|sys\/stat)\.h>/)
		print FILENAME ":" FNR ": a format never sees a file"
	if (FILENAME != "symbolize/bfd_object.c" && /<bfd\.h>/)
		print FILENAME ":" FNR ": bfd.h belongs to bfd_object.c"
}
' <"$work/program" >"$found"
check layers

# x.c, if there is an x.h beside it, includes that before anything else.
while read -r path; do
	[ -f "${path%.c}.h" ] || continue
	own=${path#analyzer/}
	own=${own%.c}.h
	grep -m 1 '^#include' "$path" | grep -q "\"${own%.h}" ||
		echo "$path: does not include its own header first"
done <"$work/program" >"$found"
check own-header-first

sed 's|.*/||' "$work/c" | sort | uniq -d |
	sed 's|$|: two files have this name|' >"$found"
check unique-names

xargs awk 'FNR == 1 && $0 != "/* SPDX-License-Identifier: " \
	"GPL-3.0-or-later */" { print FILENAME ": no SPDX line" }' \
	<"$work/c" >"$found"
check licence
grep -E '\.(sh|py)$' "$work/all" | grep -v '^tests/cli/[a-z]*/' |
	while read -r path; do
		head -n 3 "$path" |
			grep -q '^# SPDX-License-Identifier: GPL-3.0-or-later' ||
			echo "$path: no SPDX line"
	done >"$found"
check licence-of-scripts

xargs grep -nIE '[ 	]+$' <"$work/all" | cut -c1-120 >"$found"
check trailing-spaces

xargs awk 'FNR == 1 { blank = 0 }
/^$/ { if (blank) print FILENAME ":" FNR ": two blank lines"; blank = 1; next }
{ blank = 0 }' <"$work/c" >"$found"
check blank-lines

# mkstemp() wants six of them.
grep -v '^tests/lint/' "$work/all" |
	xargs grep -nwIE 'TODO|FIXME|XXX|HACK' | cut -c1-120 >"$found"
check leftovers

# Tabs have eight columns; bytes that continue a character have none. What
# must be found by grep may be long: a string that stands alone.
xargs awk '
{
	line = $0
	gsub(/[\200-\277]/, "", line)
	column = 0
	count = split(line, part, "\t")
	for (i = 1; i <= count; i++) {
		column += length(part[i])
		if (i < count)
			column += 8 - column % 8
	}
	if (column > 80 && line !~ /^\t*"[^"]*"[,;)]*$/)
		print FILENAME ":" FNR ": " column " columns"
}' <"$work/c" >"$found"
check width

# Nothing of the machine that it was written on; what a test leaves behind on
# failure may have a name there.
grep -v '^tests/lint/' "$work/all" |
	xargs grep -nIE '(^|[^A-Za-z0-9_.$}])/(work|root|home)/|(^|[^A-Za-z0-9_.$}])/tmp/' |
	grep -v -e '/tmp/[^ "]*XXXXXX' -e '/tmp/pageowl-' | cut -c1-120 >"$found"
check paths

if command -v clang-format >/dev/null; then
	xargs clang-format --dry-run -Werror <"$work/c" 2>&1 |
		grep -E 'error:' | awk -F: '!seen[$1]++' |
		sed 's/error: code should be/not/' >"$found"
	check clang-format
else
	echo "clang-format: not installed, not checked"
fi

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
