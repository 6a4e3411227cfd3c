/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text_scan.h"

#include <string.h>

static const char *portable_newline(const char *at, const char *end)
{
	return memchr(at, '\n', (size_t)(end - at));
}

/* Whether the line that is [at, newline), a space first, has an odd space. */
static bool is_odd_line(const char *at, const char *newline)
{
	const char *space = at + 1;

	while (space < newline &&
	       (space = memchr(space, ' ', (size_t)(newline - space)))) {
		if (space[1] != '[' && space[-1] != ']')
			return true;
		space++;
	}
	return false;
}

static struct text_run portable_indented(const char *at, const char *end)
{
	struct text_run run = {NULL, 0, false};
	const char *newline;

	while (at < end) {
		if (*at != ' ') {
			run.end = at;
			return run;
		}
		newline = memchr(at, '\n', (size_t)(end - at));
		if (!newline)
			break;
		run.odd |= is_odd_line(at, newline);
		at = newline + 1;
		run.lines++;
	}
	return (struct text_run){NULL, 0, false};
}

static const struct text_scan portable = {
	.name = "portable",
	.newline = portable_newline,
	.indented = portable_indented,
};

const struct text_scan *text_scan_portable(void)
{
	return &portable;
}

#if defined(__x86_64__)

#include <immintrin.h>

/*
 * 32 bytes at a time. glibc's memchr() is as fast for one far byte, but the
 * lines here are 20 to 200 bytes long and its call costs as much as the look.
 */
__attribute__((target("avx2"))) static const char *avx2_newline(const char *at,
								const char *end)
{
	const __m256i newline = _mm256_set1_epi8('\n');

	while (end - at >= 32) {
		__m256i text = _mm256_loadu_si256((const __m256i *)at);
		unsigned hits = (unsigned)_mm256_movemask_epi8(
			_mm256_cmpeq_epi8(text, newline));

		if (hits)
			return at + __builtin_ctz(hits);
		at += 32;
	}
	return portable_newline(at, end);
}

/*
 * A run ends at a newline that no space follows: compare 32 bytes with '\n',
 * the 32 bytes one further with ' '. Bit i of each mask is about byte i, and
 * about the bytes one and two behind it.
 */
__attribute__((target("avx2,popcnt"))) static struct text_run avx2_indented(
	const char *at, const char *end)
{
	const __m256i newline = _mm256_set1_epi8('\n');
	const __m256i space = _mm256_set1_epi8(' ');
	const __m256i open = _mm256_set1_epi8('[');
	const __m256i close = _mm256_set1_epi8(']');
	struct text_run run = {at, 0, false}, rest;
	const char *line = at;
	unsigned odd = 0;

	if (at < end && *at != ' ')
		return run;
	while (end - at >= 34) {
		__m256i text = _mm256_loadu_si256((const __m256i *)at);
		__m256i next = _mm256_loadu_si256((const __m256i *)(at + 1));
		__m256i third = _mm256_loadu_si256((const __m256i *)(at + 2));
		unsigned breaks = (unsigned)_mm256_movemask_epi8(
			_mm256_cmpeq_epi8(text, newline));
		unsigned spaces = (unsigned)_mm256_movemask_epi8(
			_mm256_cmpeq_epi8(next, space));
		unsigned known = (unsigned)_mm256_movemask_epi8(
			_mm256_or_si256(_mm256_cmpeq_epi8(text, close),
					_mm256_cmpeq_epi8(third, open)));
		unsigned stops = breaks & ~spaces;
		unsigned strange = spaces & ~breaks & ~known;

		if (stops) {
			unsigned bit = (unsigned)__builtin_ctz(stops);
			unsigned upto = (2u << bit) - 1;

			run.lines +=
				(unsigned)__builtin_popcount(breaks & upto);
			run.end = at + bit + 1;
			run.odd = (odd | (strange & upto)) != 0;
			return run;
		}
		odd |= strange;
		if (breaks)
			line = at + 32 - __builtin_clz(breaks);
		run.lines += (unsigned)__builtin_popcount(breaks);
		at += 32;
	}
	/* The last line begun lies behind `line`; finish it byte by byte. */
	rest = portable_indented(line, end);
	rest.lines += run.lines;
	rest.odd |= odd != 0;
	return rest.end ? rest : (struct text_run){NULL, 0, false};
}

static const struct text_scan avx2 = {
	.name = "avx2",
	.newline = avx2_newline,
	.indented = avx2_indented,
};

const struct text_scan *text_scan_best(void)
{
	return __builtin_cpu_supports("avx2") ? &avx2 : &portable;
}

#else

const struct text_scan *text_scan_best(void)
{
	return &portable;
}

#endif
