/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/slab_allocators, of kernels with SLAB and CONFIG_DEBUG_SLAB_LEAK up to
 * 5.1 (mm/slab.c, leaks_show()): who holds how many objects of which cache.
 *
 *   "%s: %lu " cache and objects, then "%s+%#lx/%#lx" and perhaps " [%s]", or
 *   "%p" where the kernel knows no symbols
 *
 * There is no header, and no size: that is in slabinfo. %#lx of zero is "0".
 * %p is hashed since 4.15; before, it was an address without its 0x. A cache
 * may have any name, so that a row is read from its end.
 *
 * A row may be broken by a mail program: each is kept until the next line has
 * shown that it is none of its rest.
 */
#include "formats/format.h"
#include "formats/frame_text.h"
#include "formats/path_prefix.h"
#include "formats/stack_text.h"
#include "formats/text_cursor.h"
#include "model/stack_class.h"

/* A symbol has up to 511 bytes, module and cache much less. */
#define ROW_MAX ((size_t)4096)

#define EXPECTED "\"<cache>: <objects> <symbol>\""

struct slab_allocators {
	uint64_t line;
	/* The row that the next line may belong to. */
	uint64_t kept_line; /* 0: none */
	size_t kept_length;
	bool kept_cut; /* it had no newline */
	bool kept_long;
	char kept[2 * ROW_MAX];
	struct stack_text stack;
};

struct row {
	struct span cache;
	uint64_t objects;
	struct span symbol; /* without its module, or an address */
	struct span module; /* " [mod]", or empty */
	bool from_zero;	    /* offset 0, which is printed without 0x */
};

/* "ffffffff81000000", "00000000f00dbabe", "c0123456", "(____ptrval____)" */
static bool is_address(struct span word)
{
	size_t i;

	if (span_equal(word, SPAN("(____ptrval____)")) ||
	    span_equal(word, SPAN("(ptrval)")))
		return true;
	for (i = 0; i < word.length; i++)
		if (span_hex_digit(word.at[i]) < 0 ||
		    (word.at[i] >= 'A' && word.at[i] <= 'F'))
			return false;
	return word.length == 8 || word.length == 16;
}

/* "f+0/0x30": the start of f itself. */
static bool is_from_zero(struct span word)
{
	const char *at = span_find(word, SPAN("+0/"));
	struct span size;
	uint64_t ignored;

	if (!at || at == word.at)
		return false;
	size = span_between(at + 3, span_end(word));
	return span_take_hex(&size, &ignored) && !size.length;
}

static void drop_blanks(struct span *text)
{
	while (span_drop(text, SPAN(" ")) || span_drop(text, SPAN("\t")))
		;
}

/* The word at the end of text, which is left without it. */
static struct span drop_word(struct span *text)
{
	size_t length = text->length;
	struct span word;

	while (length && !span_is_blank(text->at[length - 1]))
		length--;
	word = span_skip(*text, length);
	text->length = length;
	return word;
}

/* False: no symbol stands at the end of text. */
static bool drop_symbol(struct span *text, struct row *row)
{
	struct span end = {span_end(*text), 0}, word = drop_word(text);

	row->module = end;
	if (word.length > 2 && word.at[0] == '[' && span_end(word)[-1] == ']') {
		row->module = word;
		drop_blanks(text);
		word = drop_word(text);
	}
	row->symbol = word;
	row->from_zero = is_from_zero(word);
	return row->from_zero ||
	       (span_find(word, SPAN("+0x")) && frame_text_is_whole(word)) ||
	       (!row->module.length && is_address(word));
}

static bool parse_row(struct span line, struct row *ret)
{
	struct span text = span_trim_end(line);
	struct row row;

	if (!drop_symbol(&text, &row))
		return false;
	drop_blanks(&text);
	if (!span_drop_u64(&text, &row.objects))
		return false;
	/* One blank, or a line break that was one. */
	if (!span_drop(&text, SPAN(" ")) || !span_drop(&text, SPAN(":")) ||
	    !text.length)
		return false;
	row.cache = text;
	*ret = row;
	return true;
}

/* Whether it should have been a row. */
static bool is_remains(struct span line)
{
	return span_find(line, SPAN(": ")) && span_find(line, SPAN("+0x"));
}

static bool add_stack(struct slab_allocators *state, const struct row *row)
{
	char text[ROW_MAX + 16];
	size_t length = 0;
	struct span head = row->symbol, tail = {row->symbol.at, 0};

	if (row->symbol.length + row->module.length + 8 > sizeof(text))
		return false;
	if (row->from_zero) {
		const char *zero = span_find(row->symbol, SPAN("+0/"));

		head = span_between(row->symbol.at, zero);
		tail = span_between(zero + 2, span_end(row->symbol));
	} else if (row->symbol.length == 16 && is_address(row->symbol) &&
		   span_starts_with(row->symbol, SPAN("ffff"))) {
		/* A hashed one has zeros there. */
		memcpy(text, "0x", 2);
		length = 2;
	}
	memcpy(text + length, head.at, head.length);
	length += head.length;
	if (row->from_zero) {
		memcpy(text + length, "+0x0", 4);
		length += 4;
		memcpy(text + length, tail.at, tail.length);
		length += tail.length;
	}
	if (row->module.length) {
		text[length++] = ' ';
		memcpy(text + length, row->module.at, row->module.length);
		length += row->module.length;
	}
	state->stack.length = 0;
	return stack_text_add(&state->stack, (struct span){text, length});
}

static bool deliver(struct slab_allocators *state, const struct row *row,
		    struct sink *sink, struct error *err)
{
	static const struct object_facts no_facts = {
		.age_min = AGE_NONE,
		.age_mean = AGE_NONE,
		.age_max = AGE_NONE,
		.jiffies_now = AGE_NONE,
	};
	const struct record record = {
		.stack = stack_text_span(&state->stack),
		.count = row->objects,
		.alloc_ts_ns = TS_NONE,
		.pfn = PFN_NONE,
		.line = state->kept_line,
		.evidence = EVIDENCE_OBJECT,
		.unfinished = state->kept_cut,
		.objects = &no_facts,
		.fields = {[FIELD_CACHE] = row->cache},
	};

	return sink->record(sink, &record, err);
}

static void damage(struct sink *sink, uint64_t line, struct span found,
		   bool stray)
{
	const struct damage damage = {
		.line = line,
		.expected = EXPECTED,
		.found = found,
		.stray = stray,
	};

	sink->damage(sink, &damage);
}

/* Hand on the row that was kept, or say what it is instead. */
static bool flush(struct slab_allocators *state, struct sink *sink,
		  struct error *err)
{
	struct span line = {state->kept, state->kept_length};
	uint64_t number = state->kept_line;
	struct row row;

	if (!number)
		return true;
	if (!state->kept_long && parse_row(line, &row) &&
	    add_stack(state, &row)) {
		bool done = deliver(state, &row, sink, err);

		state->kept_line = 0;
		return done;
	}
	state->kept_line = 0;
	damage(sink, number, line, !is_remains(line));
	return true;
}

static void keep(struct slab_allocators *state, struct span line,
		 uint64_t number, bool cut)
{
	state->kept_long = line.length > ROW_MAX;
	if (state->kept_long)
		line.length = ROW_MAX;
	memcpy(state->kept, line.at, line.length);
	state->kept_length = line.length;
	state->kept_line = number;
	state->kept_cut = cut;
}

/* Whether line is the rest of the row that was kept; then it is added. */
static bool join(struct slab_allocators *state, struct span line, bool cut)
{
	size_t length = state->kept_length;
	struct row row;

	span_take_blanks(&line);
	if (!state->kept_line || state->kept_long || line.length > ROW_MAX - 1)
		return false;
	state->kept[length] = ' ';
	memcpy(state->kept + length + 1, line.at, line.length);
	if (length + 1 + line.length > ROW_MAX ||
	    !parse_row((struct span){state->kept, length + 1 + line.length},
		       &row))
		return false;
	state->kept_length = length + 1 + line.length;
	state->kept_cut = cut;
	return true;
}

static bool take_line(struct slab_allocators *state, struct span line, bool cut,
		      struct sink *sink, struct error *err)
{
	struct span ignored;
	struct row row;

	line = span_trim_end(line);
	path_prefix_take(&line, SPAN("slab_allocators"), &ignored);
	if (frame_text_is_blank(line))
		return flush(state, sink, err);
	if (!parse_row(line, &row) && join(state, line, cut))
		return true;
	if (!flush(state, sink, err))
		return false;
	keep(state, line, state->line, cut);
	return true;
}

static bool slab_allocators_block(void *context, struct span lines,
				  struct sink *sink, struct error *err)
{
	struct slab_allocators *state = context;
	struct text_cursor cursor = {
		.rest = lines,
		.line = state->line,
		.prefixed = true,
	};
	struct span line;

	while (text_cursor_next(&cursor, &line)) {
		bool cut = cursor.rest.at == span_end(cursor.raw);

		state->line = cursor.line;
		if (!take_line(state, line, cut, sink, err))
			return false;
	}
	return true;
}

static bool slab_allocators_finish(void *context, enum ending ending,
				   struct sink *sink, struct error *err)
{
	struct slab_allocators *state = context;
	bool done = flush(state, sink, err);

	(void)ending;
	sink->lines = state->line;
	return done;
}

/* ---- sniffing ---- */

/* *ret_named: the file's own name stands before the row. */
static bool next_row(struct text_cursor *cursor, struct row *ret,
		     bool *ret_named)
{
	struct span line, ignored;

	if (!text_cursor_next(cursor, &line))
		return false;
	*ret_named = path_prefix_take(&line, SPAN("slab_allocators"), &ignored);
	return parse_row(line, ret) &&
	       (*ret_named || span_find(ret->symbol, SPAN("+0")));
}

/* Caches of every kernel with SLAB, and those of kmalloc(). */
static bool is_known_cache(struct span cache)
{
	return span_starts_with(cache, SPAN("size-")) ||
	       span_starts_with(cache, SPAN("kmalloc-")) ||
	       span_equal(cache, SPAN("kmem_cache")) ||
	       span_equal(cache, SPAN("dentry")) ||
	       span_equal(cache, SPAN("vm_area_struct"));
}

/*
 * "<word>: <number> <symbol>" may stand in any log: two such rows one below
 * the other, or one of a cache that all kernels have, decide.
 */
static const char *slab_allocators_sniff(struct span head)
{
	struct text_cursor cursor = {.rest = head, .prefixed = true};
	const char *before = NULL;

	if (!span_find(head, SPAN("+0")) &&
	    !span_find(head, SPAN("slab_allocators:")))
		return NULL;
	while (cursor.rest.length) {
		struct row row;
		bool named;

		if (!next_row(&cursor, &row, &named)) {
			before = NULL;
			continue;
		}
		if (memchr(row.cache.at, ' ', row.cache.length))
			continue;
		if (named || before || is_known_cache(row.cache))
			return before ? before : cursor.raw.at;
		before = cursor.raw.at;
	}
	return NULL;
}

static const char *const paths[] = {"proc/slab_allocators", "slab_allocators",
				    NULL};

const struct format format_slab_allocators = {
	.name = "slab_allocators",
	.title = "/proc/slab_allocators, SLAB until Linux 5.1",
	.state_size = sizeof(struct slab_allocators),
	.paths = paths,
	.noun = "object",
	.unit = UNIT_BYTE,
	.identity = 1u << FIELD_CACHE,
	.sniff = slab_allocators_sniff,
	.block = slab_allocators_block,
	.finish = slab_allocators_finish,
};
