/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/loss.h"

#define GAVE_UP                                                         \
	"whatever wrote this dump ran out of memory while it read the " \
	"kernel's file: the end is missing"

/*
 * cat, or whatever read the kernel's file, gave up: a record did not fit in
 * its buffer, or in a page. What follows that record is not in the dump.
 */
static void note_gave_up(struct loss *loss, struct span found)
{
	if (!loss->input[0] && span_find(found, SPAN("Cannot allocate memory")))
		memcpy(loss->input, GAVE_UP, sizeof(GAVE_UP));
}

void loss_add(struct loss *loss, const struct damage *damage)
{
	struct loss_event *event;

	if (damage->stray) {
		loss->stray_lines++;
		note_gave_up(loss, damage->found);
	} else {
		if (!loss->records++)
			loss->first_line = damage->line;
		loss->last_line = damage->line;
	}
	/* One stray line is an event; a log around a dump is only a sum. */
	if (loss->event_count == LOSS_EVENTS ||
	    (damage->stray && loss->stray_lines > 1))
		return;
	event = &loss->events[loss->event_count++];
	event->line = damage->line;
	event->expected = damage->expected;
	event->stray = damage->stray;
	quote_text(damage->found, QUOTE_LIMIT, event->found,
		   sizeof(event->found));
}

void loss_append(struct loss *loss, const struct loss *later,
		 uint64_t lines_before)
{
	bool had_stray = loss->stray_lines > 0;
	unsigned i;

	if (later->records && !loss->records)
		loss->first_line = later->first_line + lines_before;
	if (later->records)
		loss->last_line = later->last_line + lines_before;
	loss->records += later->records;
	loss->stray_lines += later->stray_lines;
	loss->unreadable += later->unreadable;
	if (later->descents && !loss->descents)
		loss->first_descent = later->first_descent + lines_before;
	loss->descents += later->descents;
	if (!loss->input[0])
		memcpy(loss->input, later->input, sizeof(loss->input));
	loss->input_told |= later->input_told;
	for (i = 0; i < later->event_count; i++) {
		if (loss->event_count == LOSS_EVENTS)
			break;
		if (later->events[i].stray && had_stray)
			continue;
		loss->events[loss->event_count] = later->events[i];
		loss->events[loss->event_count++].line += lines_before;
	}
}

bool loss_is_any(const struct loss *loss)
{
	return loss->records || loss->unreadable || loss->input[0];
}
