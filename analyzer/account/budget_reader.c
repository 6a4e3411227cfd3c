/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/budget_reader.h"

#include "account/page_size.h"

/* Kernels have 5 zones at most. */
#define PROTECTIONS_MAX 10

static const char *const zone_row_names[ZONE_ROW_COUNT] = {
	[ZONE_PCP] = "count",
	[ZONE_MANAGED] = "managed",
	[ZONE_PRESENT] = "present",
	[ZONE_LOW] = "low",
	/* No row has it: see zone_reserve(). */
	[ZONE_RESERVE] = "high",
	[ZONE_FREE_PAGES] = "nr_free_pages",
	[ZONE_ISOLATED_ANON] = "nr_isolated_anon",
	[ZONE_ISOLATED_FILE] = "nr_isolated_file",
	[ZONE_ZSPAGES] = "nr_zspages",
	[ZONE_VMALLOC] = "nr_vmalloc",
	[ZONE_HUGETLB] = "nr_hugetlb",
	[ZONE_ACTIVE_ANON] = "nr_active_anon",
	[ZONE_INACTIVE_ANON] = "nr_inactive_anon",
	[ZONE_ACTIVE_FILE] = "nr_active_file",
	[ZONE_INACTIVE_FILE] = "nr_inactive_file",
	[ZONE_UNEVICTABLE] = "nr_unevictable",
	[ZONE_MLOCK] = "nr_mlock",
	[ZONE_ANON_PAGES] = "nr_anon_pages",
	[ZONE_FILE_PAGES] = "nr_file_pages",
	[ZONE_SHMEM] = "nr_shmem",
	[ZONE_SWAPCACHED] = "nr_swapcached",
	[ZONE_DIRTY] = "nr_dirty",
	[ZONE_WRITEBACK] = "nr_writeback",
	[ZONE_SLAB_RECLAIMABLE] = "nr_slab_reclaimable",
	[ZONE_SLAB_UNRECLAIMABLE] = "nr_slab_unreclaimable",
	[ZONE_MISC_RECLAIMABLE] = "nr_kernel_misc_reclaimable",
	[ZONE_PAGE_TABLES] = "nr_page_table_pages",
	[ZONE_SEC_PAGE_TABLES] = "nr_sec_page_table_pages",
	[ZONE_KERNEL_STACK] = "nr_kernel_stack",
	[ZONE_BOUNCE] = "nr_bounce",
	[ZONE_FREE_CMA] = "nr_free_cma",
};

/* Rows of a node's meminfo, by what drivers/base/node.c makes them of. */
static const struct stand_in {
	const char *label;
	enum zone_row row;
} stand_ins[] = {
	{"MemTotal", ZONE_MANAGED},
	{"MemFree", ZONE_FREE_PAGES},
	{"Active(anon)", ZONE_ACTIVE_ANON},
	{"Inactive(anon)", ZONE_INACTIVE_ANON},
	{"Active(file)", ZONE_ACTIVE_FILE},
	{"Inactive(file)", ZONE_INACTIVE_FILE},
	{"Unevictable", ZONE_UNEVICTABLE},
	{"Mlocked", ZONE_MLOCK},
	{"AnonPages", ZONE_ANON_PAGES},
	{"FilePages", ZONE_FILE_PAGES},
	{"Shmem", ZONE_SHMEM},
	{"SwapCached", ZONE_SWAPCACHED},
	{"Dirty", ZONE_DIRTY},
	{"Writeback", ZONE_WRITEBACK},
	{"SReclaimable", ZONE_SLAB_RECLAIMABLE},
	{"SUnreclaim", ZONE_SLAB_UNRECLAIMABLE},
	{"PageTables", ZONE_PAGE_TABLES},
	{"SecPageTables", ZONE_SEC_PAGE_TABLES},
	{"KernelStack", ZONE_KERNEL_STACK},
	{"Bounce", ZONE_BOUNCE},
	{"CmaFree", ZONE_FREE_CMA},
};

static uint64_t plus(uint64_t a, uint64_t b)
{
	uint64_t sum;

	return __builtin_add_overflow(a, b, &sum) ? UINT64_MAX : sum;
}

/*
 * What allocations for other zones, and those for user space, leave of a zone:
 * calculate_totalreserve_pages() takes the largest of lowmem_reserve[], which
 * is printed as "protection", and the high watermark. That was without the
 * boost that "high" may have got since.
 */
static uint64_t zone_reserve(const struct counters *counters, struct span zone,
			     uint64_t high)
{
	uint64_t value, most = 0;
	unsigned i;

	for (i = 0; i < PROTECTIONS_MAX; i++) {
		char name[] = "protection 0";

		name[sizeof(name) - 2] = (char)('0' + i);
		if (counters_value(counters, "zoneinfo", zone, name, &value) &&
		    value > most)
			most = value;
	}
	if (counters_value(counters, "zoneinfo", zone, "boost", &value))
		high -= value < high ? value : high;
	most = plus(most, high);
	if (counters_value(counters, "zoneinfo", zone, "managed", &value) &&
	    most > value)
		most = value;
	return most;
}

/* Each CPU's list has a "high", too. */
static bool is_of(enum zone_row row, struct span scope)
{
	bool of_cpu = span_find(scope, SPAN(" cpu ")) != NULL;

	return of_cpu == (row == ZONE_PCP);
}

static void add_pages(struct zone_sum *sum, uint64_t pages)
{
	sum->pages = plus(sum->pages, pages);
	sum->known = true;
}

static void add_counter(struct zone_sum sums[ZONE_ROW_COUNT],
			const struct counters *counters,
			const struct counter *counter)
{
	uint64_t pages = counter->value;
	unsigned row;

	/* A report in a log has the sum of all CPUs. */
	if (span_equal(counter->name, SPAN("free_pcp"))) {
		add_pages(&sums[ZONE_PCP], pages);
		return;
	}
	for (row = 0; row < ZONE_ROW_COUNT; row++) {
		if (!span_equal(counter->name, span_of(zone_row_names[row])) ||
		    !is_of(row, counter->scope))
			continue;
		if (row == ZONE_RESERVE)
			pages = zone_reserve(counters, counter->scope, pages);
		add_pages(&sums[row], pages);
		return;
	}
}

static bool is_within(struct span scope, struct span outer)
{
	return !outer.length || (span_take(&scope, outer) &&
				 (!scope.length || scope.at[0] == ' '));
}

const struct counter_entry *budget_reader_next(
	const struct budget_reader *reader, const struct counter_entry *after)
{
	return counters_next(reader->facts->counters, reader->scope, after);
}

static void sum_zones(struct budget_reader *reader)
{
	const struct counter_entry *entry = NULL;

	while ((entry = budget_reader_next(reader, entry)))
		if (entry->counter.unit != COUNTER_TEXT &&
		    span_equal(entry->counter.group, SPAN("zoneinfo")) &&
		    is_within(entry->counter.scope, reader->scope))
			add_counter(reader->zones, reader->facts->counters,
				    &entry->counter);
}

/* A node has zones of its own, and else what holds for the machine. */
static uint64_t find_page_size(const struct budget_reader *reader)
{
	const struct budget_facts *facts = reader->facts;

	if (page_size_is_valid(facts->page_size))
		return facts->page_size;
	if (!reader->of_node)
		return page_size_of(facts->counters);
	return page_size_by_rows(facts->counters, reader->scope,
				 reader->zones[ZONE_MANAGED].pages,
				 reader->zones[ZONE_FREE_PAGES].pages);
}

void budget_reader_init(struct budget_reader *reader)
{
	uint64_t total, size;

	reader->from_zones = reader->of_node &&
			     !counters_value(reader->facts->counters, "meminfo",
					     reader->scope, "MemTotal", &total);
	sum_zones(reader);
	size = find_page_size(reader);
	reader->budget->page_size_known = size;
	reader->budget->page_size = size ? size : PAGE_SIZE_GUESS;
}

/* What stands for a row of meminfo; NULL: nothing does. */
static const struct stand_in *stand_in(const struct budget_reader *reader,
				       const char *label)
{
	size_t i;

	for (i = 0; i < sizeof(stand_ins) / sizeof(stand_ins[0]); i++)
		if (strcmp(stand_ins[i].label, label) == 0)
			return reader->zones[stand_ins[i].row].known
				       ? &stand_ins[i]
				       : NULL;
	return NULL;
}

static uint64_t stand_in_kib(const struct budget_reader *reader,
			     const struct stand_in *stand_in)
{
	uint64_t value = reader->zones[stand_in->row].pages;

	return stand_in->row == ZONE_KERNEL_STACK
		       ? value
		       : (uint64_t)budget_pages_kib(reader, value);
}

bool budget_reader_row(const struct budget_reader *reader, const char *name,
		       uint64_t *ret)
{
	const struct stand_in *found;

	if (reader->from_zones) {
		found = stand_in(reader, name);
		if (found)
			*ret = stand_in_kib(reader, found);
		return found;
	}
	return counters_value(reader->facts->counters, "meminfo", reader->scope,
			      name, ret);
}

bool budget_reader_pages(const struct budget_reader *reader, enum zone_row row,
			 const char **ret_group, uint64_t *ret)
{
	if (!reader->of_node &&
	    counters_value(reader->facts->counters, "vmstat", SPAN(""),
			   zone_row_names[row], ret)) {
		*ret_group = "vmstat";
		return true;
	}
	if (!reader->zones[row].known)
		return false;
	*ret_group = "zoneinfo";
	*ret = reader->zones[row].pages;
	return true;
}

int64_t budget_pages_kib(const struct budget_reader *reader, uint64_t pages)
{
	uint64_t kib;

	if (__builtin_mul_overflow(pages, reader->budget->page_size / 1024,
				   &kib))
		return INT64_MAX;
	return sum_kib(kib);
}

void budget_add(struct budget_reader *reader, struct sum *sum,
		const struct sum_term *term)
{
	struct sum_term *added =
		sum_add(sum, reader->arena, term->group, term->name, term->kib);

	if (!added) {
		reader->failed = true;
		return;
	}
	added->value = term->value;
	added->unit = term->unit;
}

/* The term is told as zoneinfo prints it. */
static void name_stand_in(const struct budget_reader *reader, const char *label,
			  struct sum_term *term)
{
	enum zone_row row = stand_in(reader, label)->row;

	term->group = "zoneinfo";
	term->name = zone_row_names[row];
	term->value = reader->zones[row].pages;
	term->unit = row == ZONE_KERNEL_STACK ? COUNTER_KIB : COUNTER_PAGES;
}

bool budget_add_row(struct budget_reader *reader, struct sum *sum,
		    const char *name, bool minus)
{
	struct sum_term term = {
		.group = "meminfo",
		.name = name,
		.unit = COUNTER_KIB,
	};

	if (!budget_reader_row(reader, name, &term.value))
		return false;
	term.kib = sum_kib(term.value);
	if (minus)
		term.kib = -term.kib;
	if (reader->from_zones)
		name_stand_in(reader, name, &term);
	budget_add(reader, sum, &term);
	return true;
}

void budget_add_pages(struct budget_reader *reader, struct sum *sum,
		      const char *group, const char *name, uint64_t pages,
		      bool minus)
{
	int64_t kib = budget_pages_kib(reader, pages);

	budget_add(reader, sum,
		   &(struct sum_term){
			   .group = group,
			   .name = name,
			   .kib = minus ? -kib : kib,
			   .value = pages,
			   .unit = COUNTER_PAGES,
		   });
}

bool budget_add_zones(struct budget_reader *reader, struct sum *sum,
		      enum zone_row row)
{
	const char *group;
	uint64_t pages;

	if (!budget_reader_pages(reader, row, &group, &pages))
		return false;
	budget_add_pages(reader, sum, group, zone_row_names[row], pages, false);
	return true;
}

void budget_note(struct budget_reader *reader, const char *note)
{
	struct budget *budget = reader->budget;

	if (budget->note_count <
	    sizeof(budget->notes) / sizeof(budget->notes[0]))
		budget->notes[budget->note_count++] = note;
}

void budget_note_source(struct budget_reader *reader, const char *note,
			const char *source)
{
	size_t length = strlen(note), rest = strlen(source);
	char *text = arena_alloc(reader->arena, length + rest + 1);

	if (!text) {
		reader->failed = true;
		return;
	}
	memcpy(text, note, length);
	memcpy(text + length, source, rest);
	budget_note(reader, text);
}

void budget_doubt(struct budget_reader *reader, int64_t kib)
{
	reader->budget->doubt_kib = sum_plus(reader->budget->doubt_kib, kib);
}
