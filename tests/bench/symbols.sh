#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Asks for the source lines of sampled frames of one vmlinux, and so do the
# public tools that are installed: time, memory, and where answers differ.
#
#   VMLINUX=FILE tests/bench/symbols.sh build/pageowl
#
# FRAMES      how many are sampled (2000)
# SEED        which ones (1)
# RUNS        runs of each tool, of which the fastest counts (3)
# KEEP        a directory where the answers stay
#
# Frames are return addresses at any byte of a function, so that inlined ones
# are hit; asked in the order of their addresses, the file in the page cache.
set -eu

pageowl=$1
vmlinux=${VMLINUX:?which vmlinux?}
runs=${RUNS:-3}
here=$(dirname "$0")
build=$(dirname "$pageowl")
dir=${KEEP:-}
if [ -z "$dir" ]; then
	dir=$(mktemp -d "${TMPDIR:-/tmp}/pageowl-bench.XXXXXX")
	trap 'rm -rf "$dir"' EXIT
	trap 'exit 130' INT TERM
fi
mkdir -p "$dir"

# measure NAME INPUT COMMAND...: wall time and peak memory of the fastest run;
# what it answers goes to $dir/NAME.
measure() {
	name=$1
	input=$2
	shift 2
	i=0
	: >"$dir/times"
	while [ $i -lt "$runs" ]; do
		"$here/run_measured.py" "$input" "$dir/$name" "$@" \
			>>"$dir/times"
		i=$((i + 1))
	done
	sort -n "$dir/times" | head -n 1 | {
		read -r ms kb
		printf '%-24s %6d ms %9d kB\n' "$name" "$ms" "$kb"
	}
}

"$here/compare_lines.py" sample "$vmlinux" "${FRAMES:-2000}" "${SEED:-1}" \
	"$dir/frames" "$dir/addresses"
cat "$vmlinux" >/dev/null
printf '%s frames of a vmlinux of %s bytes, seed %s\n' \
	"$(wc -l <"$dir/frames")" "$(stat -L -c %s "$vmlinux")" "${SEED:-1}"

measure ask_lines "$dir/frames" "$build/ask_lines" "$vmlinux"
if "$pageowl" symbolize --help >/dev/null 2>&1; then
	XDG_CACHE_HOME=$dir/cache
	export XDG_CACHE_HOME
	runs_wanted=$runs
	runs=1
	measure 'pageowl symbolize, cold' "$dir/frames" \
		"$pageowl" symbolize --vmlinux "$vmlinux"
	runs=$runs_wanted
	measure 'pageowl symbolize, warm' "$dir/frames" \
		"$pageowl" symbolize --vmlinux "$vmlinux"
fi
tools=
for tool in addr2line eu-addr2line llvm-symbolizer; do
	command -v "$tool" >/dev/null || continue
	style=
	[ "$tool" = llvm-symbolizer ] && style=--output-style=GNU
	measure "$tool" "$dir/addresses" "$tool" $style -aife "$vmlinux"
	tools="$tools $tool"
done
# shellcheck disable=SC2086
"$here/compare_lines.py" compare "$dir" $tools
