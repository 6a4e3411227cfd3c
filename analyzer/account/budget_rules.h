/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows of a budget, as a table: what they are for people, and the counters
 * that they are sums of.
 */
#ifndef PAGEOWL_ACCOUNT_BUDGET_RULES_H
#define PAGEOWL_ACCOUNT_BUDGET_RULES_H

#include "account/budget_reader.h"

enum term_source {
	TERM_ROW,   /* a row of meminfo */
	TERM_ZONES, /* pages, of vmstat or zoneinfo */
	TERM_HUGE,  /* a number of huge pages in meminfo */
};

struct term_rule {
	enum term_source source;
	const char *name;   /* of a row; NULL ends the list */
	enum zone_row zone; /* of TERM_ZONES, whose name is any */
	bool minus;
	bool extra; /* alone it makes no row of the budget */
	/* Not added where meminfo has this row, which has it all. */
	const char *unless;
};

enum rule_scope {
	RULE_ANYWHERE,
	RULE_OF_MACHINE,
	RULE_OF_NODE,
};

#define RULE_TERMS 10

struct budget_rule {
	const char *id, *name, *what;
	enum budget_kind kind;
	enum budget_owner owner;
	enum rule_scope scope;
	bool all; /* no row unless all terms are there */
	struct term_rule terms[RULE_TERMS];
	/*
	 * Fills ret->sum instead of the terms, and may change ret->kind; false:
	 * there is no such row.
	 */
	bool (*fill)(struct budget_reader *reader, struct budget_row *ret);
};

extern const struct budget_rule budget_rules[];
extern const size_t budget_rule_count;

/*
 * Whether a row of meminfo is known: what it says is in a row of the budget, or
 * is no memory, or lies in what another one has.
 */
bool budget_knows_label(struct span label);

/* Those of the rules that no list of terms can say. */
bool budget_fill_vmalloc(struct budget_reader *reader, struct budget_row *ret);
bool budget_fill_kernel_stacks(struct budget_reader *reader,
			       struct budget_row *ret);
bool budget_fill_hugetlb(struct budget_reader *reader, struct budget_row *ret);
bool budget_fill_compressed_swap(struct budget_reader *reader,
				 struct budget_row *ret);
bool budget_fill_balloon(struct budget_reader *reader, struct budget_row *ret);

/* Huge pages of the default size; false: there is no such row, or no size. */
bool budget_add_huge_pages(struct budget_reader *reader, struct sum *sum,
			   const char *name);

#endif
