#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Measures pageowl against public tools on one machine in one run, and prints
# ratios. A ratio is the median of pairs that were run one after the other, so
# that it holds while the machine's speed drifts.
#
#   tests/bench/run.sh build/pageowl build/expand_dump build/expand_text
#
# BENCH_SIZE   bytes of the dump that is made (1100000000)
# BENCH_PIPE   bytes fed through a pipe for the memory figure (10 * BENCH_SIZE)
# BENCH_TEXT   bytes of each text of another format (BENCH_SIZE / 4)
# BENCH_TAR    bytes of page_owner in the capture that is packed; the other
#              sources have an eighth of it each (BENCH_SIZE / 16)
# BENCH_RUNS   pairs for each ratio (5)
# BENCH_DIR    where the dump goes ($TMPDIR or /tmp)
# PAGE_OWNER_SORT  a page_owner_sort built from a kernel's tools/mm; else it is
#              built from /usr/src/linux-source-*.tar.xz, if there is one
set -eu

pageowl=$1
expand=$2
expand_text=$3
sample=samples/real-6.12-leaks/t2/sys/kernel/debug/page_owner.gz
size=${BENCH_SIZE:-1100000000}
pipe=${BENCH_PIPE:-$((size * 10))}
text=${BENCH_TEXT:-$((size / 4))}
packed=${BENCH_TAR:-$((size / 16))}
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

printf '\nreading page_owner: 60000 records of 10 us, made up\n'
build/owner_scaling

# The other formats of stacks, and a capture that holds them all. Their samples
# are small, so that these texts have fewer stacks than real ones.
slab=samples/slab_traces/real-6.12-kmalloc-64-alloc_traces-head.txt.gz
stacks=samples/page_owner_stacks/real-7.1.5-show_stacks-thinned.txt.gz
info=samples/allocinfo/real-6.12-leaks.txt.gz
rm -f "$dump" "$dump.gz"

# bench_text NAME SAMPLE: one format, alone in a file
bench_text() {
	"$expand_text" "$2" "$text" >"$dir/$1"
	cat "$dir/$1" >/dev/null
	ratio "$1: top / wc -l" - "$pageowl top $dir/$1" "wc -l $dir/$1"
	printf '%-46s %7d kB\n' "peak memory: $1" \
		"$(build/peak_memory "$pageowl" top "$dir/$1")"
	rm -f "$dir/$1"
}

# Into $dir/capture: what a capture holds, under the kernel's own paths.
make_capture() {
	debug=$dir/capture/sys/kernel/debug
	mkdir -p "$debug/slab/kmalloc-64" "$debug/page_owner_stacks"
	mkdir -p "$dir/capture/proc"
	cp samples/real-6.12-leaks/t2/proc/* "$dir/capture/proc/"
	part=$((packed / 8))
	"$expand" "$sample" "$packed" >"$debug/page_owner"
	"$expand_text" "$slab" "$part" >"$debug/slab/kmalloc-64/alloc_traces"
	"$expand_text" "$stacks" "$part" \
		>"$debug/page_owner_stacks/show_stacks"
	"$expand_text" "$info" "$part" >"$dir/capture/proc/allocinfo"
}

# bench_tar NAME: a capture in $dir/NAME
bench_tar() {
	cat "$dir/$1" >/dev/null
	ratio "$1: top / tar -xOf" - "$pageowl top $dir/$1" \
		"tar -xOf $dir/$1"
	printf '%-46s %7d kB\n' "peak memory: $1" \
		"$(build/peak_memory "$pageowl" top "$dir/$1")"
}

printf '\nother formats: %s bytes each; a capture: %s bytes of page_owner\n' \
	"$text" "$packed"
bench_text slab_traces "$slab"
bench_text allocinfo "$info"
bench_text page_owner_stacks "$stacks"
make_capture
tar -C "$dir/capture" -cf "$dir/capture.tar" .
if "$pageowl" contents "$dir/capture.tar" >/dev/null 2>&1; then
	gzip -6 -k "$dir/capture.tar"
	xz -1 -k "$dir/capture.tar"
	bench_tar capture.tar
	bench_tar capture.tar.gz
	bench_tar capture.tar.xz
fi
