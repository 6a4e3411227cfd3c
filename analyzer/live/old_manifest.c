/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/old_manifest.h"

#include <stdlib.h>

#include "base/quote.h"
#include "base/table.h"
#include "live/live_file.h"

#define TITLE "pageowl capture manifest 1\n"

enum {
	FIRST_ROOM = 1 << 20,
	LAST_ROOM = 1 << 28, /* far more than any machine has members */
	WHY_ROOM = 8192,
};

struct old_row {
	UT_hash_handle hh;
	const char *path;	     /* as it is; the key */
	struct span line;	     /* with its end */
	bool taken;		     /* the capture has it, or some of it */
	bool noted;		     /* in the copy */
	uint64_t began_ns, ended_ns; /* or 0 */
};

/* ---- reading ---- */

/* What stands before the next tab; at the end of the line, the rest. */
static struct span take_field(struct span *line)
{
	const char *tab = memchr(line->at, '\t', line->length);
	struct span field = *line;

	if (!tab) {
		*line = span_skip(*line, line->length);
		return field;
	}
	*line = span_between(tab + 1, span_end(*line));
	return span_between(field.at, tab);
}

/* "31.123456789"; 0 where it is not known. */
static uint64_t parse_moment(struct span field)
{
	uint64_t seconds, ns;

	if (!span_take_u64(&field, &seconds) || !span_take(&field, SPAN(".")) ||
	    field.length != 9 || !span_take_u64(&field, &ns) || field.length ||
	    seconds > UINT64_MAX / 2000000000)
		return 0;
	return seconds * 1000000000 + ns;
}

/* Whether a line is about a member: *ret_taken, whether the capture has it. */
static bool is_row(struct span status, bool *ret_taken)
{
	static const char *const taken[] = {"whole", "part", "begun"};
	static const char *const others[] = {"failed", "missing", "left out"};
	size_t i;

	for (i = 0; i < 3; i++) {
		*ret_taken = span_equal(status, span_of(taken[i]));
		if (*ret_taken || span_equal(status, span_of(others[i])))
			return true;
	}
	return false;
}

static struct old_row *find_row(const struct old_manifest *old,
				struct span path)
{
	struct old_row *row;

	HASH_FIND(hh, old->rows, path.at, path.length, row);
	return row;
}

static struct old_row *add_row(struct old_manifest *old, struct span path)
{
	struct old_row *row = arena_alloc(&old->arena, sizeof(*row));

	if (!row)
		return NULL;
	row->path = arena_string(&old->arena, path);
	if (!row->path)
		return NULL;
	HASH_ADD_KEYPTR(hh, old->rows, row->path, path.length, row);
	return row->hh.tbl ? row : NULL;
}

/*
 * A line that is no row of ours is left behind; so is a path with a zero byte,
 * which no member has, and which a note could not tell from what is before it.
 */
static bool read_row(struct old_manifest *old, struct span line,
		     struct span whole, struct error *err)
{
	struct span status = take_field(&line), began = take_field(&line);
	struct span ended = take_field(&line), path;
	char name[LIVE_PATH_CAPACITY];
	struct old_row *row;
	size_t length;
	bool taken;

	take_field(&line);
	path = take_field(&line);
	if (!is_row(status, &taken) || !path.length ||
	    path.length > sizeof(name) || !quote_undo(path, name, &length) ||
	    memchr(name, '\0', length))
		return true;
	path = (struct span){name, length};
	row = find_row(old, path);
	if (!row)
		row = add_row(old, path);
	if (!row)
		return error_no_memory(err);
	row->line = whole;
	row->taken = taken;
	row->began_ns = parse_moment(began);
	row->ended_ns = parse_moment(ended);
	return true;
}

static void read_end(struct old_manifest *old, struct span line)
{
	struct span rest = line;

	take_field(&rest);
	take_field(&rest);
	take_field(&rest);
	if (!rest.length)
		return;
	old->ended = span_between(line.at, rest.at);
	old->outcome = rest;
}

static bool read_lines(struct old_manifest *old, struct span text,
		       struct error *err)
{
	struct span line, rest = text;
	bool taken, in_head = true;

	while (span_take_line(&rest, &line)) {
		struct span whole = span_between(line.at, rest.at);
		struct span after = line, first = take_field(&after);

		/* The end of a text that is cut. */
		if (!span_ends_with(whole, SPAN("\n")))
			break;
		if (span_equal(first, SPAN("ended"))) {
			in_head = false;
			read_end(old, line);
		} else if (is_row(first, &taken)) {
			in_head = false;
			if (!read_row(old, line, whole, err))
				return false;
		} else if (in_head) {
			old->head = span_between(text.at, rest.at);
		}
	}
	return true;
}

bool old_manifest_read(const char *root, struct old_manifest *ret,
		       struct error *err)
{
	struct old_manifest old = {0};
	size_t room = FIRST_ROOM;
	struct span text;

	for (;; room *= 2) {
		char *larger = realloc(old.text, room);

		if (!larger) {
			free(old.text);
			return error_no_memory(err);
		}
		old.text = larger;
		text = live_file_read(root, MANIFEST_PATH, old.text, room);
		if (text.length < room || room == LAST_ROOM)
			break;
	}
	if ((span_starts_with(text, SPAN(TITLE)) &&
	     !read_lines(&old, text, err))) {
		old_manifest_deinit(&old);
		return false;
	}
	*ret = old;
	return true;
}

void old_manifest_deinit(struct old_manifest *old)
{
	HASH_CLEAR(hh, old->rows);
	arena_deinit(&old->arena);
	free(old->text);
	*old = (struct old_manifest){0};
}

/* ---- writing ---- */

bool old_manifest_note(struct old_manifest *old, const struct member_note *note,
		       struct manifest *manifest, struct error *err)
{
	struct old_row *row = find_row(old, span_of(note->path));
	struct member_note with_moments = *note;

	with_moments.began_ns = row ? row->began_ns : 0;
	with_moments.ended_ns =
		row && note->status != MEMBER_BEGUN ? row->ended_ns : 0;
	if (row)
		row->noted = true;
	if (note->status != MEMBER_WHOLE)
		return manifest_add(manifest, &with_moments, err);
	if (row)
		return manifest_copy(manifest, row->line, err);
	/* It is there, whole or not: the capture had no time to tell. */
	if (!old->outcome.length)
		return true;
	return manifest_add(manifest, &with_moments, err);
}

const char *old_manifest_unnoted(struct old_manifest *old)
{
	struct old_row *row = old->at ? old->at : old->rows;

	while (row && (row->noted || !row->taken))
		row = row->hh.next;
	old->at = row;
	return row ? row->path : NULL;
}

bool old_manifest_end(struct old_manifest *old, const char *why,
		      struct manifest *manifest, struct error *err)
{
	const struct old_row *row;
	struct span outcome = old->outcome;
	char quoted[WHY_ROOM];

	for (row = old->rows; row; row = row->hh.next)
		if (!row->noted && !row->taken &&
		    !manifest_copy(manifest, row->line, err))
			return false;
	if (!old->outcome.length)
		return true;
	if (why) {
		quote_text(span_of(why), SIZE_MAX, quoted, sizeof(quoted));
		outcome = span_of(quoted);
	}
	return manifest_copy(manifest, old->ended, err) &&
	       manifest_copy(manifest, outcome, err) &&
	       manifest_copy(manifest, SPAN("\n"), err);
}
