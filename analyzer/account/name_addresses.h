/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Frames that the kernel printed as bare addresses get the names that a table
 * of the same boot has for them. What the stack holds is judged anew; its text,
 * by which it is known, stays.
 */
#ifndef PAGEOWL_ACCOUNT_NAME_ADDRESSES_H
#define PAGEOWL_ACCOUNT_NAME_ADDRESSES_H

#include "model/address_table.h"
#include "model/snapshot.h"

/* How many frames are bare addresses; all of one stack count. */
size_t name_addresses_left(const struct snapshot *snapshot);

/* Name those that the table knows; adds their number to *ret_named. */
bool name_addresses(struct snapshot *snapshot,
		    const struct address_table *table, size_t *ret_named,
		    struct error *err);

/*
 * Whether the table is of the kernel that printed the names there are: most of
 * those that both have are as large. Without any, nothing speaks against it.
 */
bool name_addresses_fits(const struct snapshot *snapshot,
			 const struct address_table *table);

#endif
