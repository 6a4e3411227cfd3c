/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The LRU lists, which hold what can be reclaimed, against the counters of
 * what user memory and page cache are. A page that nobody maps or looks up
 * any more, and that somebody still has a reference to, stays on its list.
 *
 * Three kinds of pages are on another list than their counter would have it;
 * no file tells how many, so each side borrows no more than it needs:
 *
 *   Unevictable   mlocked, ramfs, SHM_LOCK and pinned GPU objects: anonymous
 *		   or of a file, and on neither of the two pairs of lists
 *   SwapCached    in the swap cache and on the anonymous lists, and in
 *		   AnonPages only where a process maps them, too
 *   pglazyfree    MADV_FREE: anonymous, and since 4.12 on the list of files;
 *		   vmstat tells how many there ever were
 *
 * All three checks use check_tolerance(). Measured: 180 kB at most.
 */
#include "account/check_draft.h"

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static void add_anon(struct check_draft *draft, struct sum *left,
		     struct sum *right)
{
	check_need(draft, left, "meminfo", "Active(anon)");
	check_need(draft, left, "meminfo", "Inactive(anon)");
	check_have(draft, left, "vmstat", "nr_isolated_anon");
	check_need(draft, right, "meminfo", "AnonPages");
	check_need(draft, right, "meminfo", "Shmem");
}

/* Shmem is in Cached, and lies on the anonymous lists. */
static void add_file(struct check_draft *draft, struct sum *left,
		     struct sum *right)
{
	int64_t shmem;

	check_need(draft, left, "meminfo", "Active(file)");
	check_need(draft, left, "meminfo", "Inactive(file)");
	check_have(draft, left, "vmstat", "nr_isolated_file");
	check_need(draft, right, "meminfo", "Cached");
	check_need(draft, right, "meminfo", "Buffers");
	if (check_amount(draft, "meminfo", "Shmem", &shmem))
		check_part(draft, right, "meminfo", "Shmem", -shmem);
	else
		check_need(draft, right, "meminfo", "Shmem");
}

/* What a side of add() has too much; 0 where that cannot be known. */
static int64_t gap_of(struct check_draft *draft,
		      void (*add)(struct check_draft *draft, struct sum *left,
				  struct sum *right))
{
	struct check_draft aside = *draft;
	struct sum left = {0}, right = {0};

	aside.lacks_name = NULL;
	add(&aside, &left, &right);
	draft->no_memory |= aside.no_memory;
	return aside.lacks_name ? 0 : sum_minus(left.kib, right.kib);
}

/* What lies on a list where the counters do not have it. */
struct strays {
	int64_t lazy;		  /* anonymous, on the list of files */
	int64_t unevictable_anon; /* on neither, as is … */
	int64_t unevictable_file; /* … this */
};

/* Kernels that put them there count them; without vmstat there may be any. */
static int64_t most_lazy(const struct check_draft *draft)
{
	int64_t kib;

	if (check_amount(draft, "vmstat", "pglazyfree", &kib))
		return kib;
	return check_amount(draft, "vmstat", "nr_free_pages", &kib) ? 0
								    : INT64_MAX;
}

static struct strays find_strays(struct check_draft *draft)
{
	int64_t anon = gap_of(draft, add_anon), file = gap_of(draft, add_file);
	struct strays strays = {0};
	int64_t unevictable;

	if (anon < 0 && file > 0)
		strays.lazy = least(least(sum_minus(0, anon), file),
				    most_lazy(draft));
	anon = sum_plus(anon, strays.lazy);
	file = sum_minus(file, strays.lazy);
	check_amount(draft, "meminfo", "Unevictable", &unevictable);
	if (anon < 0)
		strays.unevictable_anon =
			least(sum_minus(0, anon), unevictable);
	unevictable -= strays.unevictable_anon;
	if (file < 0)
		strays.unevictable_file =
			least(sum_minus(0, file), unevictable);
	return strays;
}

/* Without vmstat there is no counter of them. */
static void add_lazy(struct check_draft *draft, int64_t kib)
{
	struct sum *side = &draft->check->left;
	int64_t ever;

	if (check_amount(draft, "vmstat", "pglazyfree", &ever))
		check_part(draft, side, "vmstat", "pglazyfree", kib);
	else if (kib)
		check_gathered(draft, side, "", "MADV_FREE", kib,
			       (uint64_t)(kib < 0 ? -kib : kib), COUNTER_KIB);
}

static void add_swap_cache(struct check_draft *draft)
{
	struct cross_check *check = draft->check;
	int64_t gap = sum_minus(check->left.kib, check->right.kib), swap;

	check_amount(draft, "meminfo", "SwapCached", &swap);
	if (gap > 0)
		check_part(draft, &check->right, "meminfo", "SwapCached",
			   least(gap, swap));
}

static void make_anon_lru(struct check_draft *draft)
{
	struct cross_check *check = draft->check;
	struct strays strays = find_strays(draft);

	add_anon(draft, &check->left, &check->right);
	add_lazy(draft, strays.lazy);
	check_part(draft, &check->left, "meminfo", "Unevictable",
		   strays.unevictable_anon);
	add_swap_cache(draft);
	check_judge(
		draft, check_tolerance(draft->machine),
		"anonymous or shared pages that no process maps any more stay "
		"on the LRU lists: somebody holds a reference to them, such "
		"as a driver that pinned them and never let go; 'pageowl diff "
		"--all OLD NEW' shows who allocated those that came",
		"pages that processes map are on no LRU list: they were taken "
		"off and not put back (page migration, memory offlining), or "
		"are a device's own memory (HMM); compare with an earlier "
		"capture by 'pageowl account OLD NEW'");
}

const struct check_kind check_anon_lru = {
	.id = "anon-lru",
	.title = "anonymous LRU lists",
	.left_name = "LRU lists",
	.right_name = "AnonPages + Shmem",
	.compared = "what lies on the anonymous LRU lists is what processes "
		    "map and what tmpfs holds",
	.make = make_anon_lru,
};

static void make_file_lru(struct check_draft *draft)
{
	struct cross_check *check = draft->check;
	struct strays strays = find_strays(draft);

	add_file(draft, &check->left, &check->right);
	add_lazy(draft, -strays.lazy);
	check_part(draft, &check->left, "meminfo", "Unevictable",
		   strays.unevictable_file);
	check_judge(
		draft, check_tolerance(draft->machine),
		"pages of files that are in the page cache no more stay on "
		"the LRU lists: somebody holds a reference to them, such as a "
		"file system or a driver that pinned them and never let go; "
		"'pageowl diff --all OLD NEW' shows who allocated those that "
		"came",
		"pages of the page cache are on no LRU list, so that they "
		"cannot be reclaimed: they were taken off and not put back, "
		"or a file system keeps them so; compare with an earlier "
		"capture by 'pageowl account OLD NEW'");
}

const struct check_kind check_file_lru = {
	.id = "file-lru",
	.title = "LRU lists of files",
	.left_name = "LRU lists",
	.right_name = "Cached + Buffers - Shmem",
	.compared = "what lies on the LRU lists of files is the page cache",
	.make = make_file_lru,
};

static void make_lru_total(struct check_draft *draft)
{
	struct cross_check *check = draft->check;

	check_need(draft, &check->left, "meminfo", "Active");
	check_need(draft, &check->left, "meminfo", "Inactive");
	check_need(draft, &check->left, "meminfo", "Unevictable");
	check_have(draft, &check->left, "vmstat", "nr_isolated_anon");
	check_have(draft, &check->left, "vmstat", "nr_isolated_file");
	check_need(draft, &check->right, "meminfo", "AnonPages");
	check_need(draft, &check->right, "meminfo", "Cached");
	check_need(draft, &check->right, "meminfo", "Buffers");
	add_swap_cache(draft);
	check_judge(
		draft, check_tolerance(draft->machine),
		"the LRU lists hold pages that no process maps and that are "
		"out of the page cache: somebody still holds a reference to "
		"them (pinned, or a reference that leaked); a growth of this "
		"in 'pageowl account OLD NEW' is a leak, and 'pageowl diff "
		"--all OLD NEW' shows who allocated the pages",
		"user memory or page cache is on no LRU list, where the "
		"kernel cannot reclaim it: pages taken off for migration and "
		"not put back, or a device's own memory; compare with an "
		"earlier capture by 'pageowl account OLD NEW'");
}

const struct check_kind check_lru_total = {
	.id = "lru-total",
	.title = "all LRU lists",
	.left_name = "LRU lists",
	.right_name = "AnonPages + Cached + Buffers + SwapCached",
	.compared = "what lies on all LRU lists is user memory and page cache",
	.make = make_lru_total,
};

/* Sums of the same numbers, which are read once: no tolerance. */
static void make_active_parts(struct check_draft *draft)
{
	struct cross_check *check = draft->check;

	check_need(draft, &check->left, "meminfo", "Active");
	check_need(draft, &check->right, "meminfo", "Active(anon)");
	check_need(draft, &check->right, "meminfo", "Active(file)");
	check_judge(draft, 0, check_torn, check_torn);
}

const struct check_kind check_active_parts = {
	.id = "active-parts",
	.title = "active LRU lists and their parts",
	.left_name = "Active",
	.right_name = "Active(anon) + Active(file)",
	.compared = "Active is the sum of its parts",
	.impossible = true,
	.make = make_active_parts,
};

static void make_inactive_parts(struct check_draft *draft)
{
	struct cross_check *check = draft->check;

	check_need(draft, &check->left, "meminfo", "Inactive");
	check_need(draft, &check->right, "meminfo", "Inactive(anon)");
	check_need(draft, &check->right, "meminfo", "Inactive(file)");
	check_judge(draft, 0, check_torn, check_torn);
}

const struct check_kind check_inactive_parts = {
	.id = "inactive-parts",
	.title = "inactive LRU lists and their parts",
	.left_name = "Inactive",
	.right_name = "Inactive(anon) + Inactive(file)",
	.compared = "Inactive is the sum of its parts",
	.impossible = true,
	.make = make_inactive_parts,
};
