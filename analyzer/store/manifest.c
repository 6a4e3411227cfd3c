/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/manifest.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/quote.h"

enum {
	FIRST_CAPACITY = 16 << 10,
	NS_PER_S = 1000000000,
	/* Room for the moments and the number of a line, and more. */
	LINE_REST = 200,
};

static const char *const status_names[] = {
	[MEMBER_WHOLE] = "whole",	[MEMBER_PART] = "part",
	[MEMBER_FAILED] = "failed",	[MEMBER_MISSING] = "missing",
	[MEMBER_LEFT_OUT] = "left out", [MEMBER_BEGUN] = "begun",
};

/* Have room for so many bytes more. */
static bool reserve(struct manifest *manifest, size_t room, struct error *err)
{
	size_t capacity =
		manifest->capacity ? manifest->capacity : FIRST_CAPACITY;
	char *text;

	while (capacity - manifest->length < room)
		capacity *= 2;
	if (capacity == manifest->capacity)
		return true;
	text = realloc(manifest->text, capacity);
	if (!text)
		return error_no_memory(err);
	manifest->text = text;
	manifest->capacity = capacity;
	return true;
}

/* ---- pieces of a line, for which there is room ---- */

__attribute__((format(printf, 2, 3))) static void add(struct manifest *manifest,
						      const char *format, ...)
{
	size_t room = manifest->capacity - manifest->length;
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(manifest->text + manifest->length, room, format,
			   arguments);
	va_end(arguments);
	assert(length >= 0 && (size_t)length < room);
	manifest->length += (size_t)length;
}

/* What text can take at most. */
static size_t quoted_room(const char *text)
{
	return text ? 4 * strlen(text) + 4 : 4;
}

/* All of it: a path or a reason that is cut helps nobody. */
static void add_quoted(struct manifest *manifest, const char *text)
{
	char *at = manifest->text + manifest->length;

	quote_text(span_of(text ? text : "-"), SIZE_MAX, at,
		   manifest->capacity - manifest->length);
	manifest->length += strlen(at);
}

static void add_moment(struct manifest *manifest, uint64_t ns)
{
	add(manifest, "%" PRIu64 ".%09" PRIu64, ns / NS_PER_S, ns % NS_PER_S);
}

/* "2026-11-22T16:02:03Z", of a clock that may be anything. */
static void add_date(struct manifest *manifest, int64_t wall_s)
{
	time_t moment = (time_t)wall_s;
	char date[64];
	struct tm tm;

	if (!gmtime_r(&moment, &tm) ||
	    !strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%SZ", &tm))
		strcpy(date, "-");
	add(manifest, "%s", date);
}

/* ---- lines ---- */

bool manifest_begin(struct manifest *manifest, const struct manifest_head *head,
		    struct error *err)
{
	if (!reserve(manifest,
		     quoted_room(head->kernel) + quoted_room(head->boot_id) +
			     2 * LINE_REST,
		     err))
		return false;
	add(manifest, "pageowl capture manifest 1\nmachine\t%s\nkernel\t",
	    head->live ? "live" : "folder");
	add_quoted(manifest, head->kernel);
	add(manifest, "\nboot\t");
	add_quoted(manifest, head->boot_id);
	add(manifest, "\nbegan\t");
	add_date(manifest, head->wall_s);
	add(manifest, "\t");
	add_moment(manifest, head->began_ns);
	add(manifest, "\n# status\tbegan\tended\tbytes\tpath\twhy\n");
	return true;
}

static void add_moment_or_none(struct manifest *manifest, uint64_t ns)
{
	if (ns)
		add_moment(manifest, ns);
	else
		add(manifest, "-");
	add(manifest, "\t");
}

bool manifest_add(struct manifest *manifest, const struct member_note *note,
		  struct error *err)
{
	if (!reserve(manifest,
		     quoted_room(note->path) + quoted_room(note->why) +
			     LINE_REST,
		     err))
		return false;
	add(manifest, "%s\t", status_names[note->status]);
	add_moment_or_none(manifest, note->began_ns);
	add_moment_or_none(manifest, note->ended_ns);
	add(manifest, "%" PRIu64 "\t", note->bytes);
	add_quoted(manifest, note->path);
	if (note->why) {
		add(manifest, "\t");
		add_quoted(manifest, note->why);
	}
	add(manifest, "\n");
	manifest->counts[note->status]++;
	return true;
}

bool manifest_copy(struct manifest *manifest, struct span text,
		   struct error *err)
{
	if (!reserve(manifest, text.length, err))
		return false;
	if (text.length)
		memcpy(manifest->text + manifest->length, text.at, text.length);
	manifest->length += text.length;
	return true;
}

bool manifest_end(struct manifest *manifest, int64_t wall_s, uint64_t ended_ns,
		  const char *why, struct error *err)
{
	if (!reserve(manifest, quoted_room(why) + LINE_REST, err))
		return false;
	add(manifest, "ended\t");
	add_date(manifest, wall_s);
	add(manifest, "\t");
	add_moment(manifest, ended_ns);
	add(manifest, "\t");
	add_quoted(manifest, why ? why : "whole");
	add(manifest, "\n");
	return true;
}

void manifest_deinit(struct manifest *manifest)
{
	free(manifest->text);
	*manifest = (struct manifest){0};
}
