/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the counters of a capture to where all of MemTotal is. Which counters
 * are parts of it depends on the kernel's age, which is read off the text, not
 * off version numbers: distributions backport.
 */
#ifndef PAGEOWL_ACCOUNT_BUDGET_BUILD_H
#define PAGEOWL_ACCOUNT_BUDGET_BUILD_H

#include "model/budget.h"
#include "model/snapshot.h"

/* Whether kernel stacks lie in vmalloc() memory (CONFIG_VMAP_STACK). */
enum stack_place {
	STACKS_UNKNOWN,
	STACKS_IN_VMALLOC,
	STACKS_IN_PAGES,
};

/* What the counters are read with. Zeroed but for counters is enough. */
struct budget_facts {
	const struct counters *counters;
	uint64_t page_size;	 /* bytes; 0: find out, else 4096 */
	bool has_vmallocinfo;	 /* the next one is known */
	uint64_t vmalloc_bytes;	 /* pages of areas that vmalloc() made */
	enum stack_place stacks; /* as vmallocinfo or stacks tell */
	const char *stacks_from; /* "vmallocinfo", "page_owner"; or NULL */
};

/*
 * Fill in what the stacks of a capture tell: vmallocinfo and page_owner, or
 * page_owner_stacks; either may be NULL. Stacks must have been classified.
 * Where they do not tell of kernel stacks the configuration may. The page size
 * is that of the counters, where no dump tells it.
 */
void budget_facts_from_stacks(struct budget_facts *facts,
			      const struct snapshot *vmallocinfo,
			      const struct snapshot *pages);

/*
 * The budget of scope: "" for the machine, or "node 0". All that ret points to
 * lives in arena or in the counters. Without meminfo of that scope, or, of a
 * node, zoneinfo, ret->known is false. Fails when memory runs out.
 */
bool budget_build(const struct budget_facts *facts, const char *scope,
		  struct arena *arena, struct budget *ret, struct error *err);

/*
 * The nodes that the counters have meminfo or zoneinfo of, ascending, and no
 * more than a kernel can have; the array lives in arena. Fails when memory runs
 * out.
 */
bool budget_nodes(const struct counters *counters, struct arena *arena,
		  uint64_t **ret, size_t *ret_count, struct error *err);

#endif
