/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What many allocations of a trace have in common beside their stack, the
 * fields that somebody wants, by number.
 */
#ifndef PAGEOWL_FORMATS_TRACE_FACTS_H
#define PAGEOWL_FORMATS_TRACE_FACTS_H

#include "base/string_pool.h"
#include "model/record.h"

/* Distinct sets that are kept; what is beyond has no fields. */
#define TRACE_FACTS_MAX ((uint32_t)1 << 21)
/* A field is cut there: names in a kernel are shorter. */
#define TRACE_FACT_LENGTH 255

struct trace_fact_set {
	unsigned evidence; /* enum evidence; below 2^16 */
	struct span fields[FIELD_COUNT];
};

/* Zeroed is empty and valid. */
struct trace_facts {
	struct string_pool texts;
	uint64_t beyond; /* how often a set was one too many */
	uint32_t last;	 /* the number handed out last */
	uint32_t limit;	 /* of sets; 0: TRACE_FACTS_MAX */
};

void trace_facts_deinit(struct trace_facts *facts);

/* The number of a set. */
bool trace_facts_intern(struct trace_facts *facts,
			const struct trace_fact_set *set, uint32_t *ret,
			struct error *err);

/* The set of a number; its text lives as long as facts. */
void trace_facts_get(const struct trace_facts *facts, uint32_t number,
		     struct trace_fact_set *ret);

#endif
