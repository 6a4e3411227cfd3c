/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The manifest of a capture that pageowl has taken (store/manifest.h): what was
 * taken, when, and what could not be. Of an archive that has several the last
 * one is the fullest; it replaces the others, counter by counter.
 */
#include "base/quote.h"
#include "formats/counter_text.h"

#define TITLE	     "pageowl capture manifest "
#define VERSION	     1
#define EXPECTED_ROW "\"<status> <began> <ended> <bytes> <path> <why>\""

enum {
	ROW_FIELDS = 6,
	PATH_CAPACITY = 1024,
	WHY_CAPACITY = 2048,
};

struct manifest_text {
	struct counter_text text; /* first, as in all formats of counters */
	bool titled;		  /* it is a manifest */
	bool newer;		  /* by a pageowl that knows more */
};

static bool take_title(struct span line, uint64_t *ret_version)
{
	return span_take(&line, SPAN(TITLE)) &&
	       span_take_u64(&line, ret_version) && !line.length;
}

static const char *manifest_sniff(struct span head)
{
	struct text_cursor cursor = {.rest = head};
	struct span line;
	uint64_t version;

	return text_cursor_next(&cursor, &line) && take_title(line, &version)
		       ? head.at
		       : NULL;
}

/* ---- fields ---- */

/* What stands before the next tab; at the end of the line, nothing. */
static struct span take_field(struct span *line)
{
	const char *tab =
		line->length ? memchr(line->at, '\t', line->length) : NULL;
	struct span field = *line;

	if (!tab) {
		*line = span_skip(*line, line->length);
		return field;
	}
	*line = span_between(tab + 1, span_end(*line));
	return span_between(field.at, tab);
}

/* "31.124"; or "-", where it was not opened */
static bool parse_moment(struct span field, bool *ret_known, uint64_t *ret_ns)
{
	*ret_known = !span_equal(field, SPAN("-"));
	return !*ret_known ||
	       (counter_text_take_seconds(&field, ret_ns) && !field.length);
}

/* Into a buffer of so many bytes, of which *ret will be. */
static bool parse_quoted(struct span field, char *buffer, size_t capacity,
			 struct span *ret)
{
	size_t length;

	if (field.length > capacity || !counter_text_is_clean(field) ||
	    !quote_undo(field, buffer, &length))
		return false;
	*ret = (struct span){buffer, length};
	return true;
}

/* ---- members ---- */

struct row {
	struct span status, path, why;
	bool has_began, has_ended;
	uint64_t began_ns, ended_ns, bytes;
	char path_room[PATH_CAPACITY], why_room[WHY_CAPACITY];
};

static bool is_status(struct span field)
{
	/* "begun" is being read, or was when the capture was interrupted. */
	static const char *const known[] = {
		"whole", "part", "failed", "missing", "left out", "begun",
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (span_equal(field, span_of(known[i])))
			return true;
	return false;
}

static bool parse_row(struct span line, struct row *row)
{
	struct span fields[ROW_FIELDS];
	size_t i;

	for (i = 0; i < ROW_FIELDS; i++)
		fields[i] = take_field(&line);
	row->status = fields[0];
	return !line.length && is_status(row->status) &&
	       parse_moment(fields[1], &row->has_began, &row->began_ns) &&
	       parse_moment(fields[2], &row->has_ended, &row->ended_ns) &&
	       span_take_u64(&fields[3], &row->bytes) && !fields[3].length &&
	       fields[4].length &&
	       parse_quoted(fields[4], row->path_room, sizeof(row->path_room),
			    &row->path) &&
	       parse_quoted(fields[5], row->why_room, sizeof(row->why_room),
			    &row->why);
}

static bool member_line(struct counter_text *text, struct span line)
{
	struct row row = {0};

	if (!parse_row(line, &row))
		return counter_text_skip(text, EXPECTED_ROW);
	if (!counter_text_give_text(text, row.path, SPAN("status"),
				    row.status) ||
	    !counter_text_give(text, row.path, SPAN("bytes"), row.bytes,
			       COUNTER_BYTES))
		return false;
	if (row.has_began && !counter_text_give(text, row.path, SPAN("began"),
						row.began_ns, COUNTER_NS))
		return false;
	if (row.has_ended && !counter_text_give(text, row.path, SPAN("ended"),
						row.ended_ns, COUNTER_NS))
		return false;
	return !row.why.length ||
	       counter_text_give_text(text, row.path, SPAN("why"), row.why);
}

/* ---- the capture ---- */

static bool give_fact(struct counter_text *text, const char *name,
		      struct span value)
{
	char room[WHY_CAPACITY];
	struct span fact;

	if (!parse_quoted(value, room, sizeof(room), &fact) || !fact.length)
		return counter_text_skip(text, "a field with text in it");
	return span_equal(fact, SPAN("-")) ||
	       counter_text_give_text(text, SPAN(""), span_of(name), fact);
}

/* "<date> <seconds>", and why it ended */
static bool moment_line(struct counter_text *text, struct span line, bool ended)
{
	struct span date = take_field(&line), moment = take_field(&line);
	uint64_t ns;
	bool known;

	if (!date.length || !parse_moment(moment, &known, &ns) || !known)
		return counter_text_skip(text, "\"<date> <seconds>\"");
	if (!counter_text_give(text, SPAN(""),
			       ended ? SPAN("ended") : SPAN("began"), ns,
			       COUNTER_NS))
		return false;
	return ended ? give_fact(text, "outcome", line)
		     : give_fact(text, "date", date);
}

static bool title_line(struct counter_text *text, struct span line)
{
	struct manifest_text *manifest = (struct manifest_text *)text;
	uint64_t version;

	if (!take_title(line, &version))
		return counter_text_skip(text, "\"" TITLE "1\"");
	manifest->titled = true;
	manifest->newer |= version > VERSION;
	return true;
}

/* The end may be that of a path of which the rest is lost. */
static bool is_cut(const struct counter_text *text)
{
	return span_end(text->cursor.raw) == text->cursor.rest.at;
}

static bool manifest_line(struct counter_text *text, struct span line)
{
	struct manifest_text *manifest = (struct manifest_text *)text;
	struct span rest = line, name;

	if (is_cut(text))
		return counter_text_skip(text, "a line that ends");
	if (!manifest->titled || span_starts_with(line, SPAN(TITLE)))
		return title_line(text, line);
	if (line.at[0] == '#')
		return true;
	name = take_field(&rest);
	if (span_equal(name, SPAN("machine")))
		return give_fact(text, "machine", rest);
	if (span_equal(name, SPAN("kernel")))
		return give_fact(text, "kernel", rest);
	if (span_equal(name, SPAN("boot")))
		return give_fact(text, "boot_id", rest);
	if (span_equal(name, SPAN("began")))
		return moment_line(text, rest, false);
	if (span_equal(name, SPAN("ended")))
		return moment_line(text, rest, true);
	return member_line(text, line);
}

static bool manifest_block(void *state, struct span lines, struct sink *sink,
			   struct error *err)
{
	return counter_text_block(state, "manifest", manifest_line, lines, sink,
				  err);
}

static bool manifest_finish(void *state, enum ending ending, struct sink *sink,
			    struct error *err)
{
	const struct manifest_text *manifest = state;

	if (manifest->newer)
		sink->remark(sink, "written by a newer pageowl; what is known "
				   "of it is read");
	return counter_text_finish(state, ending, sink, err);
}

static const char *const paths[] = {"manifest", NULL};

const struct format format_manifest = {
	.name = "manifest",
	.title = "what a capture of pageowl's own holds, and lacks",
	.state_size = sizeof(struct manifest_text),
	.paths = paths,
	.counts = true,
	.ours = true,
	.at_head = true,
	.sniff = manifest_sniff,
	.block = manifest_block,
	.finish = manifest_finish,
};
