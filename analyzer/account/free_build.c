/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/free_build.h"

/*
 * Without MemAvailable (before 3.14), or where it is above MemTotal, as a
 * container's may be, procps takes MemFree.
 */
static const char *available_row(struct budget_reader *reader)
{
	uint64_t total = UINT64_MAX, available;

	if (!budget_reader_row(reader, "MemAvailable", &available)) {
		budget_note(reader, "the file has no MemAvailable: free prints "
				    "MemFree for it");
		return "MemFree";
	}
	budget_reader_row(reader, "MemTotal", &total);
	if (available && available <= total)
		return "MemAvailable";
	budget_note(reader, available ? "MemAvailable is above MemTotal: free "
					"prints MemFree for it"
				      : "MemAvailable is 0: free prints "
					"MemFree for it");
	return "MemFree";
}

static void build_swap(struct budget_reader *reader, struct free_view *ret)
{
	uint64_t total, left;

	budget_add_row(reader, &ret->swap_total, "SwapTotal", false);
	budget_add_row(reader, &ret->swap_free, "SwapFree", false);
	if (!budget_reader_row(reader, "SwapTotal", &total) ||
	    !budget_reader_row(reader, "SwapFree", &left) || left > total)
		return;
	budget_add_row(reader, &ret->swap_used, "SwapTotal", false);
	budget_add_row(reader, &ret->swap_used, "SwapFree", true);
}

/* A term of MemAvailable that the kernel has in pages. */
static void take_off(struct budget_reader *reader, const char *group,
		     const char *name, uint64_t pages)
{
	budget_add_pages(reader, &reader->budget->free.available_by, group,
			 name, pages, true);
}

static uint64_t pages_of(const struct budget_reader *reader, int64_t kib)
{
	return (uint64_t)kib / (reader->budget->page_size / 1024);
}

/*
 * Not all that can be dropped should be: half of it stays, unless the low
 * watermarks are less.
 */
static void keep_some(struct budget_reader *reader, int64_t kib,
		      const char *half)
{
	uint64_t low = reader->zones[ZONE_LOW].pages;
	uint64_t kept = pages_of(reader, kib) / 2;

	if (kept < low)
		take_off(reader, "meminfo", half, kept);
	else
		take_off(reader, "zoneinfo", "low", low);
}

static void add_files(struct budget_reader *reader)
{
	struct sum *by = &reader->budget->free.available_by;
	uint64_t active = 0, inactive = 0;

	budget_reader_row(reader, "Active(file)", &active);
	budget_reader_row(reader, "Inactive(file)", &inactive);
	budget_add_row(reader, by, "Active(file)", false);
	budget_add_row(reader, by, "Inactive(file)", false);
	keep_some(reader, sum_plus(sum_kib(active), sum_kib(inactive)),
		  "half of Active(file) + Inactive(file)");
}

/* KReclaimable since 5.0. */
static void add_reclaimable(struct budget_reader *reader)
{
	struct sum *by = &reader->budget->free.available_by;
	uint64_t value;

	if (budget_reader_row(reader, "KReclaimable", &value)) {
		budget_add_row(reader, by, "KReclaimable", false);
		keep_some(reader, sum_kib(value), "half of KReclaimable");
	} else if (budget_reader_row(reader, "SReclaimable", &value)) {
		budget_add_row(reader, by, "SReclaimable", false);
		keep_some(reader, sum_kib(value), "half of SReclaimable");
	}
}

static uint64_t distance(int64_t a, int64_t b)
{
	return a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a;
}

/*
 * Up to 4.5 it was the low watermarks; what fits better is taken. What leaves
 * less than nothing fits a MemAvailable of 0.
 */
static void add_reserve(struct budget_reader *reader, int64_t available)
{
	struct sum *by = &reader->budget->free.available_by;
	uint64_t reserve = reader->zones[ZONE_RESERVE].pages;
	uint64_t low = reader->zones[ZONE_LOW].pages;
	int64_t reserve_kib = budget_pages_kib(reader, reserve);
	int64_t rest = sum_minus(by->kib, available);
	bool stopped = !available && rest < reserve_kib;

	if (reader->zones[ZONE_RESERVE].known &&
	    (stopped || distance(rest, reserve_kib) <=
				distance(rest, budget_pages_kib(reader, low))))
		take_off(reader, "zoneinfo", "totalreserve_pages", reserve);
	else
		take_off(reader, "zoneinfo", "low", low);
}

/*
 * The kernel reads its own counters a moment before or after the others, and
 * stops at 0.
 */
static void add_rest(struct budget_reader *reader, int64_t available)
{
	struct sum *by = &reader->budget->free.available_by;
	int64_t rest = sum_minus(available, by->kib);
	bool stopped = !available && by->kib < 0;

	if (rest)
		budget_add(reader, by,
			   &(struct sum_term){
				   .group = "budget",
				   .name = stopped ? "not below 0"
						   : "changed meanwhile",
				   .kib = rest,
				   .value = distance(available, by->kib),
				   .unit = COUNTER_KIB,
			   });
}

static void build_available_by(struct budget_reader *reader)
{
	struct free_view *view = &reader->budget->free;
	uint64_t row;

	if (!budget_reader_row(reader, "MemAvailable", &row) ||
	    !reader->zones[ZONE_LOW].known)
		return;
	budget_add_row(reader, &view->available_by, "MemFree", false);
	add_files(reader);
	add_reclaimable(reader);
	add_reserve(reader, sum_kib(row));
	add_rest(reader, sum_kib(row));
}

void free_build(struct budget_reader *reader, struct free_view *ret)
{
	const char *available = available_row(reader);

	ret->available_known = strcmp(available, "MemFree") != 0;
	budget_add_row(reader, &ret->total, "MemTotal", false);
	budget_add_row(reader, &ret->used, "MemTotal", false);
	budget_add_row(reader, &ret->used, available, true);
	budget_add_row(reader, &ret->free, "MemFree", false);
	budget_add_row(reader, &ret->shared, "Shmem", false);
	budget_add_row(reader, &ret->buff_cache, "Buffers", false);
	/* A report in a log has the two in one. */
	if (!budget_add_row(reader, &ret->buff_cache, "Cached", false) &&
	    budget_add_row(reader, &ret->buff_cache, "FilePages", false))
		budget_add_row(reader, &ret->buff_cache, "SwapCached", true);
	budget_add_row(reader, &ret->buff_cache, "SReclaimable", false);
	budget_add_row(reader, &ret->available, available, false);
	build_swap(reader, ret);
	build_available_by(reader);
}
