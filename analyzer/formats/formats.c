/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/format.h"

extern const struct format format_page_owner;
extern const struct format format_page_owner_sort;
extern const struct format format_page_owner_stacks;
extern const struct format format_slab_traces;
extern const struct format format_slab_free_traces;
extern const struct format format_allocinfo;
extern const struct format format_vmallocinfo;

/* Stacks first, the richest of all; then counters. */
const struct format *const formats[] = {
	&format_page_owner,
	&format_page_owner_sort,
	&format_page_owner_stacks,
	&format_slab_traces,
	&format_slab_free_traces,
	&format_allocinfo,
	&format_vmallocinfo,
	NULL,
};

const struct format *format_named(const char *name)
{
	size_t i;

	for (i = 0; formats[i]; i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

const struct format *format_sniff(struct span head)
{
	const struct format *best = NULL;
	const char *first = NULL;
	size_t i;

	for (i = 0; formats[i]; i++) {
		const char *at =
			formats[i]->sniff ? formats[i]->sniff(head) : NULL;

		if (at && (!first || at < first)) {
			first = at;
			best = formats[i];
		}
	}
	return best;
}
