/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Makes a large page_owner dump from a sample: its records over and over, each
 * time with fresh PFNs, times and pids, so that nothing but the stacks repeats.
 *
 *   expand_dump SAMPLE[.gz] BYTES > DUMP
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/sample_text.h"

#define HEADER "\nPage allocated via order "

/* Copy up to label and behind it, then print the number there plus more. */
static const char *bump(const char *at, const char *end, const char *label,
			uint64_t more)
{
	const char *hit = strstr(at, label);
	char *rest;
	uint64_t number;

	if (!hit || hit >= end)
		return at;
	hit += strlen(label);
	fwrite(at, 1, (size_t)(hit - at), stdout);
	number = strtoull(hit, &rest, 10);
	printf("%llu", (unsigned long long)(number + more));
	return rest;
}

/* The PFN line; a task name may hold something that begins like one. */
static const char *find_page_line(const char *at)
{
	const char *line = at;

	while ((line = strstr(line, "\nPFN 0x"))) {
		const char *end = strchr(line + 1, '\n');
		const char *block = strstr(line, " Block ");

		if (block && end && block < end)
			return line;
		line++;
	}
	return NULL;
}

static size_t put_record(const char *at, const char *end, uint64_t copy,
			 uint64_t *pfn)
{
	uint64_t size = (uint64_t)1 << atoi(at + strlen(HEADER) - 1);
	const char *page = find_page_line(at), *rest, *block;
	char *behind;

	rest = bump(at, page, ", pid ", copy % 61 * 97);
	rest = bump(rest, page, ", tgid ", copy % 61 * 97);
	rest = bump(rest, page, ", ts ", copy * 1000003);
	page += strlen("\nPFN 0x");
	fwrite(rest, 1, (size_t)(page - rest), stdout);
	*pfn = (*pfn + size) & ~(size - 1);
	printf("%llx", (unsigned long long)*pfn);
	strtoull(page, &behind, 16);
	block = strstr(behind, " Block ") + strlen(" Block ");
	fwrite(behind, 1, (size_t)(block - behind), stdout);
	printf("%llu", (unsigned long long)(*pfn >> 9));
	strtoull(block, &behind, 10);
	fwrite(behind, 1, (size_t)(end - behind), stdout);
	return (size_t)(end - at);
}

int main(int argc, char **argv)
{
	uint64_t want, written = 0, copy, pfn = 0x1000;
	struct text text;

	if (argc != 3) {
		fputs("usage: expand_dump SAMPLE[.gz] BYTES > DUMP\n", stderr);
		return 2;
	}
	want = strtoull(argv[2], NULL, 10);
	text = read_all(argv[1]);
	for (copy = 0; written < want; copy++) {
		const char *at = text.at, *next;

		while (at && written < want) {
			next = strstr(at, HEADER);
			written += put_record(
				at, next ? next + 1 : text.at + text.length,
				copy, &pfn);
			at = next ? next + 1 : NULL;
		}
	}
	return fflush(stdout) ? 2 : 0;
}
