/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slab as meminfo counts it, against its caches and its parts. */
#include "account/check_draft.h"

/* Pages of a cache; false where counter is of something else. */
static bool pages_of(const struct check_draft *draft,
		     const struct counter *counter, uint64_t *ret)
{
	uint64_t each;

	if (!span_equal(counter->group, SPAN("slabinfo")) ||
	    !span_equal(counter->name, SPAN("num_slabs")) ||
	    !counters_value(draft->facts->counters, "slabinfo", counter->scope,
			    "pagesperslab", &each))
		return false;
	if (__builtin_mul_overflow(counter->value, each, ret))
		*ret = UINT64_MAX;
	return true;
}

/* Of all caches; false where there are none. */
static bool add_caches(struct check_draft *draft, struct sum *side)
{
	const struct counter_entry *entry;
	uint64_t pages = 0, own;
	bool any = false;

	for (entry = draft->facts->counters->table; entry;
	     entry = entry->hh.next) {
		if (!pages_of(draft, &entry->counter, &own))
			continue;
		if (__builtin_add_overflow(pages, own, &pages))
			pages = UINT64_MAX;
		any = true;
	}
	if (any)
		check_gathered(draft, side, "slabinfo",
			       "num_slabs * pagesperslab",
			       check_pages_kib(draft->machine, pages), pages,
			       COUNTER_PAGES);
	return any;
}

#define CACHES_SHRANK                                                         \
	"the caches hold more than Slab counts: the two files are of "        \
	"different moments or machines, or a counter is wrong; take "         \
	"/proc/meminfo and /proc/slabinfo again, one right after the other, " \
	"as 'pageowl capture' does"

/*
 * Large kmalloc() lies between the two, and a healthy machine has some: queues
 * of disks and network cards, tables of some MiB. check_tolerance() has room
 * for it, and 5 % of Slab, which moves while the files are read.
 */
static void make_slab_slabinfo(struct check_draft *draft)
{
	struct cross_check *check = draft->check;
	int64_t tolerance = check_tolerance(draft->machine), share;

	share = check_need(draft, &check->left, "meminfo", "Slab") / 20;
	if (!draft->facts->budget->page_size_known) {
		check_cannot(draft, "the capture does not tell the size of a "
				    "page: /proc/zoneinfo does, and 'pageowl "
				    "capture' takes it");
		return;
	}
	if (!add_caches(draft, &check->right)) {
		check_cannot(
			draft,
			draft->facts->budget->untold
				? "a report in a log does not have what each "
				  "cache holds: 'pageowl capture' as root "
				  "takes /proc/slabinfo"
				: "the capture lacks /proc/slabinfo, which "
				  "only root may read: 'pageowl capture' as "
				  "root takes it");
		return;
	}
	check_judge(
		draft, share > tolerance ? share : tolerance,
		draft->facts->budget->slab_has_large_kmalloc
			? "Slab has more than its caches: large kmalloc(), "
			  "blocks of more than two pages that are in no "
			  "cache; with page_owner in the capture 'pageowl top "
			  "--only=\"category=large kmalloc\"' shows who took "
			  "them, and growth between captures is a leak"
			: "Slab has more than its caches, and this kernel "
			  "counts nothing else there: /proc/slabinfo is cut or "
			  "of another moment, or slabs of a destroyed cache "
			  "stayed behind; take both files again, and look for "
			  "\"kmem_cache_destroy\" in the kernel's log",
		CACHES_SHRANK);
}

const struct check_kind check_slab_slabinfo = {
	.id = "slab-slabinfo",
	.title = "Slab and its caches",
	.left_name = "Slab",
	.right_name = "slabs in /proc/slabinfo",
	.compared = "Slab is what its caches hold, but for some large "
		    "kmalloc(), which is in no cache",
	.make = make_slab_slabinfo,
};

/*
 * Kernels that print KReclaimable read both numbers once, so that they add
 * up; older ones read them again for the sum, and a CPU may have added its
 * share in between.
 */
static int64_t parts_tolerance(const struct check_draft *draft)
{
	/* 125 pages of 4 KiB, the highest threshold, where none is printed */
	int64_t drift = draft->machine->drift_kib, once = 500, kib;

	if (check_amount(draft, "meminfo", "KReclaimable", &kib))
		return 0;
	return drift > once ? drift : once;
}

static void make_slab_parts(struct check_draft *draft)
{
	struct cross_check *check = draft->check;

	check_need(draft, &check->left, "meminfo", "Slab");
	check_need(draft, &check->right, "meminfo", "SReclaimable");
	check_need(draft, &check->right, "meminfo", "SUnreclaim");
	check_judge(draft, parts_tolerance(draft), check_torn, check_torn);
}

const struct check_kind check_slab_parts = {
	.id = "slab-parts",
	.title = "Slab and its parts",
	.left_name = "Slab",
	.right_name = "SReclaimable + SUnreclaim",
	.compared = "Slab is the sum of its parts",
	.impossible = true,
	.make = make_slab_parts,
};
