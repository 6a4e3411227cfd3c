/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/memory_report.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/quote.h"

#define NS_PER_SECOND 1000000000u

bool memory_report_is_source(const struct counters *counters)
{
	uint64_t pages, kib;

	return counters_value(counters, "show_mem", SPAN(""), "pages_ram",
			      &pages) &&
	       counters_value(counters, "meminfo", SPAN(""), "MemTotal", &kib);
}

/* ---- which one ---- */

struct sentence {
	const struct counters *counters;
	char text[1200];
	size_t length;
};

__attribute__((format(printf, 2, 3))) static void add(struct sentence *sentence,
						      const char *format, ...)
{
	size_t room = sizeof(sentence->text) - sentence->length;
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(sentence->text + sentence->length, room, format,
			   arguments);
	va_end(arguments);
	if (length > 0)
		sentence->length +=
			(size_t)length < room ? (size_t)length : room - 1;
}

static bool number_of(const struct sentence *sentence, const char *name,
		      uint64_t *ret)
{
	return counters_value(sentence->counters, "show_mem", SPAN(""), name,
			      ret);
}

/* Escaped; false: it is not there. */
static bool text_of(const struct sentence *sentence, const char *name,
		    char ret[QUOTE_CAPACITY])
{
	const struct counter *counter =
		counters_find(sentence->counters, "show_mem", SPAN(""), name);

	if (!counter || counter->unit != COUNTER_TEXT)
		return false;
	quote_text(counter->text, QUOTE_LIMIT, ret, QUOTE_CAPACITY);
	return true;
}

static void add_place(struct sentence *sentence)
{
	uint64_t value;

	if (number_of(sentence, "line", &value))
		add(sentence, " at line %" PRIu64, value);
	if (counters_value(sentence->counters, "show_mem", SPAN(""), "time",
			   &value))
		add(sentence, ", %" PRIu64 ".%02" PRIu64 " s after boot",
		    value / NS_PER_SECOND,
		    value % NS_PER_SECOND / (NS_PER_SECOND / 100));
}

static void add_request(struct sentence *sentence, bool oom)
{
	char name[QUOTE_CAPACITY];
	uint64_t order;

	if (!text_of(sentence, "invoked_by", name))
		return;
	add(sentence,
	    oom ? ": '%s' invoked the OOM killer"
		: ": an allocation of '%s' failed",
	    name);
	if (number_of(sentence, "order", &order))
		add(sentence, ", order %" PRIu64, order);
	if (text_of(sentence, "gfp_mask", name))
		add(sentence, ", %s", name);
}

static void add_victim(struct sentence *sentence)
{
	char name[QUOTE_CAPACITY];
	uint64_t pid;

	if (text_of(sentence, "victim", name) &&
	    number_of(sentence, "victim_pid", &pid))
		add(sentence, "; it killed '%s' (%" PRIu64 ")", name, pid);
}

bool memory_report_describe(const struct counters *counters,
			    struct arena *arena, const char **ret,
			    struct error *err)
{
	struct sentence sentence = {.counters = counters};
	char event[QUOTE_CAPACITY];
	bool known, oom;

	*ret = NULL;
	if (!memory_report_is_source(counters))
		return true;
	known = text_of(&sentence, "event", event);
	oom = known && strcmp(event, "oom") == 0;
	add(&sentence, "%s",
	    oom	    ? "OOM report"
	    : known ? "report on a failed allocation"
		    : "report on memory");
	add_place(&sentence);
	add_request(&sentence, oom);
	add_victim(&sentence);
	*ret = arena_string(arena,
			    (struct span){sentence.text, sentence.length});
	return *ret || error_no_memory(err);
}

/* ---- of a memory cgroup ---- */

bool memory_report_of_cgroup(const struct counters *counters, char *ret,
			     size_t capacity)
{
	struct sentence sentence = {.counters = counters};
	char name[QUOTE_CAPACITY];
	uint64_t usage, limit, total;

	if (counters_value(counters, "meminfo", SPAN(""), "MemTotal", &total) ||
	    !text_of(&sentence, "cgroup", name))
		return false;
	add(&sentence,
	    "the log reports that a memory cgroup ran out of memory (%s", name);
	if (number_of(&sentence, "cgroup_usage", &usage) &&
	    number_of(&sentence, "cgroup_limit", &limit))
		add(&sentence, ": usage %" PRIu64 "kB, limit %" PRIu64 "kB",
		    usage, limit);
	add(&sentence,
	    "), nothing of the machine; 'pageowl ps' lists its tasks");
	snprintf(ret, capacity, "%s", sentence.text);
	return true;
}

/* ---- what it leaves out ---- */

static const struct part {
	const char *id, *name;
} parts[] = {
	{"vmalloc", "vmalloc"},
	{"percpu", "per-cpu"},
	{"kernel-stacks", "kernel stacks"},
	{"secondary-page-tables", "secondary page tables"},
	{"compressed-swap", "compressed swap"},
	{"hugetlb", "huge page pool"},
};
#define PARTS (sizeof(parts) / sizeof(parts[0]))

const char *memory_report_untold(const struct budget *budget,
				 struct arena *arena)
{
	char text[160];
	size_t length = 0, i;

	for (i = 0; i < PARTS; i++)
		if (!budget_row(budget, parts[i].id))
			length += (size_t)snprintf(
				text + length, sizeof(text) - length, "%s%s",
				length ? ", " : "", parts[i].name);
	return arena_string(arena, (struct span){text, length});
}

bool memory_report_leaves_out(const struct budget *budget, const char *id)
{
	size_t i;

	if (!budget->untold || budget_row(budget, id))
		return false;
	for (i = 0; i < PARTS; i++)
		if (strcmp(parts[i].id, id) == 0)
			return true;
	return false;
}
