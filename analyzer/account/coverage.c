/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/coverage.h"

#include "account/counted_sites.h"
#include "account/memory_report.h"

/* Counters and stacks agree within this share, or this much. */
#define AGREE_PERCENT 3
#define AGREE_KIB     1024

#define KIB 1024

/* The parts of a budget that stacks are held against, and why they may not
 * agree. */
static const struct part {
	const char *id;
	const char *meaning;
} parts[] = {
	{"lru", "pages on their way to the lists, or from them, are in no "
		"counter; pages that page_owner did not see allocated have no "
		"stack"},
	{"slab", "slabs of early boot have no stack; pages of slabs that were "
		 "freed or taken while the dump was read are in one of both"},
	{"page-tables", "which levels are counted depends on the kernel; those "
			"of processes that began or ended meanwhile are in one "
			"of both"},
	{"secondary-page-tables",
	 "some kernels count those of KVM and not those of the IOMMU"},
	{"vmalloc", "areas that were made before page_owner was there have no "
		    "stack"},
	{"kernel-stacks", "of tasks that have ended, some are kept for the "
			  "next ones"},
	{"percpu", "the first chunk was taken at boot, before page_owner was "
		   "there; it is no part of MemTotal, and yet counted"},
	{"hugetlb", "pages that were taken at boot have no stack"},
	{"compressed-swap", "pages of zbud and z3fold may be counted in other "
			    "places"},
	{"gpu", "pages may have gone to the pools before page_owner was "
		"there"},
	{"balloon", "pages may have been given to the host at boot"},
};
#define PARTS	   (sizeof(parts) / sizeof(parts[0]))
#define IN_NOTHING (-1)

static bool is_part(const struct budget *budget, const char *id)
{
	const struct budget_row *row = budget_row(budget, id);

	return row && row->kind == BUDGET_PART;
}

/* The part that has the pages of a category; NULL: none. */
static const char *part_of(enum category category, const struct budget *budget)
{
	switch (category) {
	case CATEGORY_ANON:
	case CATEGORY_PAGE_CACHE:
	case CATEGORY_SHMEM:
		return "lru";
	case CATEGORY_SLAB_RECLAIMABLE:
	case CATEGORY_SLAB:
	case CATEGORY_SLAB_DEBUGGING:
		return "slab";
	case CATEGORY_LARGE_KMALLOC:
		return budget->slab_has_large_kmalloc ? "slab" : NULL;
	case CATEGORY_SECONDARY_PAGE_TABLE:
		return "secondary-page-tables";
	case CATEGORY_KERNEL_STACK:
		return budget->stacks_in_vmalloc && is_part(budget, "vmalloc")
			       ? "vmalloc"
			       : "kernel-stacks";
	case CATEGORY_VMALLOC:
		return "vmalloc";
	case CATEGORY_PERCPU:
		return "percpu";
	case CATEGORY_HUGE_PAGES:
		return "hugetlb";
	case CATEGORY_COMPRESSED_SWAP:
		return "compressed-swap";
	case CATEGORY_GPU:
		return "gpu";
	case CATEGORY_BALLOON:
		return "balloon";
	case CATEGORY_PAGE_TABLE: /* by level */
	case CATEGORY_NETWORK:
	case CATEGORY_DMA:
	case CATEGORY_TRACING:
	case CATEGORY_PIPE:
	case CATEGORY_IO_BUFFERS:
	case CATEGORY_SYSTEM_TABLES:
	case CATEGORY_DEBUGGING:
	case CATEGORY_EARLY:
	case CATEGORY_DRIVER:
	case CATEGORY_OTHER:
		break;
	}
	return NULL;
}

static const char *part_of_row(const struct coverage_facts *facts,
			       const struct row *row,
			       const struct budget *budget)
{
	enum category category = row->key.stack->class.counted_as;
	enum table_level level = page_table_level(row);

	if (level != TABLE_NONE)
		return level < facts->table_levels ? "page-tables" : NULL;
	return part_of(category, budget);
}

/* VMware's balloon leaves MemTotal as it is. */
static bool is_of_vmware(const struct stack *stack)
{
	size_t i;

	for (i = 0; i < stack->frame_count; i++)
		if (span_equal(stack->frames[i].module, SPAN("vmw_balloon")) ||
		    span_starts_with(stack->frames[i].name, SPAN("vmballoon_")))
			return true;
	return false;
}

/* Pages that a balloon took and that came off MemTotal: of no remainder. */
static bool is_off_total(const struct coverage_facts *facts,
			 const struct row *row)
{
	const struct stack *stack = row->key.stack;

	return stack->class.counted_as == CATEGORY_BALLOON &&
	       !facts->budget->balloon_in_total && !is_of_vmware(stack);
}

/* The row of the budget that has a row of stacks, as an index of parts. */
static int part_index(const struct coverage_facts *facts, const struct row *row,
		      const struct budget *budget)
{
	const char *id = part_of_row(facts, row, budget);
	size_t i;

	if (!id || !is_part(budget, id))
		return IN_NOTHING;
	for (i = 0; i < PARTS; i++)
		if (strcmp(parts[i].id, id) == 0)
			return (int)i;
	return IN_NOTHING;
}

/* ---- sites of allocinfo ---- */

static bool has_sites(const struct snapshot *stacks)
{
	return stacks->identity & 1u << FIELD_SITE;
}

/* A report in a log lacks the counter: they are in what no counter has. */
static bool is_untold(const struct coverage_facts *facts, const struct row *row)
{
	const char *id = part_of_row(facts, row, facts->budget);

	return id && memory_report_leaves_out(facts->budget, id);
}

static bool is_counted_site(const struct coverage_facts *facts,
			    const struct row *row,
			    const struct counted_sites *sites)
{
	return !is_untold(facts, row) &&
	       counted_sites_has(sites, row, facts->budget);
}

/* ---- marking ---- */

static bool is_left_out(const struct coverage_facts *facts,
			const struct row *row)
{
	return facts->without_early &&
	       row->key.stack->class.category == CATEGORY_EARLY;
}

bool coverage_mark(const struct coverage_facts *facts, struct error *err)
{
	struct counted_sites counted = {0};
	bool sites = has_sites(facts->stacks);
	bool done = !sites || counted_sites_init(&counted, facts->vmallocinfo,
						 facts->traces);
	struct row *row;

	for (row = facts->stacks->rows; done && row; row = row->hh.next)
		row->counted =
			part_index(facts, row, facts->budget) != IN_NOTHING ||
			is_left_out(facts, row) || is_off_total(facts, row) ||
			(sites && is_counted_site(facts, row, &counted));
	counted_sites_deinit(&counted);
	return done || error_no_memory(err);
}

/* ---- side by side ---- */

static int64_t kib_of(const struct coverage_facts *facts, uint64_t units)
{
	uint64_t bytes;

	if (__builtin_mul_overflow(units, facts->unit_bytes, &bytes))
		return INT64_MAX;
	return (int64_t)(bytes / KIB);
}

/* Saturate: a file may claim any number of pages. */
struct part_sum {
	uint64_t units, younger;
};

static uint64_t plus(uint64_t a, uint64_t b)
{
	uint64_t sum;

	return __builtin_add_overflow(a, b, &sum) ? UINT64_MAX : sum;
}

static void part_sum_add(const struct coverage_facts *facts,
			 const struct row *row, struct part_sum *sum)
{
	sum->units = plus(sum->units, row->tally.units);
	if (facts->timed)
		sum->younger = plus(sum->younger, row->tally.units_fresh);
}

static void settle(struct coverage *coverage,
		   const struct coverage_facts *facts)
{
	int64_t apart = sum_minus(coverage->counters_kib, coverage->stacks_kib);
	int64_t share = coverage->counters_kib / 100 * AGREE_PERCENT;
	int64_t limit = share > AGREE_KIB ? share : AGREE_KIB;

	coverage->agrees = apart >= -limit && apart <= limit;
	if (!coverage->agrees && apart > 0 && facts->gap)
		coverage->meaning = facts->gap;
	if (!facts->timed && apart < 0)
		coverage->meaning = "these stacks tell no times: what was "
				    "allocated since the counters were read is "
				    "in them";
}

static void add_part(const struct coverage_facts *facts,
		     const struct part *part, const struct part_sum *sum,
		     struct account_side *side)
{
	const struct budget_row *row = budget_row(facts->budget, part->id);
	struct coverage coverage = {.id = part->id, .meaning = part->meaning};

	if (!is_part(facts->budget, part->id) || (!row->sum.kib && !sum->units))
		return;
	coverage.name = row->name;
	coverage.counters_kib = row->sum.kib;
	coverage.stacks_kib = kib_of(facts, sum->units - sum->younger);
	coverage.younger_kib = kib_of(facts, sum->younger);
	settle(&coverage, facts);
	side->coverages[side->coverage_count++] = coverage;
}

bool coverage_make(const struct coverage_facts *facts, struct arena *arena,
		   struct account_side *side, struct error *err)
{
	struct part_sum sums[PARTS] = {{0}}, beside = {0}, all = {0};
	struct part_sum balloon = {0};
	const struct row *row;
	size_t i;

	side->coverages = arena_alloc(arena, PARTS * sizeof(*side->coverages));
	if (!side->coverages)
		return error_no_memory(err);
	for (row = facts->stacks->rows; row; row = row->hh.next) {
		int part = part_index(facts, row, facts->budget);

		if (part != IN_NOTHING)
			part_sum_add(facts, row, &sums[part]);
		else if (is_off_total(facts, row))
			part_sum_add(facts, row, &balloon);
		else if (!row->counted)
			part_sum_add(facts, row, &beside);
		part_sum_add(facts, row, &all);
	}
	/* Of sites objects are pages' contents: they do not add up. */
	for (i = 0; i < PARTS && !has_sites(facts->stacks); i++)
		add_part(facts, &parts[i], &sums[i], side);
	side->holders_kib = kib_of(facts, beside.units);
	side->balloon_kib = kib_of(facts, balloon.units);
	side->younger_kib = facts->timed ? kib_of(facts, all.younger) : -1;
	side->holders_younger_kib =
		facts->timed ? kib_of(facts, beside.younger) : -1;
	return true;
}

int64_t coverage_of_node(const struct coverage_facts *facts, uint64_t node,
			 const struct budget *budget)
{
	const struct row *row;
	uint64_t units = 0;

	for (row = facts->stacks->rows; row; row = row->hh.next) {
		struct span text = string_pool_text(
			&facts->stacks->names, row->key.values[FIELD_NODE]);
		uint64_t own;

		if (span_take_u64(&text, &own) && !text.length && own == node &&
		    part_index(facts, row, budget) == IN_NOTHING &&
		    !is_off_total(facts, row))
			units = plus(units, row->tally.units);
	}
	return kib_of(facts, units);
}
