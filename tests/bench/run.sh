#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Measures pageowl against public tools on one machine in one run, and prints
# ratios. A ratio is the median of pairs that were run one after the other, so
# that it holds while the machine's speed drifts.
#
#   tests/bench/run.sh build/pageowl build/expand_dump
#
# BENCH_SIZE   bytes of the dump that is made (1100000000)
# BENCH_PIPE   bytes fed through a pipe for the memory figure (10 * BENCH_SIZE)
# BENCH_RUNS   pairs for each ratio (5)
# BENCH_DIR    where the dump goes ($TMPDIR or /tmp)
# PAGE_OWNER_SORT  a page_owner_sort built from a kernel's tools/mm; else it is
#              built from /usr/src/linux-source-*.tar.xz, if there is one
set -eu

pageowl=$1
expand=$2
sample=samples/real-6.12-leaks/t2/sys/kernel/debug/page_owner.gz
size=${BENCH_SIZE:-1100000000}
pipe=${BENCH_PIPE:-$((size * 10))}
runs=${BENCH_RUNS:-5}
dir=$(mktemp -d "${BENCH_DIR:-${TMPDIR:-/tmp}}/pageowl-bench.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM

now() {
	date +%s%N
}

# Milliseconds that a shell command takes.
time_ms() {
	began=$(now)
	sh -c "$1" >/dev/null 2>&1
	echo $((($(now) - began) / 1000000))
}

median() {
	sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# ratio LABEL WANTED COMMAND OTHER: the median of COMMAND / OTHER.
ratio() {
	: >"$dir/ratios"
	: >"$dir/ours"
	: >"$dir/theirs"
	i=0
	while [ $i -lt "$runs" ]; do
		a=$(time_ms "$3")
		b=$(time_ms "$4")
		echo "$a" >>"$dir/ours"
		echo "$b" >>"$dir/theirs"
		awk -v a="$a" -v b="$b" 'BEGIN { print a / (b ? b : 1) }' \
			>>"$dir/ratios"
		i=$((i + 1))
	done
	printf '%-46s %7.2f  %-9s %6d ms / %d ms\n' "$1" \
		"$(median <"$dir/ratios")" "$2" \
		"$(median <"$dir/ours")" "$(median <"$dir/theirs")"
}

find_page_owner_sort() {
	if [ -n "${PAGE_OWNER_SORT:-}" ]; then
		echo "$PAGE_OWNER_SORT"
		return
	fi
	for archive in /usr/src/linux-source-*.tar.xz; do
		[ -f "$archive" ] || continue
		name=$(basename "$archive" .tar.xz)
		tar -C "$dir" -xf "$archive" \
			"$name/tools/mm/page_owner_sort.c" 2>/dev/null || continue
		${CC:-cc} -O2 -w -o "$dir/page_owner_sort" \
			"$dir/$name/tools/mm/page_owner_sort.c" && {
			echo "$dir/page_owner_sort"
			return
		}
	done
}

dump=$dir/dump.txt
"$expand" "$sample" "$size" >"$dump"
gzip -1 -c "$dump" >"$dump.gz"
cat "$dump" >/dev/null

printf 'machine: %s, %s CPUs\n' \
	"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
	"$(getconf _NPROCESSORS_ONLN)"
"$pageowl" --version | sed -n 2p
printf 'dump: %s bytes, %s records, %s stacks; page cache warm\n\n' \
	"$(stat -c %s "$dump")" \
	"$("$pageowl" top --output=json --top=1 "$dump" |
		sed -n 's/^ *"records": \([0-9]*\),$/\1/p' | head -n 1)" \
	"$("$pageowl" top --output=json --top=1 "$dump" |
		sed -n 's/^ *"stacks": \([0-9]*\),$/\1/p' | head -n 1)"

printf '%-46s %7s  %-9s %s\n' 'what' ratio wanted 'medians'
ratio 'top, 1 thread / wc -l' '<= 2' \
	"$pageowl top -j1 $dump" "wc -l $dump"
ratio 'top, 2 threads / wc -l' '<= 1' \
	"$pageowl top -j2 $dump" "wc -l $dump"
ratio 'top, 2 threads / cat' - \
	"$pageowl top -j2 $dump" "cat $dump"
ratio 'top --by=comm,pid,order,gfp, 1 thread / top' '<= 2' \
	"$pageowl top -j1 --by=comm,pid,order,gfp $dump" \
	"$pageowl top -j1 $dump"
ratio 'diff / top of the one, then of the other' '<= 1.1' \
	"$pageowl diff $dump $dump" \
	"$pageowl top $dump; $pageowl top $dump"
if command -v igzip >/dev/null; then
	ratio 'top of .gz / igzip -dc' '<= 2' \
		"$pageowl top $dump.gz" "igzip -dc $dump.gz"
fi
ratio 'top of .gz / gzip -dc' - "$pageowl top $dump.gz" "gzip -dc $dump.gz"
if [ -x build/bare_inflate ] && [ -x build/pageowl-zlib ]; then
	ratio 'top of .gz with zlib / bare zlib' '<= 1.15' \
		"build/pageowl-zlib top $dump.gz" "build/bare_inflate $dump.gz"
fi

sorter=$(find_page_owner_sort)
if [ -n "$sorter" ]; then
	a=$(i=0
		while [ $i -lt "$runs" ]; do
			time_ms "$pageowl top -j2 $dump"
			i=$((i + 1))
		done | median)
	b=$(time_ms "$sorter $dump $dir/sorted")
	printf '%-46s %7.0f  %-9s %6d ms / %d ms\n' \
		'page_owner_sort / top, 2 threads' \
		"$(awk -v a="$a" -v b="$b" 'BEGIN { print b / a }')" '>= 100' \
		"$b" "$a"
	printf '%-46s %7d kB\n' 'peak memory: page_owner_sort' \
		"$(build/peak_memory "$sorter" "$dump" "$dir/sorted")"
fi
printf '%-46s %7d kB (wanted: under 16000)\n' 'peak memory: top, 2 threads' \
	"$(build/peak_memory "$pageowl" top -j2 "$dump")"
printf '%-46s %7d kB\n' 'peak memory: top of .gz' \
	"$(build/peak_memory "$pageowl" top "$dump.gz")"
printf '%-46s %7d kB\n' "peak memory: top - of $pipe bytes" \
	"$("$expand" "$sample" "$pipe" | build/peak_memory "$pageowl" top -)"
