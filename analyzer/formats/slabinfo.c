/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/slabinfo of version 2.x (2.6 to 7.1, mm/slab_common.c, mm/slab.c):
 *
 *   "kmalloc-1k    661    670   3072   10    8 : tunables    0    0    0
 *    : slabdata     67     67      0"
 *
 * on one line, and with "(statistics)", which SLAB had up to 6.7, behind it
 *
 *   " : globalstat" and 9 numbers, " : cpustat" and 4.
 *
 * The columns are named as the header has them, without brackets; what it
 * calls sharedfactor is "shared". A name may be long and hold spaces: the
 * numbers are found from the right of " : tunables".
 *
 * Drivers create caches of one name for each of their devices. So that no
 * memory is lost, the second has the scope "name (2)".
 */
#include "formats/counter_text.h"

#include <stdlib.h>

#include "base/table.h"

#define EXPECTED_ROW                                                  \
	"\"<cache> <5 numbers> : tunables <3 numbers> : slabdata <3 " \
	"numbers>\""
#define COLUMNS_MAX 9

struct column {
	const char *name;
	enum counter_unit unit;
};

/* Parts of a row: "… : word <numbers>". */
struct part {
	const char *word;
	size_t least; /* columns that must be there */
	struct column columns[COLUMNS_MAX + 1];
};

static const struct column usage_columns[] = {
	{"active_objs", COUNTER_NUMBER}, {"num_objs", COUNTER_NUMBER},
	{"objsize", COUNTER_BYTES},	 {"objperslab", COUNTER_NUMBER},
	{"pagesperslab", COUNTER_PAGES},
};
#define USAGE_COLUMNS (sizeof(usage_columns) / sizeof(usage_columns[0]))

static const struct part parts[] = {
	{
		.word = " : tunables ",
		.least = 3,
		.columns =
			{
				{"limit", COUNTER_NUMBER},
				{"batchcount", COUNTER_NUMBER},
				{"shared", COUNTER_NUMBER},
			},
	},
	{
		.word = " : slabdata ",
		.least = 3,
		.columns =
			{
				{"active_slabs", COUNTER_NUMBER},
				{"num_slabs", COUNTER_NUMBER},
				{"sharedavail", COUNTER_NUMBER},
			},
	},
	{
		.word = " : globalstat ",
		.columns =
			{
				{"listallocs", COUNTER_NUMBER},
				{"maxobjs", COUNTER_NUMBER},
				{"grown", COUNTER_NUMBER},
				{"reaped", COUNTER_NUMBER},
				{"error", COUNTER_NUMBER},
				{"maxfreeable", COUNTER_NUMBER},
				{"nodeallocs", COUNTER_NUMBER},
				{"remotefrees", COUNTER_NUMBER},
				{"alienoverflow", COUNTER_NUMBER},
			},
	},
	{
		.word = " : cpustat ",
		.columns =
			{
				{"allochit", COUNTER_NUMBER},
				{"allocmiss", COUNTER_NUMBER},
				{"freehit", COUNTER_NUMBER},
				{"freemiss", COUNTER_NUMBER},
			},
	},
};
#define PARTS (sizeof(parts) / sizeof(parts[0]))

/* Names that can be told apart: it bounds what a hostile file can cost. */
#define NAMES_MAX (COUNTERS_MAX / 16)

/* A name that was read in this snapshot. */
struct name {
	UT_hash_handle hh;
	uint64_t hash;
	uint64_t times;
};

struct slabinfo {
	struct counter_text text;
	struct name *names; /* uthash head; the first is that read first */
	bool headed;	    /* this snapshot has a header */
};

struct row {
	struct span name;
	uint64_t usage[USAGE_COLUMNS];
	size_t counts[PARTS]; /* of numbers */
	uint64_t numbers[PARTS][COLUMNS_MAX];
};

static bool drop_blanks(struct span *text)
{
	size_t length = text->length;

	while (span_drop(text, SPAN(" ")) || span_drop(text, SPAN("\t")))
		;
	return text->length < length;
}

/* "name 1 2 3 4 5" */
static bool parse_usage(struct span text, struct row *row)
{
	size_t i = USAGE_COLUMNS;

	drop_blanks(&text);
	while (i-- > 0)
		if (!span_drop_u64(&text, &row->usage[i]) ||
		    !drop_blanks(&text))
			return false;
	span_take_blanks(&text);
	row->name = text;
	return text.length && counter_text_is_clean(text);
}

static bool parse_part(struct span *text, const struct part *part,
		       size_t *ret_count, uint64_t *ret)
{
	size_t i;

	if (!span_take(text, span_of(part->word)))
		return !part->least;
	for (i = 0; part->columns[i].name; i++) {
		struct span rest = *text;

		span_take_blanks(&rest);
		if (!span_take_u64(&rest, &ret[i]))
			break;
		*text = rest;
	}
	*ret_count = i;
	return i >= part->least;
}

/* The last one: a name may hold it. */
static const char *find_tunables(struct span line)
{
	struct span word = span_of(parts[0].word);
	const char *at = span_find(line, word), *next = at;

	while ((next = next ? span_find(span_between(next + 1, span_end(line)),
					word)
			    : NULL))
		at = next;
	return at;
}

static bool parse_row(struct span line, const char *tunables, struct row *row)
{
	struct span text = span_between(tunables, span_end(line));
	size_t i;

	if (!parse_usage(span_between(line.at, tunables), row))
		return false;
	for (i = 0; i < PARTS; i++)
		if (!parse_part(&text, &parts[i], &row->counts[i],
				row->numbers[i]))
			return false;
	return !text.length;
}

static bool is_version(struct span line)
{
	return span_starts_with(line, SPAN("slabinfo - version: "));
}

static bool decides(struct span line, struct span rest)
{
	const char *tunables = find_tunables(line);
	struct row row = {0};

	(void)rest;
	return is_version(line) ||
	       (tunables && parse_row(line, tunables, &row));
}

static const char *slabinfo_sniff(struct span head)
{
	const char *at = counter_text_find(
		head, "slabinfo", SPAN("slabinfo - version: "), decides);
	const char *row = counter_text_find(
		span_between(head.at, at ? at : span_end(head)), "slabinfo",
		SPAN(" : slabdata "), decides);

	return row ? row : at;
}

static void forget_names(struct slabinfo *state)
{
	struct name *name = state->names;

	HASH_CLEAR(hh, state->names); /* the names are still linked */
	while (name) {
		struct name *next = name->hh.next;

		free(name);
		name = next;
	}
}

/* How often name was read in this snapshot, this time too. */
static bool count_name(struct slabinfo *state, struct span text, uint64_t *ret,
		       struct error *err)
{
	uint64_t hash = XXH3_64bits(text.at, text.length);
	struct name *name;

	/* Another snapshot begins without a header: of `grep` in a loop. */
	if (!state->headed && state->names && state->names->hash == hash)
		forget_names(state);
	*ret = 1;
	HASH_FIND(hh, state->names, &hash, sizeof(hash), name);
	if (name) {
		*ret = ++name->times;
		return true;
	}
	if (HASH_COUNT(state->names) >= NAMES_MAX)
		return true;
	name = calloc(1, sizeof(*name));
	if (!name)
		return error_no_memory(err);
	name->hash = hash;
	name->times = 1;
	HASH_ADD(hh, state->names, hash, sizeof(hash), name);
	if (name->hh.tbl)
		return true;
	free(name);
	return error_no_memory(err);
}

static bool name_scope(struct span name, uint64_t times,
		       struct counter_scope *ret)
{
	return counter_scope_add(ret, name) &&
	       (times == 1 || (counter_scope_add(ret, SPAN(" (")) &&
			       counter_scope_add_number(ret, times) &&
			       counter_scope_add(ret, SPAN(")"))));
}

static bool give_row(struct counter_text *text, struct span scope,
		     const struct row *row)
{
	size_t i, j;

	for (i = 0; i < USAGE_COLUMNS; i++)
		if (!counter_text_give(text, scope,
				       span_of(usage_columns[i].name),
				       row->usage[i], usage_columns[i].unit))
			return false;
	for (i = 0; i < PARTS; i++)
		for (j = 0; j < row->counts[i]; j++)
			if (!counter_text_give(
				    text, scope,
				    span_of(parts[i].columns[j].name),
				    row->numbers[i][j],
				    parts[i].columns[j].unit))
				return false;
	return true;
}

static bool slabinfo_line(struct counter_text *text, struct span line)
{
	struct slabinfo *state = (struct slabinfo *)text;
	const char *tunables = find_tunables(line);
	struct counter_scope scope = {0};
	struct row row = {0};
	uint64_t times;

	if (is_version(line)) {
		forget_names(state);
		state->headed = true;
		return true;
	}
	if (span_starts_with(line, SPAN("# name ")))
		return true;
	if (!tunables)
		return counter_text_stray(text, EXPECTED_ROW);
	if (!parse_row(line, tunables, &row))
		return counter_text_skip(text, EXPECTED_ROW);
	if (!count_name(state, row.name, &times, text->err))
		return false;
	if (!name_scope(row.name, times, &scope))
		return counter_text_skip(text, "a shorter name");
	return give_row(text, counter_scope_span(&scope), &row);
}

static bool slabinfo_block(void *context, struct span lines, struct sink *sink,
			   struct error *err)
{
	struct slabinfo *state = context;

	return counter_text_block(&state->text, "slabinfo", slabinfo_line,
				  lines, sink, err);
}

static bool slabinfo_finish(void *context, enum ending ending,
			    struct sink *sink, struct error *err)
{
	forget_names(context);
	return counter_text_finish(context, ending, sink, err);
}

static const char *const paths[] = {"proc/slabinfo", "slabinfo", NULL};

static const char *const openings[] = {"slabinfo - version: ", NULL};

const struct format format_slabinfo = {
	.name = "slabinfo",
	.title = "/proc/slabinfo",
	.state_size = sizeof(struct slabinfo),
	.paths = paths,
	.openings = openings,
	.counts = true,
	.sniff = slabinfo_sniff,
	.block = slabinfo_block,
	.finish = slabinfo_finish,
};
