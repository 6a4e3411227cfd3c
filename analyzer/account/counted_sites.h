/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which sites of allocinfo a counter has: those of small objects, which lie in
 * slab caches, and those that other sources tell to be vmalloc() or objects.
 */
#ifndef PAGEOWL_ACCOUNT_COUNTED_SITES_H
#define PAGEOWL_ACCOUNT_COUNTED_SITES_H

#include "model/budget.h"
#include "model/snapshot.h"

struct site_function;

/* Zeroed is empty, and valid to deinit. */
struct counted_sites {
	struct site_function *functions; /* uthash head */
};

/*
 * Of who calls vmalloc(), and who holds objects; either may be NULL. False when
 * memory runs out.
 */
bool counted_sites_init(struct counted_sites *sites,
			const struct snapshot *vmallocinfo,
			const struct snapshot *traces);

void counted_sites_deinit(struct counted_sites *sites);

/* Whether a counter of the budget has what a site holds, whatever it is. */
bool counted_sites_has(const struct counted_sites *sites, const struct row *row,
		       const struct budget *budget);

#endif
