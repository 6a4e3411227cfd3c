/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of --by, --only and --not. One table serves all three. */
#ifndef PAGEOWL_ACCOUNT_GROUP_KEY_H
#define PAGEOWL_ACCOUNT_GROUP_KEY_H

#include "base/quote.h"
#include "model/record.h"
#include "model/snapshot.h"

struct group_key {
	const char *name;
	const char *title; /* one line for `pageowl help keys` */
	/* The value of a row's stack; NULL: a field of each record instead. */
	struct span (*of_row)(const struct snapshot *snapshot,
			      const struct row *row);
	enum record_field field;
};

/* Ended by an entry without a name. */
extern const struct group_key group_keys[];

const struct group_key *group_key_named(struct span name);

/* Whether blamed frames must have their places before rows have a value. */
bool group_key_wants_places(const struct group_key *key);

#define GROUP_KEYS_MAX 8

/* What --by asks for, in the order given. */
struct grouping {
	const struct group_key *keys[GROUP_KEYS_MAX];
	size_t count;
	field_set fields; /* those that are fields of records */
};

/* Add the keys of a list like "comm,order". */
bool grouping_add(struct grouping *grouping, struct span list,
		  struct error *err);

/* Whether any of its keys wants places. */
bool grouping_wants_places(const struct grouping *grouping);

#endif
