/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much something grew, in every measure that a limit can have. Sums stop
 * at the largest number there is: a dump may claim any.
 */
#ifndef PAGEOWL_GATE_GROWTH_H
#define PAGEOWL_GATE_GROWTH_H

#include "model/gate_result.h"

/* Zeroed is nothing. */
struct growth {
	int64_t bytes, records;
	int64_t before_bytes, after_bytes; /* of those whose bytes are known */
	int64_t before_records;		   /* of all */
	bool bytes_known;		   /* of any of it */
	bool unsized;			   /* the bytes of some are not known */
	/* The records of some are stacks, not allocations: they count none. */
	bool uncounted;
	size_t rows; /* whose growth is in it */
};

/* What the limits of a rule are measured with. */
struct growth_scale {
	uint64_t page_bytes; /* of a page; not 0 */
	uint64_t iterations; /* 0: not said */
};

/* Of a row, or, of a category, of the sums of two sides. */
void growth_of_row(const struct report *report, const struct report_row *row,
		   struct growth *ret);
void growth_of_amounts(const struct report *report,
		       const struct amount amounts[2], struct growth *ret);
void growth_of_kib(const int64_t kib[2], struct growth *ret);

/* *sum + value, stopping at the largest number there is. */
void growth_sum(int64_t *sum, int64_t value);

/* Add all of it. */
void growth_add(struct growth *growth, const struct growth *other);

/* Add what the sides held, and no growth: shares are of it, too. */
void growth_add_sides(struct growth *growth, const struct growth *other);

/*
 * Whether growth is more than each limit of rule. What did not grow never is.
 * A limit in bytes or pages is not passed where no bytes are known; a share is
 * one of the records then. What was not there before is over any share.
 */
bool growth_breaks(const struct growth *growth, const struct gate_rule *rule,
		   const struct growth_scale *scale);

/*
 * Where it does not, but for limits on a number of allocations that is not
 * known: nobody can judge, and the rule says so.
 */
void growth_note_uncounted(const struct growth *growth, struct gate_rule *rule,
			   const struct growth_scale *scale);

/*
 * Whether the maximum of suppression is in a measure in which there is growth:
 * one in bytes alone could never be exceeded by objects of no known size.
 */
bool growth_is_measured(const struct growth *growth,
			const struct suppression *suppression);

/* Whether growth is more than suppression has as its maximum. */
bool growth_exceeds(const struct growth *growth,
		    const struct suppression *suppression);

#endif
