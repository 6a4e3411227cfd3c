/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_kib.h"

#include <stdio.h>
#include <string.h>

static const char *amount(const struct output_options *options,
			  const char *sign, int64_t kib, char *ret)
{
	uint64_t size = text_kib_magnitude(kib), bytes;
	char text[QUANTITY_CAPACITY - 8];

	if (options->kib) {
		quantity_count(size, ret);
		snprintf(text, sizeof(text), "%s", ret);
		snprintf(ret, QUANTITY_CAPACITY, "%s%s kB", sign, text);
		return ret;
	}
	/* More than there are bytes to count: only a file that lies has it. */
	if (__builtin_mul_overflow(size, 1024, &bytes))
		bytes = UINT64_MAX;
	quantity_bytes(bytes, ret);
	snprintf(text, sizeof(text), "%s", ret);
	snprintf(ret, QUANTITY_CAPACITY, "%s%s", sign, text);
	return ret;
}

const char *text_kib(const struct output_options *options, int64_t kib,
		     char *ret)
{
	return amount(options, kib < 0 ? "-" : "", kib, ret);
}

const char *text_kib_change(const struct output_options *options, int64_t kib,
			    char *ret)
{
	if (!kib)
		return strcpy(ret, "0");
	return amount(options, kib < 0 ? "-" : "+", kib, ret);
}

const char *text_kib_share(int64_t part, int64_t whole, char *ret)
{
	ret[0] = '\0';
	if (whole > 0)
		snprintf(ret, QUANTITY_CAPACITY, "%.1f %%",
			 100.0 * (double)part / (double)whole);
	return ret;
}

const char *text_kib_percent(int64_t part, int64_t whole, char *ret)
{
	double percent;

	ret[0] = '\0';
	if (!whole)
		return ret;
	percent = 100.0 * (double)part / (double)whole;
	if (part != whole && percent > 99 && percent < 101)
		percent = percent < 100 ? 99 : 101;
	if (part && percent > 0 && percent < 1)
		return strcpy(ret, "under 1 %");
	snprintf(ret, QUANTITY_CAPACITY, "%.0f %%", percent);
	return ret;
}
