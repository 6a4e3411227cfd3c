/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Amounts of counters for people: "10.5 MiB", or "10,752 kB" where these are
 * asked for. Any amount is fine; ret has QUANTITY_CAPACITY bytes.
 */
#ifndef PAGEOWL_OUTPUT_TEXT_KIB_H
#define PAGEOWL_OUTPUT_TEXT_KIB_H

#include "output/output.h"
#include "output/quantity.h"

const char *text_kib(const struct output_options *options, int64_t kib,
		     char *ret);

/* The same with a sign, for a growth: "+10.5 MiB", "0". */
const char *text_kib_change(const struct output_options *options, int64_t kib,
			    char *ret);

/* "5.0 %"; "" where there is no whole. */
const char *text_kib_share(int64_t part, int64_t whole, char *ret);

/*
 * The same without decimals: "99 %". What is not all is never "100 %", what is
 * not nothing never "0 %".
 */
const char *text_kib_percent(int64_t part, int64_t whole, char *ret);

static inline uint64_t text_kib_magnitude(int64_t kib)
{
	return kib < 0 ? 0 - (uint64_t)kib : (uint64_t)kib;
}

#endif
