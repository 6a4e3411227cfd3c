#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Make the seeds of the fuzzers' corpora from the samples. What a fuzzer found
# later (the files that are no seed-*) stays.
set -eu
cd "$(dirname "$0")/../.."
corpus=tests/fuzz/corpus
mkdir -p $corpus/page_owner $corpus/ingest $corpus/inflate
rm -f $corpus/*/seed-*

# seed FOLDER NAME CONTROL < TEXT: the bytes that the target takes off first
seed()
{
	{ printf "$3"; cat; } >"$corpus/$1/seed-$2"
}

# The first records of a real dump, to keep it small.
head_of()
{
	gzip -dc "$1" | head -n 150
}

for path in samples/page_owner/*.txt; do
	name=$(basename "$path" .txt)
	seed page_owner "$name" '\000\007' <"$path"
	seed ingest "$name" '\060' <"$path"
done
for path in samples/page_owner_sort/*.txt; do
	name=sort-$(basename "$path" .txt)
	seed page_owner "$name" '\001\007' <"$path"
	seed ingest "$name" '\022' <"$path"
done
for path in samples/page_owner/*real*.gz; do
	name=$(basename "$path" .txt.gz)
	head_of "$path" | seed page_owner "$name" '\000\100'
	head_of "$path" | seed ingest "$name" '\103'
done
for name in two-members cut checksum; do
	path=$(echo samples/page_owner/*-$name.txt.gz)
	seed ingest $name-gzip '\060' <"$path"
	cp "$path" $corpus/inflate/seed-$name
done
printf 'stored' | gzip -1n >$corpus/inflate/seed-stored
: >$corpus/inflate/seed-empty
