/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What to count: --only, --not, --function, --since, --until. Rules about the
 * fields of a record are asked for each record, rules about its stack once
 * for each stack, when all is read.
 */
#ifndef PAGEOWL_ACCOUNT_FILTER_H
#define PAGEOWL_ACCOUNT_FILTER_H

#include <regex.h>

#include "account/group_key.h"

struct filter_rule {
	const struct group_key *key;
	struct span value; /* borrowed; "*" and "?" stand for any text */
	bool negated;	   /* --not */
};

#define FILTER_RULES_MAX 64

/* By what account/coverage.h has marked. */
enum filter_counted {
	COUNTED_ANY,
	COUNTED_NOT,	/* rows that no counter has */
	COUNTED_KERNEL, /* kernel memory that a counter has, without slabs */
};

/* Zeroed takes everything. */
struct filter {
	struct filter_rule rules[FILTER_RULES_MAX];
	size_t rule_count;
	field_set fields;  /* those that rules look at */
	uint64_t since_ns; /* 0: no limit */
	uint64_t until_ns; /* 0: no limit */
	enum filter_counted counted;
	bool has_function;
	regex_t function; /* POSIX extended; any frame may match */
};

void filter_deinit(struct filter *filter);

/*
 * Add "KEY=VALUE". Rules of one key are alternatives, rules of different keys
 * must all hold; no rule of --not may. VALUE is borrowed.
 */
bool filter_add(struct filter *filter, const char *rule, bool negated,
		struct error *err);

bool filter_set_function(struct filter *filter, const char *pattern,
			 struct error *err);

/* Whether filter_takes_record() could ever refuse one. */
bool filter_has_record_rules(const struct filter *filter);

/* A record without a time lies in no span of time. */
bool filter_takes_record(const struct filter *filter,
			 const struct record *record);

/* row is of snapshot; its stack must have been classified. */
bool filter_takes_row(const struct filter *filter,
		      const struct snapshot *snapshot, const struct row *row);

/* Whether blamed frames must have their places before rows are asked. */
bool filter_wants_places(const struct filter *filter);

/* Whether the rules ask for memory that reports leave out otherwise. */
bool filter_names_category(const struct filter *filter);

#endif
