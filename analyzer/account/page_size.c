/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/page_size.h"

/* Pages of 4 KiB to 64 KiB are what Linux has, but for one machine of old. */
#define PAGE_KIB_MIN 4
#define PAGE_KIB_MAX 64

bool page_size_is_valid(uint64_t size)
{
	return size >= 4096 && size <= (1 << 18) && !(size & (size - 1));
}

/* The size of which so many pages are about so many KiB, or 0. */
static uint64_t ratio(uint64_t kib, uint64_t pages)
{
	uint64_t size;

	for (size = PAGE_KIB_MIN; pages && size <= PAGE_KIB_MAX; size *= 2) {
		double about = (double)pages * (double)size;

		if ((double)kib > 0.9 * about && (double)kib < 1.1 * about)
			return size * 1024;
	}
	return 0;
}

uint64_t page_size_by_rows(const struct counters *counters, struct span scope,
			   uint64_t managed, uint64_t free)
{
	uint64_t kib, size = 0;

	if (counters_value(counters, "meminfo", scope, "MemTotal", &kib))
		size = ratio(kib, managed);
	if (!size &&
	    counters_value(counters, "meminfo", scope, "MemFree", &kib))
		size = ratio(kib, free);
	return size;
}

static uint64_t size_by_config(const struct counters *counters)
{
	static const char *const names[] = {
		"CONFIG_PAGE_SHIFT",
		"CONFIG_ARM64_PAGE_SHIFT",
		"CONFIG_PPC_PAGE_SHIFT",
	};
	uint64_t shift;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (counters_value(counters, "kernel_config", SPAN(""),
				   names[i], &shift) &&
		    shift >= 12 && shift <= 16)
			return (uint64_t)1 << shift;
	return 0;
}

/* x86 and s390 tell what of the direct map is in single pages; powerpc does so
 * for pages of 64 KiB, too. */
static uint64_t size_by_map(const struct counters *counters)
{
	uint64_t kib;

	return counters_value(counters, "meminfo", SPAN(""), "DirectMap4k",
			      &kib) &&
			       !counters_value(counters, "meminfo", SPAN(""),
					       "DirectMap64k", &kib)
		       ? 4096
		       : 0;
}

static uint64_t plus(uint64_t a, uint64_t b)
{
	uint64_t sum;

	return __builtin_add_overflow(a, b, &sum) ? UINT64_MAX : sum;
}

static uint64_t size_by_zones(const struct counters *counters)
{
	const struct counter_entry *entry;
	uint64_t managed = 0, free = 0;

	for (entry = counters->table; entry; entry = entry->hh.next) {
		const struct counter *counter = &entry->counter;

		if (counter->unit == COUNTER_TEXT ||
		    !span_equal(counter->group, SPAN("zoneinfo")))
			continue;
		if (span_equal(counter->name, SPAN("managed")))
			managed = plus(managed, counter->value);
		else if (span_equal(counter->name, SPAN("nr_free_pages")))
			free = plus(free, counter->value);
	}
	counters_value(counters, "vmstat", SPAN(""), "nr_free_pages", &free);
	return page_size_by_rows(counters, SPAN(""), managed, free);
}

/* A report in a log tells it by the smallest of its free blocks. */
static uint64_t size_by_report(const struct counters *counters)
{
	uint64_t size;

	return counters_value(counters, "show_mem", SPAN(""), "page_size",
			      &size) &&
			       page_size_is_valid(size)
		       ? size
		       : 0;
}

uint64_t page_size_of(const struct counters *counters)
{
	uint64_t size = size_by_report(counters);

	if (!size)
		size = size_by_map(counters);
	if (!size)
		size = size_by_zones(counters);
	return size ? size : size_by_config(counters);
}
