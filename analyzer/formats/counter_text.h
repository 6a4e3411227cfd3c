/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the formats of counters share: lines in, counters out. The state of
 * such a format begins with a struct counter_text.
 *
 * Rows are handed on as they come, so that of a file with several snapshots
 * (`cat /proc/meminfo` in a loop, oswatcher) the last value of each row holds.
 */
#ifndef PAGEOWL_FORMATS_COUNTER_TEXT_H
#define PAGEOWL_FORMATS_COUNTER_TEXT_H

#include "formats/format.h"
#include "formats/text_cursor.h"

/* Zeroed is ready. */
struct counter_text {
	/* Of the block now read. */
	struct sink *sink;
	struct error *err;
	struct span group;
	struct text_cursor cursor;

	uint64_t line;	    /* lines read */
	uint64_t given;	    /* counters handed on */
	uint64_t first;	    /* hash of the counter that came first */
	uint64_t snapshots; /* how often it came */
};

/* Reads a line, without blanks at its end; false when the sink failed. */
typedef bool counter_line(struct counter_text *text, struct span line);

/*
 * Hand each line to take, but for blank ones and the "zzz ***" of oswatcher.
 * Taken off before: log prefixes, and "/proc/GROUP:" as of `grep -r`.
 */
bool counter_text_block(struct counter_text *text, const char *group,
			counter_line *take, struct span lines,
			struct sink *sink, struct error *err);

/*
 * The same for a file of one line: it is taken as it is, and what follows is
 * stray.
 */
bool counter_text_single(struct counter_text *text, const char *group,
			 counter_line *take, struct span lines,
			 struct sink *sink, struct error *err);

/* The finish() of all such formats. */
bool counter_text_finish(void *state, enum ending ending, struct sink *sink,
			 struct error *err);

bool counter_text_give(struct counter_text *text, struct span scope,
		       struct span name, uint64_t value,
		       enum counter_unit unit);
bool counter_text_give_text(struct counter_text *text, struct span scope,
			    struct span name, struct span string);

/* Whether the line now read has its newline: one without may be cut. */
bool counter_text_has_end(const struct counter_text *text);

/* The line now read is no row, or none that can be used; both return true. */
bool counter_text_stray(struct counter_text *text, const char *expected);
bool counter_text_skip(struct counter_text *text, const char *expected);

/*
 * Where the first line starts that holds needle and, without prefixes, fits;
 * rest is what follows the line. NULL: there is none.
 */
const char *counter_text_find(struct span head, const char *group,
			      struct span needle,
			      bool (*fits)(struct span line, struct span rest));

/* The line without a path before it and blanks behind it. */
struct span counter_text_bare(struct span line, const char *group);

/* Whether text has no control characters. */
bool counter_text_is_clean(struct span text);

/*
 * Take seconds, "28.38", in nanoseconds; digits below these are refused, no
 * kernel prints them.
 */
bool counter_text_take_seconds(struct span *line, uint64_t *ret_ns);

/* What a counter is of, put together. */
struct counter_scope {
	size_t length;
	char bytes[256];
};

/* False, and nothing added, where it does not fit. */
bool counter_scope_add(struct counter_scope *scope, struct span part);
bool counter_scope_add_number(struct counter_scope *scope, uint64_t number);

static inline struct span counter_scope_span(const struct counter_scope *scope)
{
	return (struct span){scope->bytes, scope->length};
}

#endif
