/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/manifest_view.h"

#define GROUP "manifest"

static struct span text_of(const struct counters *counters, struct span scope,
			   const char *name)
{
	const struct counter *counter =
		counters_find(counters, GROUP, scope, name);

	return counter && counter->unit == COUNTER_TEXT ? counter->text
							: SPAN("");
}

static uint64_t moment_of(const struct counters *counters, struct span scope,
			  const char *name)
{
	uint64_t ns;

	return counters_value(counters, GROUP, scope, name, &ns) ? ns : TS_NONE;
}

bool manifest_view(const struct counters *counters, struct manifest_view *ret)
{
	struct manifest_view view = {
		.machine = text_of(counters, SPAN(""), "machine"),
		.date = text_of(counters, SPAN(""), "date"),
		.boot_id = text_of(counters, SPAN(""), "boot_id"),
		.outcome = text_of(counters, SPAN(""), "outcome"),
		.began_ns = moment_of(counters, SPAN(""), "began"),
		.ended_ns = moment_of(counters, SPAN(""), "ended"),
	};

	if (!view.machine.length && view.began_ns == TS_NONE)
		return false;
	*ret = view;
	return true;
}

bool manifest_view_is_early(const struct manifest_view *view)
{
	return !span_equal(view->outcome, SPAN("whole"));
}

bool manifest_view_member(const struct counters *counters, struct span path,
			  struct manifest_member *ret)
{
	struct span status = text_of(counters, path, "status");

	/* The empty scope is that of the capture itself. */
	if (!path.length || !status.length)
		return false;
	*ret = (struct manifest_member){
		.path = path,
		.status = status,
		.why = text_of(counters, path, "why"),
		.began_ns = moment_of(counters, path, "began"),
		.ended_ns = moment_of(counters, path, "ended"),
	};
	return true;
}

bool manifest_view_next(const struct counters *counters,
			const struct counter_entry **at,
			struct manifest_member *ret)
{
	const struct counter_entry *entry =
		*at ? (*at)->hh.next : counters->table;

	for (; entry; entry = entry->hh.next) {
		const struct counter *counter = &entry->counter;

		if (span_equal(counter->group, SPAN(GROUP)) &&
		    span_equal(counter->name, SPAN("status")) &&
		    !span_equal(counter->text, SPAN("whole")) &&
		    manifest_view_member(counters, counter->scope, ret))
			break;
	}
	*at = entry;
	return entry;
}

bool manifest_member_is_lost(const struct manifest_member *member)
{
	return span_equal(member->status, SPAN("part")) ||
	       span_equal(member->status, SPAN("failed")) ||
	       span_equal(member->status, SPAN("begun"));
}

static bool is_of_this_boot(const struct counters *counters,
			    const struct manifest_view *view)
{
	const struct counter *counter =
		counters_find(counters, "boot_id", SPAN(""), "boot_id");

	return !counter || !view->boot_id.length ||
	       span_equal(counter->text, view->boot_id);
}

uint64_t manifest_view_began(const struct counters *counters, struct span path)
{
	struct manifest_member member;
	struct manifest_view view;

	if (!manifest_view(counters, &view) ||
	    !span_equal(view.machine, SPAN("live")) ||
	    !is_of_this_boot(counters, &view) ||
	    !manifest_view_member(counters, path, &member))
		return TS_NONE;
	return member.began_ns;
}
