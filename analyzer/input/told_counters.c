/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/told_counters.h"

/* Groups that tell of one moment, as a report on memory does. */
static const char *const of_moment[] = {
	"meminfo", "vmstat", "zoneinfo", "buddyinfo", "slabinfo", "status",
};

struct counters *told_counters_place(struct capture *capture,
				     const struct format *format, bool of_log,
				     const char *path)
{
	if (!format->second_hand)
		return of_log ? &capture->told : &capture->counters;
	if (!capture->reported_path)
		capture->reported_path =
			arena_string(&capture->arena, span_of(path));
	return &capture->reported;
}

static bool has_group(const struct counters *counters, struct span group)
{
	const struct counter_entry *entry;

	for (entry = counters->table; entry; entry = entry->hh.next)
		if (span_equal(entry->counter.group, group))
			return true;
	return false;
}

/* Whether a group is one that into lacks; there are a few dozen groups. */
struct group_verdict {
	struct span group;
	bool lacks;
};

struct group_verdicts {
	struct group_verdict list[64];
	size_t count;
};

static bool is_lacking(struct group_verdicts *verdicts,
		       const struct counters *into, struct span group)
{
	struct group_verdict *verdict;
	size_t i;

	for (i = 0; i < verdicts->count; i++)
		if (span_equal(verdicts->list[i].group, group))
			return verdicts->list[i].lacks;
	/* There are not so many formats. */
	if (verdicts->count == sizeof(verdicts->list) / sizeof(*verdict))
		return false;
	verdict = &verdicts->list[verdicts->count++];
	*verdict = (struct group_verdict){group, !has_group(into, group)};
	return verdict->lacks;
}

static const char *rival(const struct counters *counters)
{
	size_t i;

	for (i = 0; i < sizeof(of_moment) / sizeof(of_moment[0]); i++)
		if (has_group(counters, span_of(of_moment[i])))
			return of_moment[i];
	return NULL;
}

static bool adopt_groups(struct counters *into, const struct counters *from,
			 struct error *err)
{
	const struct counter_entry *entry;
	struct group_verdicts verdicts = {0};
	bool done = true;

	/* Asked of all before the first one is added. */
	for (entry = from->table; entry; entry = entry->hh.next)
		is_lacking(&verdicts, into, entry->counter.group);
	for (entry = from->table; done && entry; entry = entry->hh.next)
		if (is_lacking(&verdicts, into, entry->counter.group))
			done = counters_add(into, &entry->counter, err);
	return done;
}

static bool adopt_report(struct capture *capture, struct error *err)
{
	const char *own;

	if (!capture->reported.count)
		return true;
	own = rival(&capture->counters);
	if (own)
		return capture_say(capture, err,
				   capture->reported_path
					   ? capture->reported_path
					   : capture->path,
				   "its report on memory is of another moment "
				   "than %s, and not used",
				   own);
	return adopt_groups(&capture->counters, &capture->reported, err);
}

bool told_counters_adopt(struct capture *capture, struct error *err)
{
	uint64_t own;
	bool has_uptime = counters_value(&capture->counters, "uptime", SPAN(""),
					 "uptime", &own);
	bool done = adopt_groups(&capture->counters, &capture->told, err) &&
		    adopt_report(capture, err);

	counters_deinit(&capture->told);
	counters_deinit(&capture->reported);
	capture->told = capture->reported = (struct counters){0};
	/* Else it is known, or was not to be looked at. */
	if (done && !has_uptime)
		counters_value(&capture->counters, "uptime", SPAN(""), "uptime",
			       &capture->uptime_ns);
	return done;
}
