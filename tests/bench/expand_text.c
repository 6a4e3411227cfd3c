/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Makes a large text of slab traces, page_owner_stacks or allocinfo from a
 * sample: its lines over and over, each time with other numbers of objects,
 * pages, bytes, ages and pids, so that nothing but the stacks repeats.
 *
 *   expand_text SAMPLE[.gz] BYTES > TEXT
 */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/sample_text.h"

static size_t written;

static void put(const char *at, const char *end)
{
	fwrite(at, 1, (size_t)(end - at), stdout);
	written += (size_t)(end - at);
}

/* Print the number at `at` and more; returns what is behind it. */
static const char *bump(const char *at, uint64_t more)
{
	char digits[24], *rest;
	uint64_t number = strtoull(at, &rest, 10);
	int length = snprintf(digits, sizeof(digits), "%llu",
			      (unsigned long long)(number + more));

	put(digits, digits + length);
	return rest;
}

/* "  12 " or "  4096  7 " at the front of a line: counts and sizes. */
static const char *bump_front(const char *at, const char *end, uint64_t copy)
{
	for (;;) {
		const char *digit = at, *behind;

		while (digit < end && *digit == ' ')
			digit++;
		for (behind = digit; behind < end && isdigit(*behind);)
			behind++;
		if (behind == digit || behind == end || *behind != ' ')
			return at;
		put(at, digit);
		at = bump(digit, copy % 7);
	}
}

/* The numbers behind label, with '/' or '-' between them. */
static const char *bump_behind(const char *at, const char *end,
			       const char *label, uint64_t more)
{
	const char *hit = strstr(at, label);

	if (!hit || hit >= end)
		return at;
	hit += strlen(label);
	put(at, hit);
	while (hit < end && isdigit(*hit)) {
		hit = bump(hit, more);
		if (hit < end && (*hit == '/' || *hit == '-')) {
			put(hit, hit + 1);
			hit++;
		}
	}
	return hit;
}

static void put_line(const char *at, const char *end, uint64_t copy)
{
	at = bump_front(at, end, copy);
	at = bump_behind(at, end, "nr_base_pages: ", copy % 1000);
	at = bump_behind(at, end, " age=", copy % 100003);
	at = bump_behind(at, end, " pid=", copy % 61 * 97);
	put(at, end);
}

/* What stands in a text once, at its start. */
static int is_header(const char *line)
{
	return line[0] == '#' || strncmp(line, "allocinfo ", 10) == 0;
}

int main(int argc, char **argv)
{
	struct text text;
	uint64_t want, copy;

	if (argc != 3) {
		fputs("usage: expand_text SAMPLE[.gz] BYTES > TEXT\n", stderr);
		return 2;
	}
	want = strtoull(argv[2], NULL, 10);
	text = read_all(argv[1]);
	for (copy = 0; text.length && written < want; copy++) {
		const char *at = text.at, *end = text.at + text.length;

		while (at < end) {
			const char *newline =
				memchr(at, '\n', (size_t)(end - at));
			const char *next = newline ? newline + 1 : end;

			if (!copy || !is_header(at))
				put_line(at, next, copy);
			at = next;
		}
	}
	return fflush(stdout) ? 2 : 0;
}
