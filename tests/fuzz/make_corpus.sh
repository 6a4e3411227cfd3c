#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Make the seeds of the fuzzers' corpora from the samples. What a fuzzer found
# later (the files that are no seed-*) stays.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."
corpus=tests/fuzz/corpus
for target in tests/fuzz/fuzz_*.c; do
	target=$(basename "$target" .c)
	mkdir -p "$corpus/${target#fuzz_}"
done
rm -f $corpus/*/seed-*

# seed FOLDER NAME CONTROL < TEXT: the bytes that the target takes off first
seed()
{
	{ printf "$3"; cat; } >"$corpus/$1/seed-$2"
}

# first COUNT FILE: the first lines of a sample, to keep it small.
first()
{
	case $2 in
	*.gz) gzip -dc "$2" ;;
	*) cat "$2" ;;
	esac | head -n "$1"
}

# name_of PATH: "good-6.8" of samples/page_owner/good-6.8.txt
name_of()
{
	basename "$1" | sed 's/\.gz$//; s/\.txt$//'
}

for path in samples/page_owner/*.txt; do
	name=$(name_of "$path")
	seed page_owner "$name" '\007' <"$path"
	seed ingest "$name" '\060' <"$path"
done
for path in samples/page_owner_sort/*.txt; do
	name=$(name_of "$path")
	seed page_owner_sort "$name" '\007' <"$path"
	seed ingest "sort-$name" '\022' <"$path"
done
for path in samples/page_owner/*real*.gz; do
	name=$(name_of "$path")
	first 150 "$path" | seed page_owner "$name" '\100'
	first 150 "$path" | seed ingest "$name" '\103'
done
for name in two-members cut checksum; do
	path=$(echo samples/page_owner/*-$name.txt.gz)
	seed ingest $name-gzip '\060' <"$path"
	cp "$path" $corpus/inflate/seed-$name
done
printf 'stored' | gzip -1n >$corpus/inflate/seed-stored
: >$corpus/inflate/seed-empty

# The other formats of stacks; the control byte also says where a text is cut
# into two members.
for format in page_owner_stacks allocinfo vmallocinfo slab_allocators \
	crash_owner; do
	for path in samples/$format/*.txt*; do
		first 24 "$path" | seed $format "$(name_of "$path")" '\200'
	done
done
for path in samples/mixed/*.txt; do
	seed mixed "$(name_of "$path")" '\003' <"$path"
	seed mixed "$(name_of "$path")-again" '\211' <"$path"
done
for path in samples/allocinfo/*.txt samples/slabinfo/*.txt \
	samples/page_owner_stacks/*.txt samples/page_owner/good-dmesg.txt; do
	first 24 "$path" | seed mixed "$(name_of "$path")" '\002'
done
for format in dump_page slub_report; do
	for path in samples/$format/*.txt*; do
		first 60 "$path" | seed $format "$(name_of "$path")" '\003'
	done
done
for path in samples/kmemleak/*.txt*; do
	first 40 "$path" | seed kmemleak "$(name_of "$path")" '\100'
done
for path in samples/show_mem/*.txt; do
	first 60 "$path" | seed show_mem "$(name_of "$path")" '\200'
done
for path in samples/kallsyms/*; do
	first 40 "$path" | seed kallsyms "$(name_of "$path")" '\001'
done
for path in samples/slab_traces/*.txt*; do
	first 40 "$path" | seed slab_traces "$(name_of "$path")" '\000\007'
done
for path in samples/slab_free_traces/*.txt*; do
	first 40 "$path" |
		seed slab_traces "free-$(name_of "$path")" '\001\007'
done

for path in samples/trace_pages/*.txt*; do
	first 60 "$path" | seed trace "pages-$(name_of "$path")" '\000\007'
	first 60 "$path" | seed trace "objects-$(name_of "$path")" '\001\003'
done

# counters FORMAT CONTROL: the byte is the place of a path in fuzz_counters.c
counters()
{
	for path in samples/"$1"/*; do
		first 30 "$path" |
			seed counters "$1-$(name_of "$path")" "$2\\003"
	done
}
counters meminfo '\000'
first 20 samples/meminfo/good-node.txt | seed counters meminfo-node1 '\001\003'
counters slabinfo '\002'
counters zoneinfo '\003'
counters vmstat '\004'
counters slab_attribute '\005'
first 1 samples/slab_attribute/good-slabs_cpu_partial.txt |
	seed counters slab_attribute-merged '\006\003'
counters modules '\007'
counters version '\010'
counters uptime '\011'
counters boot_id '\012'
counters cmdline '\013'
counters count_threshold '\014'
counters stat '\017'
counters kernel_config '\015'
counters manifest '\020'
counters mm_stat '\021'
counters smaps_rollup '\022'
counters smaps '\023'
counters status '\024'
counters comm '\025'
counters cgroup '\026'
counters cpu_possible '\027'
counters notes '\030'
counters buddyinfo '\032'
counters pagetypeinfo '\033'
seed counters notes-module '\031\003' <samples/notes/good-eight-bytes
first 9 samples/kernel_config/good-6.12.txt |
	seed counters kernel_config-boot '\016\003'

# Text with frames, whole and in blocks of some lines.
for path in samples/page_owner/good-6.8.txt samples/slab_traces/good-grep.txt \
	samples/vmallocinfo/good-hidden-addresses.txt \
	samples/page_owner/good-hostile-names.txt; do
	first 40 "$path" | seed frame_scan "$(name_of "$path")" '\100'
done
seed frame_scan oops '\020' <<'END'
[    0.000000] Linux version 6.1.0-9-otter (a@b) (gcc 12) #1 SMP
[   12.345678] WARNING: CPU: 0 PID: 12 at mm/otter.c:12 otter_dive+0x1a/0x2c
[   12.345678] CPU: 1 PID: 12 Comm: x Tainted: G  W  6.1.0-9-otter #1 Debian
[   12.345678] RIP: 0010:otter_dive.cold+0x1a/0x2c [otter(OE)]
[   12.345678]  ? holt+0x1/0x2 [otter 00112233445566778899aabbccddeeff00112233]
[   12.345678]  [<ffffffff81234567>] holt+0x1/0x2
> pc : holt+0x44/0x60
> lr : holt+0x40/0x60 (mm/holt.c:12)
 holt+0x0/0x100 <-otter_dive+0x10/0x20
END
seed frame_scan perf '\010' <<'END'
x 12 cycles:
	ffffffff8109b7a4 otter_dive+0x4 ([kernel.kallsyms])
	ffffffff8109b7a5 holt+0x4 ([otter])
	ffffffff8109b7a6 holt+0x4 (/lib/modules/6.1/kernel/otter.ko.xz)
	401136 main+0x4 (/usr/bin/x)
END

for path in samples/rules/*.rules; do
	seed gate_rules "$(basename "$path" .rules)" '' <"$path"
done

# Archives; python3 writes the headers that no tar would.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 tests/fuzz/make_archives.py "$work"
for path in "$work"/*; do
	name=$(basename "$path")
	seed package "$name" '\007' <"$path"
	seed capture "$name" '\020' <"$path"
done
for name in stacks.tar; do
	gzip -9nc "$work/$name" | seed package "$name.gz" '\001'
	xz -c --check=crc32 "$work/$name" | seed package "$name.xz" '\001'
	zstd -qc "$work/$name" | seed package "$name.zst" '\001'
	bzip2 -c "$work/$name" | seed package "$name.bz2" '\001'
	lz4 -qc "$work/$name" | seed package "$name.lz4" '\001'
	gzip -9nc "$work/$name" | seed capture "$name.gz" '\001'
	xz -c --check=crc32 "$work/$name" | seed capture "$name.xz" '\004'
	zstd -qc "$work/$name" | seed capture "$name.zst" '\012'
	gzip -9nc "$work/$name" | head -c 300 | seed package "$name-cut.gz" '\001'
	xz -c "$work/$name" | head -c 400 | seed capture "$name-cut.xz" '\001'
done
for path in samples/page_owner/good-6.8.txt samples/allocinfo/good-paths.txt \
	samples/slab_traces/good-grep.txt samples/meminfo/good-node.txt \
	samples/page_owner_stacks/good-6.9.txt \
	samples/vmallocinfo/good-hidden-addresses.txt; do
	name=$(basename "$(dirname "$path")")
	seed package "$name" '\003' <"$path"
	seed capture "$name" '\040' <"$path"
done

python3 tests/fuzz/make_cache_files.py $corpus/cache_file
python3 tests/fuzz/make_line_tables.py $corpus/line_files
