/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From what a report prints to what /proc has. MemTotal is what si_meminfo()
 * makes it, the managed pages of all zones: "pages RAM" less "pages reserved".
 */
#include "formats/show_mem_report.h"

#define DEFAULT_PAGE_SIZE 4096

/* Without these a budget makes no sense. */
static const char *const needed[] = {
	"Active(anon)",	  "Inactive(anon)", "Active(file)",
	"Inactive(file)", "Unevictable",    "SReclaimable",
	"SUnreclaim",	  "PageTables",	    "MemFree",
};

void show_mem_report_deinit(struct show_mem_report *report)
{
	counters_deinit(&report->counters);
	*report = (struct show_mem_report){.time_ns = TS_NONE};
}

static uint64_t plus(uint64_t a, uint64_t b)
{
	uint64_t sum;

	return __builtin_add_overflow(a, b, &sum) ? UINT64_MAX : sum;
}

static void put(struct show_mem_report *report, const struct counter *counter)
{
	struct error ignored;

	if (report->counters.count >= SHOW_MEM_COUNTERS_MAX)
		report->dropped++;
	else if (!counters_add(&report->counters, counter, &ignored))
		report->no_memory = true;
}

void show_mem_add(struct show_mem_report *report, const char *group,
		  struct span scope, const char *name, uint64_t value,
		  enum counter_unit unit)
{
	uint64_t before = 0;

	counters_value(&report->counters, group, scope, name, &before);
	put(report, &(struct counter){
			    .group = span_of(group),
			    .scope = scope,
			    .name = span_of(name),
			    .text = SPAN(""),
			    .value = plus(before, value),
			    .unit = unit,
		    });
}

void show_mem_set(struct show_mem_report *report, const char *group,
		  const char *name, uint64_t value, enum counter_unit unit)
{
	uint64_t before;

	if (!show_mem_value(report, group, name, &before))
		show_mem_add(report, group, SPAN(""), name, value, unit);
}

void show_mem_add_text(struct show_mem_report *report, const char *group,
		       struct span scope, const char *name, struct span text)
{
	put(report, &(struct counter){
			    .group = span_of(group),
			    .scope = scope,
			    .name = span_of(name),
			    .text = text,
			    .unit = COUNTER_TEXT,
		    });
}

bool show_mem_value(const struct show_mem_report *report, const char *group,
		    const char *name, uint64_t *ret)
{
	return counters_value(&report->counters, group, SPAN(""), name, ret);
}

enum show_mem_rank show_mem_report_rank(const struct show_mem_report *report)
{
	uint64_t ram, reserved, value;
	size_t i;

	if (report->of_cgroup)
		return SHOW_MEM_CGROUP;
	if (!report->has_info)
		return SHOW_MEM_NOTHING;
	if (!show_mem_value(report, "show_mem", "pages_ram", &ram) ||
	    !show_mem_value(report, "show_mem", "pages_reserved", &reserved) ||
	    reserved > ram)
		return SHOW_MEM_CUT;
	for (i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		if (!show_mem_value(report, "meminfo", needed[i], &value))
			return SHOW_MEM_CUT;
	return SHOW_MEM_WHOLE;
}

/* ---- amounts as /proc has them ---- */

struct giving {
	const struct show_mem_report *report;
	struct sink *sink;
	struct error *err;
	uint64_t page_kib;
	bool all_zones;
};

static uint64_t in_kib(const struct giving *giving,
		       const struct counter *counter)
{
	uint64_t kib = counter->value;

	if (counter->unit == COUNTER_BYTES)
		return kib / 1024;
	if (counter->unit == COUNTER_PAGES &&
	    __builtin_mul_overflow(kib, giving->page_kib, &kib))
		return UINT64_MAX;
	return kib;
}

static struct counter converted(const struct giving *giving,
				const struct counter *counter)
{
	struct counter made = *counter;
	bool counted = counter->unit == COUNTER_PAGES ||
		       counter->unit == COUNTER_KIB ||
		       counter->unit == COUNTER_BYTES;

	if (!counted || span_equal(counter->group, SPAN("show_mem")))
		return made;
	if (span_equal(counter->group, SPAN("zoneinfo")) ||
	    span_equal(counter->group, SPAN("vmstat"))) {
		if (counter->unit == COUNTER_KIB)
			made.value /= giving->page_kib;
		made.unit = span_starts_with(counter->name, SPAN("nr_"))
				    ? COUNTER_NUMBER
				    : COUNTER_PAGES;
		return made;
	}
	made.value = in_kib(giving, counter);
	made.unit = COUNTER_KIB;
	return made;
}

static bool give(struct giving *giving, const struct counter *counter)
{
	struct counter made = converted(giving, counter);

	if (span_equal(counter->group, SPAN("total"))) {
		if (!giving->all_zones)
			return true;
		made.group = SPAN("meminfo");
	}
	return giving->sink->counter(giving->sink, &made, giving->err);
}

static bool give_number(struct giving *giving, const char *group,
			const char *name, uint64_t value,
			enum counter_unit unit)
{
	return give(giving, &(struct counter){
				    .group = span_of(group),
				    .scope = SPAN(""),
				    .name = span_of(name),
				    .text = SPAN(""),
				    .value = value,
				    .unit = unit,
			    });
}

/* Zones that the allocation could not use are left out of an OOM report. */
static bool has_all_zones(const struct giving *giving)
{
	uint64_t ram, present;

	return show_mem_value(giving->report, "show_mem", "pages_ram", &ram) &&
	       show_mem_value(giving->report, "show_mem", "present",
			      &present) &&
	       present / giving->page_kib == ram;
}

static bool give_derived(struct giving *giving)
{
	const struct show_mem_report *report = giving->report;
	uint64_t ram, reserved, slab, other;

	if (show_mem_value(report, "show_mem", "pages_ram", &ram) &&
	    show_mem_value(report, "show_mem", "pages_reserved", &reserved) &&
	    reserved <= ram &&
	    !give_number(giving, "meminfo", "MemTotal", ram - reserved,
			 COUNTER_PAGES))
		return false;
	if (show_mem_value(report, "show_mem", "kernel_misc_reclaimable",
			   &other) &&
	    show_mem_value(report, "meminfo", "SReclaimable", &slab) &&
	    !give_number(giving, "meminfo", "KReclaimable", plus(slab, other),
			 COUNTER_PAGES))
		return false;
	if (report->page_size && !give_number(giving, "show_mem", "page_size",
					      report->page_size, COUNTER_BYTES))
		return false;
	if (report->time_ns != TS_NONE &&
	    (!give_number(giving, "uptime", "uptime", report->time_ns,
			  COUNTER_NS) ||
	     !give_number(giving, "show_mem", "time", report->time_ns,
			  COUNTER_NS)))
		return false;
	return give_number(giving, "show_mem", "line", report->line,
			   COUNTER_NUMBER) &&
	       give_number(giving, "show_mem", "all_zones", giving->all_zones,
			   COUNTER_NUMBER);
}

static void tell(const struct giving *giving)
{
	const struct show_mem_report *report = giving->report;
	struct sink *sink = giving->sink;
	uint64_t pages;

	if (!report->has_info)
		return;
	if (!report->page_size)
		sink->remark(sink, "no list of free blocks tells the size of "
				   "a page: it is taken for 4 KiB");
	if (!giving->all_zones &&
	    show_mem_value(report, "show_mem", "pages_ram", &pages))
		sink->remark(sink, "zones lack in the report, as those do "
				   "that the allocation could not use: what "
				   "is summed up over zones is left out");
	if (report->dropped)
		sink->remark(sink, "the report is larger than any kernel's: "
				   "its end is not read");
}

bool show_mem_report_give(struct show_mem_report *report, struct sink *sink,
			  struct error *err)
{
	struct giving giving = {
		.report = report,
		.sink = sink,
		.err = err,
		.page_kib = (report->page_size ? report->page_size
					       : DEFAULT_PAGE_SIZE) /
			    1024,
	};
	const struct counter_entry *entry;

	giving.all_zones = has_all_zones(&giving);
	for (entry = report->counters.table; entry; entry = entry->hh.next)
		if (!give(&giving, &entry->counter))
			return false;
	tell(&giving);
	sink->page_size = report->page_size;
	return !report->has_info || give_derived(&giving);
}
