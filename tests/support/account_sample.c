/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/account_sample.h"

#include <stdlib.h>

/* Fuzzers have no test to fail. */
static void need(bool holds)
{
	if (!holds)
		abort();
}

#define TERMS_MOST 4
#define ROWS_MOST  16

struct sample_term {
	const char *name;
	int64_t kib[2]; /* of OLD, NEW */
};

struct sample_row {
	const char *id, *name, *what;
	enum budget_kind kind;
	enum budget_owner owner;
	struct sample_term terms[TERMS_MOST];
};

static const struct sample_row sample_rows[] = {
	{"free",
	 "free",
	 "nobody has it, per-CPU lists included",
	 BUDGET_PART,
	 OWNER_FREE,
	 {{"MemFree", {726228, 638732}}, {"pcp count", {23148, 11972}}}},
	{"lru",
	 "on the LRU lists",
	 "programs' memory, page cache, shared memory",
	 BUDGET_PART,
	 OWNER_USER,
	 {{"Active", {5228, 32200}},
	  {"Inactive", {180812, 209916}},
	  {"Unevictable", {4096, 4096}}}},
	{"anon",
	 "AnonPages",
	 "programs' own data",
	 BUDGET_INSIDE,
	 OWNER_USER,
	 {{"AnonPages", {86284, 93896}}}},
	{"hugetlb",
	 "huge pages, reserved",
	 "set aside by hugetlb, in use or not",
	 BUDGET_PART,
	 OWNER_USER,
	 {{"Hugetlb", {8192, 8192}}}},
	{"slab",
	 "slab",
	 "the kernel's small objects",
	 BUDGET_PART,
	 OWNER_KERNEL,
	 {{"Slab", {19184, 39248}}}},
	{"vmalloc",
	 "vmalloc",
	 "larger kernel memory, mapped page by page",
	 BUDGET_PART,
	 OWNER_KERNEL,
	 {{"VmallocUsed", {6056, 6936}}}},
	{"kernel-stacks",
	 "kernel stacks",
	 "one for each thread",
	 BUDGET_INSIDE,
	 OWNER_KERNEL,
	 {{"KernelStack", {1616, 1632}}}},
	{"page-tables",
	 "page tables",
	 "what maps programs' memory",
	 BUDGET_PART,
	 OWNER_KERNEL,
	 {{"PageTables", {2112, 2076}}}},
	{"percpu",
	 "per-CPU data",
	 "a copy for each CPU",
	 BUDGET_PART,
	 OWNER_KERNEL,
	 {{"Percpu", {584, 608}}}},
	{"bounce",
	 "bounce buffers",
	 "copies for devices that cannot reach all memory",
	 BUDGET_PART,
	 OWNER_KERNEL,
	 {{"Bounce", {0, 0}}}},
};

static void add_term(struct account_sample *sample, struct sum *sum,
		     const char *name, int64_t kib)
{
	need(sum_add(sum, &sample->arena, "meminfo", name, kib) != NULL);
}

static void count_part(struct account_sample *sample, struct budget *budget,
		       const struct budget_row *row)
{
	if (row->kind != BUDGET_PART)
		return;
	add_term(sample, &budget->counted, row->name, row->sum.kib);
	budget->remainder_kib =
		sum_minus(budget->total.kib, budget->counted.kib);
}

struct budget_row *account_sample_add_row(struct account_sample *sample,
					  struct budget *budget, const char *id,
					  enum budget_kind kind, int64_t kib)
{
	struct budget_row *row = &budget->rows[budget->row_count++];

	need(budget->row_count <= ROWS_MOST);
	*row = (struct budget_row){
		.id = id,
		.name = id,
		.what = "",
		.kind = kind,
		.owner = OWNER_KERNEL,
	};
	add_term(sample, &row->sum, id, kib);
	count_part(sample, budget, row);
	return row;
}

static void add_free(struct account_sample *sample, struct free_view *view,
		     unsigned of)
{
	static const int64_t numbers[][7] = {
		{1004132, 726228, 683104, 84524, 2660, 109316, 7364},
		{1004132, 638732, 603748, 88856, 2956, 149360, 9388},
	};
	const int64_t *n = numbers[of];

	add_term(sample, &view->total, "MemTotal", n[0]);
	add_term(sample, &view->used, "MemTotal", n[0]);
	add_term(sample, &view->used, "MemAvailable", -n[2]);
	add_term(sample, &view->free, "MemFree", n[1]);
	add_term(sample, &view->shared, "Shmem", n[3]);
	add_term(sample, &view->buff_cache, "Buffers", n[4]);
	add_term(sample, &view->buff_cache, "Cached", n[5]);
	add_term(sample, &view->buff_cache, "SReclaimable", n[6]);
	add_term(sample, &view->available, "MemAvailable", n[2]);
	add_term(sample, &view->swap_total, "SwapTotal", 32764);
	add_term(sample, &view->swap_used, "SwapTotal", 32764);
	add_term(sample, &view->swap_used, "SwapFree", -32764);
	add_term(sample, &view->swap_free, "SwapFree", 32764);
	view->available_known = true;
}

static void fill_budget(struct account_sample *sample, struct budget *budget,
			unsigned of, int64_t divisor)
{
	size_t i, j;

	budget->known = true;
	budget->scope = "";
	budget->page_size = 4096;
	budget->rows =
		arena_alloc(&sample->arena, ROWS_MOST * sizeof(*budget->rows));
	need(budget->rows != NULL);
	add_term(sample, &budget->total, "MemTotal", 1004132 / divisor);
	for (i = 0; i < sizeof(sample_rows) / sizeof(sample_rows[0]); i++) {
		const struct sample_row *from = &sample_rows[i];
		struct budget_row *row = &budget->rows[budget->row_count++];

		*row = (struct budget_row){
			.id = from->id,
			.name = from->name,
			.what = from->what,
			.kind = from->kind,
			.owner = from->owner,
		};
		for (j = 0; j < TERMS_MOST && from->terms[j].name; j++)
			add_term(sample, &row->sum, from->terms[j].name,
				 from->terms[j].kib[of] / divisor);
		count_part(sample, budget, row);
	}
	budget->notes[budget->note_count++] =
		"VmallocUsed has the kernel stacks: vmallocinfo lists them";
}

void account_sample_init(struct account_sample *sample, unsigned sides)
{
	static const char *const paths[] = {"t1", "t2"};
	unsigned i;

	*sample = (struct account_sample){0};
	sample->report.side_count = sides;
	sample->report.boot = BOOT_SAME;
	for (i = 0; i < sides; i++) {
		struct account_side *side = &sample->report.sides[i];
		unsigned of = sides == 1 ? 1 : i;

		side->path = paths[of];
		side->kernel = "6.12.117-lab";
		side->uptime_ns = (of ? 64 : 31) * (uint64_t)1000000000;
		side->younger_kib = side->holders_younger_kib = -1;
		fill_budget(sample, &side->budget, of, 1);
		add_free(sample, &side->budget.free, of);
	}
}

void account_sample_deinit(struct account_sample *sample)
{
	unsigned i;

	report_deinit(&sample->holders);
	for (i = 0; i < 2; i++) {
		dump_reading_deinit(&sample->readings[i]);
		text_buffer_deinit(&sample->dumps[i]);
	}
	account_report_deinit(&sample->report);
	arena_deinit(&sample->arena);
	*sample = (struct account_sample){0};
}

/* ---- what can be added ---- */

static void add_pages(struct text_buffer *dump, unsigned order, unsigned count,
		      const char *stack)
{
	while (count-- > 0)
		text_buffer_format(dump,
				   "Page allocated via order %u, mask 0x1(X), "
				   "pid 1, tgid 1 (x), ts 5000000000 ns\n"
				   "PFN 0x1 type Unmovable Block 0 type "
				   "Unmovable Flags 0x0()\n"
				   " post_alloc_hook+0x1/0x2\n%s\n",
				   order, stack);
}

/* In KiB: 48,668 of NEW, 27,132 of OLD. */
static void write_dump(struct text_buffer *dump, bool old)
{
	add_pages(dump, 10, old ? 2 : 4,
		  " page_ext_init+0x1/0x20\n start_kernel+0x1/0x20\n");
	if (old) {
		add_pages(dump, 9, 9, " ring_setup+0x1/0x20 [nic]\n");
		add_pages(dump, 0, 127, " pipe_write+0x1/0x20\n");
	} else {
		add_pages(dump, 8, 12,
			  " do_leak+0x1/0x20 [leaky]\n"
			  " leaky_rx_refill+0x1/0x20 [leaky]\n");
		add_pages(dump, 9, 9, " ring_setup+0x1/0x20 [nic]\n");
		add_pages(dump, 8, 1, " churn_page_get+0x1/0x20 [churn]\n");
		add_pages(dump, 0, 127, " pipe_write+0x1/0x20\n");
		add_pages(dump, 4, 4, " perf_mmap+0x1/0x20\n");
	}
}

static int64_t held_kib(const struct dump_reading *reading)
{
	return sum_kib(reading->set.total.units * 4);
}

void account_sample_add_holders(struct account_sample *sample)
{
	unsigned sides = sample->report.side_count, i;
	struct error err;

	for (i = 0; i < sides; i++) {
		write_dump(&sample->dumps[i], sides == 2 && i == 0);
		if (!dump_reading_init(&sample->readings[i],
				       text_buffer_span(&sample->dumps[i]),
				       &(struct way){.threads = 1},
				       &(struct question){0}, &err))
			need(false);
		sample->report.sides[i].holders_kib =
			held_kib(&sample->readings[i]);
		sample->report.sides[i].holders_younger_kib = 0;
	}
	if (sides == 1)
		dump_top(&sample->readings[0], &sample->holders);
	else
		dump_diff(&sample->readings[0], &sample->readings[1],
			  MATCH_EXACT, &sample->holders);
	need(report_arrange(&sample->holders, SORT_RANK, false, &err));
	sample->report.holders = &sample->holders;
}

void account_sample_add_coverages(struct account_sample *sample,
				  struct account_side *side)
{
	static const struct coverage coverages[] = {
		{"lru", "user memory and page cache", 246212, 246192, 56160,
		 true, "compared"},
		{"page-tables", "page tables", 2076, 2088, 0, true, "compared"},
	};

	side->coverages = arena_alloc(&sample->arena, sizeof(coverages));
	need(side->coverages != NULL);
	memcpy(side->coverages, coverages, sizeof(coverages));
	side->coverage_count = sizeof(coverages) / sizeof(coverages[0]);
	side->younger_kib = 58420;
}

void account_sample_add_checks(struct account_sample *sample,
			       struct account_side *side)
{
	struct cross_check *checks =
		arena_alloc(&sample->arena, 3 * sizeof(*checks));

	need(checks != NULL);
	checks[0] = (struct cross_check){
		.id = "anon-lru",
		.title = "anonymous LRU lists",
		.left_name = "LRU lists",
		.right_name = "AnonPages + Shmem",
		.difference_kib = -4096,
		.tolerance_kib = 65536,
		.meaning = "Programs' memory and shared memory lie on these "
			   "lists.",
	};
	add_term(sample, &checks[0].left, "Active(anon)", 16936);
	add_term(sample, &checks[0].left, "Inactive(anon)", 161720);
	add_term(sample, &checks[0].right, "AnonPages", 93896);
	add_term(sample, &checks[0].right, "Shmem", 88856);
	checks[1] = (struct cross_check){
		.id = "slabinfo",
		.title = "slab caches",
		.left_name = "Slab",
		.right_name = "slabinfo",
		.difference_kib = 1504,
		.tolerance_kib = 65536,
		.meaning = "Slab has large kmalloc() too.",
	};
	add_term(sample, &checks[1].left, "Slab", 39248);
	add_term(sample, &checks[1].right, "slabs of 180 caches", 37744);
	checks[2] = (struct cross_check){
		.id = "pss",
		.title = "PSS of all processes",
		.state = CHECK_MISSING,
		.left_name = "AnonPages",
		.right_name = "Pss_Anon",
		.meaning = "The capture has no smaps_rollup.",
	};
	side->checks = checks;
	side->check_count = 3;
}

void account_sample_add_nodes(struct account_sample *sample,
			      struct account_side *side)
{
	unsigned i;

	side->nodes = arena_alloc(&sample->arena, 2 * sizeof(*side->nodes));
	need(side->nodes != NULL);
	side->node_count = 2;
	for (i = 0; i < 2; i++) {
		side->nodes[i].node = i;
		side->nodes[i].unaccounted_stacks_kib = i ? 24000 : -1;
		fill_budget(sample, &side->nodes[i].budget, 1, 2);
		side->nodes[i].budget.scope = i ? "node 1" : "node 0";
	}
}

char *account_sample_write(const struct account_sample *sample,
			   account_sample_output *output,
			   const struct output_options *options)
{
	struct error err = {0};
	size_t length;
	char *text;
	FILE *file = open_memstream(&text, &length);

	need(file != NULL);
	if (!output(&sample->report, options, file, &err))
		need(false);
	fclose(file);
	return text;
}
