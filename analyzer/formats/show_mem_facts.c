/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/show_mem_facts.h"

#define NS_PER_US 1000u

static const struct span oom = {" invoked oom-killer: ", 21};
static const struct span failure = {"page allocation failure: order:", 31};

/* ---- who asked ---- */

bool show_mem_is_head(struct span line)
{
	return span_find(line, oom) || span_find(line, failure);
}

/* What stands behind label, up to the next comma. */
static bool find_value(struct span line, struct span label, struct span *ret)
{
	const char *at = span_find(line, label);
	const char *comma;

	if (!at)
		return false;
	*ret = span_between(at + label.length, span_end(line));
	comma = ret->length ? memchr(ret->at, ',', ret->length) : NULL;
	if (comma)
		*ret = span_between(ret->at, comma);
	return ret->length;
}

/* Names of flags have no commas: "0xcc0(GFP_KERNEL|__GFP_ZERO)". */
static void add_request(struct show_mem_report *report, struct span line,
			struct span order_label, struct span mask_label)
{
	struct span order, mask;
	uint64_t value;

	if (find_value(line, order_label, &order) &&
	    span_take_u64(&order, &value))
		show_mem_add(report, "show_mem", SPAN(""), "order", value,
			     COUNTER_NUMBER);
	if (find_value(line, mask_label, &mask) && counter_text_is_clean(mask))
		show_mem_add_text(report, "show_mem", SPAN(""), "gfp_mask",
				  mask);
}

static void add_name(struct show_mem_report *report, const char *name,
		     struct span text)
{
	if (counter_text_is_clean(text))
		show_mem_add_text(report, "show_mem", SPAN(""), name, text);
}

enum show_mem_line show_mem_take_head(struct show_mem_report *report,
				      struct span line)
{
	const char *at = span_find(line, oom);
	struct span comm;

	if (at) {
		add_name(report, "invoked_by", span_between(line.at, at));
		add_name(report, "event", SPAN("oom"));
		line = span_between(at + oom.length, span_end(line));
		add_request(report, line, SPAN("order="), SPAN("gfp_mask="));
	} else {
		at = span_find(line, failure);
		if (!at)
			return SHOW_MEM_OTHER;
		comm = span_between(line.at, at);
		span_drop(&comm, SPAN(": "));
		add_name(report, "invoked_by", comm);
		add_name(report, "event", SPAN("allocation failure"));
		line = span_between(at, span_end(line));
		add_request(report, line, SPAN("order:"), SPAN("mode:"));
	}
	report->headed = true;
	return SHOW_MEM_TAKEN;
}

/* ---- totals ---- */

static const struct total_row {
	const char *text, *group, *name;
} total_rows[] = {
	{" total pagecache pages", "meminfo", "FilePages"},
	{" pages in swap cache", "meminfo", "SwapCached"},
	{" pages RAM", "show_mem", "pages_ram"},
	{" pages HighMem/MovableOnly", "show_mem", "pages_highmem"},
	{" pages reserved", "show_mem", "pages_reserved"},
	{" pages cma reserved", "meminfo", "CmaTotal"},
	{" pages hwpoisoned", "meminfo", "HardwareCorrupted"},
};

/* "Free swap  = 891356kB" */
static enum show_mem_line take_swap(struct show_mem_report *report,
				    struct span line)
{
	const char *name = "SwapFree";
	uint64_t kib;

	if (!span_take(&line, SPAN("Free swap "))) {
		name = "SwapTotal";
		if (!span_take(&line, SPAN("Total swap ")))
			return SHOW_MEM_OTHER;
	}
	span_take_blanks(&line);
	if (!span_take(&line, SPAN("= ")))
		return SHOW_MEM_OTHER;
	/* It is printed with a sign. */
	if (!span_take_u64(&line, &kib) || !span_equal(line, SPAN("kB")))
		return SHOW_MEM_DAMAGED;
	show_mem_set(report, "meminfo", name, kib, COUNTER_KIB);
	return SHOW_MEM_TAKEN;
}

enum show_mem_line show_mem_take_total(struct show_mem_report *report,
				       struct span line)
{
	struct span rest = line;
	uint64_t pages;
	size_t i;

	if (!report->has_info)
		return SHOW_MEM_OTHER;
	if (!span_take_u64(&rest, &pages))
		return take_swap(report, line);
	for (i = 0; i < sizeof(total_rows) / sizeof(total_rows[0]); i++) {
		const struct total_row *row = &total_rows[i];

		if (!span_equal(rest, span_of(row->text)))
			continue;
		show_mem_set(report, row->group, row->name, pages,
			     COUNTER_PAGES);
		return SHOW_MEM_TAKEN;
	}
	return SHOW_MEM_OTHER;
}

/* ---- memory cgroups ---- */

/* "51200kB" */
static void add_kib(struct show_mem_report *report, const char *name,
		    struct span *line)
{
	uint64_t kib;

	if (span_take_u64(line, &kib) && span_take(line, SPAN("kB")))
		show_mem_add(report, "show_mem", SPAN(""), name, kib,
			     COUNTER_KIB);
}

/* "51200kB, limit 51200kB, failcnt 63" */
static void add_usage(struct show_mem_report *report, struct span line)
{
	add_kib(report, "cgroup_usage", &line);
	if (span_take(&line, SPAN(", limit ")))
		add_kib(report, "cgroup_limit", &line);
}

enum show_mem_line show_mem_take_cgroup(struct show_mem_report *report,
					struct span line)
{
	const char *colon;

	/* A second report, whose first line was lost. */
	if (report->has_info)
		return SHOW_MEM_OTHER;
	if (span_take(&line, SPAN("memory: usage "))) {
		report->of_cgroup = true;
		add_usage(report, line);
		return SHOW_MEM_TAKEN;
	}
	if (!span_take(&line, SPAN("Memory cgroup stats for ")))
		return SHOW_MEM_OTHER;
	report->of_cgroup = true;
	colon = span_find_last(line, ':');
	if (colon)
		add_name(report, "cgroup", span_between(line.at, colon));
	return SHOW_MEM_TAKEN;
}

/* ---- who was killed ---- */

/* "Out of memory: Killed process 812 (x) total-vm:…": the last ")" ends it */
static bool add_victim(struct show_mem_report *report, struct span line)
{
	const char *end = span_find(line, SPAN(") total-vm:"));
	uint64_t pid;

	if (!span_take_u64(&line, &pid) || !span_take(&line, SPAN(" (")) ||
	    !end || end < line.at)
		return false;
	add_name(report, "victim", span_between(line.at, end));
	show_mem_add(report, "show_mem", SPAN(""), "victim_pid", pid,
		     COUNTER_NUMBER);
	return true;
}

enum show_mem_line show_mem_take_kill(struct show_mem_report *report,
				      struct span line)
{
	static const struct span killed = {"Killed process ", 15};
	struct span constraint = {0};
	const char *at;
	uint64_t known;

	if (span_starts_with(line, SPAN("oom-kill:constraint="))) {
		if (find_value(line, SPAN("constraint="), &constraint))
			add_name(report, "constraint", constraint);
		report->of_cgroup |=
			!report->has_info &&
			span_equal(constraint, SPAN("CONSTRAINT_MEMCG"));
		return SHOW_MEM_TAKEN;
	}
	at = span_find(line, killed);
	if (!at || (at > line.at && at[-1] != ' '))
		return SHOW_MEM_OTHER;
	if (show_mem_value(report, "show_mem", "victim_pid", &known))
		return SHOW_MEM_TAKEN;
	line = span_between(at + killed.length, span_end(line));
	return add_victim(report, line) ? SHOW_MEM_TAKEN : SHOW_MEM_OTHER;
}

/* ---- when ---- */

/* "12,345,6789,-;": the third one is of microseconds */
static bool time_of_kmsg(struct span prefix, uint64_t *ret)
{
	struct span digits;
	uint64_t us;

	return span_take_digits(&prefix, &digits) &&
	       span_take(&prefix, SPAN(",")) &&
	       span_take_digits(&prefix, &digits) &&
	       span_take(&prefix, SPAN(",")) && span_take_u64(&prefix, &us) &&
	       span_take(&prefix, SPAN(",")) &&
	       !__builtin_mul_overflow(us, NS_PER_US, ret);
}

uint64_t show_mem_time(struct span prefix)
{
	struct span rest = prefix;
	const char *open;
	uint64_t ns;

	if (time_of_kmsg(prefix, &ns))
		return ns;
	while (rest.length && (open = memchr(rest.at, '[', rest.length))) {
		rest = span_between(open + 1, span_end(rest));
		span_take_blanks(&rest);
		if (counter_text_take_seconds(&rest, &ns) && rest.length &&
		    (rest.at[0] == ']' || rest.at[0] == '@'))
			return ns;
	}
	return TS_NONE;
}
