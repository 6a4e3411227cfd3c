/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of MemTotal whose sum depends on more than which rows there are. */
#include "account/budget_rules.h"

#include "account/vmalloc_meaning.h"

/* Counters that are read one after the other differ by so much and more. */
#define DRIFT_KIB 1024

bool budget_fill_vmalloc(struct budget_reader *reader, struct budget_row *ret)
{
	const struct budget_facts *facts = reader->facts;

	if (!vmalloc_is_counted(reader))
		return false;
	if (reader->of_node)
		return budget_add_zones(reader, &ret->sum, ZONE_VMALLOC);
	if (reader->vmalloc == VMALLOC_PAGES)
		return budget_add_row(reader, &ret->sum, "VmallocUsed", false);
	budget_add(reader, &ret->sum,
		   &(struct sum_term){
			   .group = "vmallocinfo",
			   .name = "pages",
			   .kib = sum_kib(facts->vmalloc_bytes / 1024),
			   .value = facts->vmalloc_bytes,
			   .unit = COUNTER_BYTES,
		   });
	return true;
}

/*
 * Where vmalloc() is not counted they are not counted there either, wherever
 * they lie.
 */
bool budget_fill_kernel_stacks(struct budget_reader *reader,
			       struct budget_row *ret)
{
	bool inside = vmalloc_is_counted(reader) &&
		      reader->stacks == STACKS_IN_VMALLOC;

	ret->kind = inside ? BUDGET_INSIDE : BUDGET_PART;
	if (!budget_add_row(reader, &ret->sum, "KernelStack", false))
		return false;
	budget_add_row(reader, &ret->sum, "ShadowCallStack", false);
	return true;
}

/* The size stands in the file of the machine only. */
bool budget_add_huge_pages(struct budget_reader *reader, struct sum *sum,
			   const char *name)
{
	uint64_t number, size, kib;

	if (!budget_reader_row(reader, name, &number) ||
	    (number && !counters_value(reader->facts->counters, "meminfo",
				       SPAN(""), "Hugepagesize", &size)))
		return false;
	if (!number)
		size = 0;
	if (__builtin_mul_overflow(number, size, &kib))
		kib = UINT64_MAX;
	budget_add(reader, sum,
		   &(struct sum_term){
			   .group = "meminfo",
			   .name = name,
			   .kib = sum_kib(kib),
			   .value = number,
			   .unit = COUNTER_NUMBER,
		   });
	return true;
}

/* HugePages_… are those of the default size alone. */
bool budget_fill_hugetlb(struct budget_reader *reader, struct budget_row *ret)
{
	if (budget_add_row(reader, &ret->sum, "Hugetlb", false))
		return true;
	if (reader->of_node &&
	    budget_add_zones(reader, &ret->sum, ZONE_HUGETLB))
		return true;
	return budget_add_huge_pages(reader, &ret->sum, "HugePages_Total");
}

/* What zram devices hold, by their own files; false: none was read. */
static bool zram_bytes(const struct budget_reader *reader, uint64_t *ret)
{
	const struct counter_entry *entry;
	uint64_t bytes = 0;
	bool found = false;

	if (reader->of_node)
		return false;
	for (entry = reader->facts->counters->table; entry;
	     entry = entry->hh.next) {
		const struct counter *counter = &entry->counter;

		if (counter->unit == COUNTER_TEXT ||
		    !span_equal(counter->group, SPAN("mm_stat")) ||
		    !span_equal(counter->name, SPAN("mem_used_total")))
			continue;
		found = true;
		if (__builtin_add_overflow(bytes, counter->value, &bytes))
			bytes = UINT64_MAX;
	}
	*ret = bytes;
	return found;
}

static void add_zram(struct budget_reader *reader, struct sum *sum,
		     uint64_t bytes)
{
	budget_add(reader, sum,
		   &(struct sum_term){
			   .group = "mm_stat",
			   .name = "mem_used_total",
			   .kib = sum_kib(bytes / 1024),
			   .value = bytes,
			   .unit = COUNTER_BYTES,
		   });
}

/*
 * zram always and zswap by default take their memory from zsmalloc, which
 * counts its pages itself. When there are too few of them for both, zswap has
 * another pool, which is counted nowhere else.
 */
static bool is_in_zsmalloc(int64_t zspages_kib, int64_t zswap_kib,
			   int64_t zram_kib)
{
	int64_t drift = sum_plus(DRIFT_KIB, zswap_kib / 16);

	return sum_plus(zspages_kib, drift) >= sum_plus(zswap_kib, zram_kib);
}

bool budget_fill_compressed_swap(struct budget_reader *reader,
				 struct budget_row *ret)
{
	uint64_t zspages, zswap = 0, zram = 0;
	bool has_zram = zram_bytes(reader, &zram), has_zswap;
	const char *group;

	has_zswap = budget_reader_row(reader, "Zswap", &zswap);
	if (budget_reader_pages(reader, ZONE_ZSPAGES, &group, &zspages)) {
		budget_add_zones(reader, &ret->sum, ZONE_ZSPAGES);
		if (is_in_zsmalloc(budget_pages_kib(reader, zspages),
				   sum_kib(zswap), sum_kib(zram / 1024)))
			return true;
		budget_note(reader, "zswap does not take its memory from "
				    "zsmalloc: both are added");
		budget_add_row(reader, &ret->sum, "Zswap", false);
		return true;
	}
	if (has_zswap)
		budget_add_row(reader, &ret->sum, "Zswap", false);
	if (has_zram)
		add_zram(reader, &ret->sum, zram);
	return has_zswap || has_zram;
}

/*
 * Most balloons take their pages off MemTotal, and off the zones' managed
 * pages, which then are less than those present by at least as much. Those of
 * VMware, and of virtio with "deflate on OOM", do not.
 */
static bool is_in_total(const struct budget_reader *reader, int64_t kib)
{
	const struct zone_sum *zones = reader->zones;
	uint64_t gone = 0;

	if (!zones[ZONE_MANAGED].known || !zones[ZONE_PRESENT].known)
		return false;
	if (zones[ZONE_PRESENT].pages > zones[ZONE_MANAGED].pages)
		gone = zones[ZONE_PRESENT].pages - zones[ZONE_MANAGED].pages;
	return kib > budget_pages_kib(reader, gone);
}

bool budget_fill_balloon(struct budget_reader *reader, struct budget_row *ret)
{
	if (!budget_add_row(reader, &ret->sum, "Balloon", false))
		return false;
	ret->kind = BUDGET_BESIDE;
	if (is_in_total(reader, ret->sum.kib)) {
		ret->kind = BUDGET_PART;
		reader->budget->balloon_in_total = true;
		budget_note(reader, "MemTotal still has what the balloon took: "
				    "the zones' managed pages do");
	} else if (ret->sum.kib) {
		budget_note(reader, "most balloons take their pages off "
				    "MemTotal: Balloon is not added");
	}
	return true;
}
