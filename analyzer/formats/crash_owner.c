/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What extensions of the crash utility print of page_owner, out of the memory
 * image of a machine that crashed.
 *
 * page_owner.so, `owner ADDRESS...`, `owner -l`, `owner -L`:
 *
 *   "PFN %ld(0x%lx) paddr %lx[ vaddr %lx page %lx] page_owner %lx"
 *   "Page allocated via order …", as page_owner has it, without names of flags
 *   "[alloc]", then frames: "  sym+0x1a", "  sym+0x1a [mod]", "  %016lx"
 *   "free", then the frames of who freed it before
 *
 * and a blank line. Of a page that is free now the marks are "alloc" and
 * "[free]": it is nobody's. The size of a function is not printed.
 *
 * pageowner of Qualcomm's crash plugins, `pageowner -a`, `-n`, `-p`, `-P`:
 *
 *   "page_owner:0x%lx PFN:0x%lx~0x%lx Page:0x%lx Order:%u stack_record:0x%lx
 *    PID:%d ts_nsec:%llu", and frames "      [<%lx>] sym+0x1a"
 *
 * The same with "free_ts_nsec:" tells who freed the page before, or, where that
 * was later than it was allocated, that it is free.
 *
 * A page may be asked for more than once: it counts once.
 */
#include <stdlib.h>

#include "base/table.h"
#include "formats/count_remark.h"
#include "formats/frame_text.h"
#include "formats/owner_text.h"
#include "formats/stack_text.h"
#include "formats/text_cursor.h"
#include "model/stack_class.h"

#define EXPECTED "\"PFN <number>(0x<number>) paddr <number>\""

/* A header is 200 bytes; a task's name may hold up to 15 newlines. */
#define HEADER_MAX 2048

#define PAGE_SHIFT_MIN 12
#define PAGE_SHIFT_MAX 18

/* Pages of which it is known that they were listed: 4096 of them. */
#define CHUNK_SHIFT 12
#define CHUNK_WORDS ((1u << CHUNK_SHIFT) / 64)
/* 256 GiB in pieces of 4 KiB, in 9 MiB. */
#define CHUNKS_MAX 16384

struct chunk {
	UT_hash_handle hh;
	uint64_t index;
	uint64_t bits[CHUNK_WORDS];
};

enum part {
	PART_NONE,    /* no record is open */
	PART_PLACE,   /* its PFN line was read */
	PART_HEADER,  /* its header was begun */
	PART_MARK,    /* a mark has to come */
	PART_HOLDER,  /* frames of who holds it */
	PART_ENDED,   /* of a plugin's: who freed it may still come */
	PART_PAST,    /* frames of who freed it, or held it */
	PART_SKIPPED, /* its lines are passed over */
};

struct crash_owner {
	uint64_t line;
	struct chunk *chunks; /* uthash head */
	size_t chunk_count;
	uint64_t again, freed, unknown; /* records left out; not checked */
	uint64_t page_size;
	/* The record that is open. */
	enum part part;
	uint64_t record_line;
	uint64_t pfn;
	uint64_t pages; /* of Qualcomm's; else 0 */
	uint64_t ts_ns; /* of Qualcomm's */
	bool listed;	/* by -l: in the order of PFNs */
	bool is_free;
	size_t header_length;
	char header[HEADER_MAX];
	struct stack_text stack;
	/* Of the block read now. */
	struct sink *sink;
	struct error *err;
	struct span raw;
	/* The text ended, without a newline, in the record that is open. */
	bool cut;
};

/* ---- pages that were there already ---- */

static void forget_pages(struct crash_owner *state)
{
	struct chunk *chunk = state->chunks;

	HASH_CLEAR(hh, state->chunks); /* they are still linked */
	while (chunk) {
		struct chunk *next = chunk->hh.next;

		free(chunk);
		chunk = next;
	}
}

/* *ret is NULL where there are too many of them. */
static bool find_chunk(struct crash_owner *state, uint64_t index,
		       struct chunk **ret, struct error *err)
{
	HASH_FIND(hh, state->chunks, &index, sizeof(index), *ret);
	if (*ret || state->chunk_count == CHUNKS_MAX)
		return true;
	*ret = calloc(1, sizeof(**ret));
	if (!*ret)
		return error_no_memory(err);
	(*ret)->index = index;
	HASH_ADD(hh, state->chunks, index, sizeof(index), *ret);
	if (!(*ret)->hh.tbl) {
		free(*ret);
		return error_no_memory(err);
	}
	state->chunk_count++;
	return true;
}

/* *ret_again: the allocation that begins at pfn was counted before. */
static bool note_page(struct crash_owner *state, uint64_t pfn, bool *ret_again,
		      struct error *err)
{
	uint64_t bit = (uint64_t)1 << pfn % 64, *word;
	struct chunk *chunk;

	*ret_again = false;
	if (!find_chunk(state, pfn >> CHUNK_SHIFT, &chunk, err))
		return false;
	if (!chunk) {
		state->unknown++;
		return true;
	}
	word = &chunk->bits[(pfn >> 6) % CHUNK_WORDS];
	*ret_again = *word & bit;
	*word |= bit;
	return true;
}

/* ---- lines ---- */

static bool take_bare_hex(struct span *text, uint64_t *ret)
{
	uint64_t value = 0;
	size_t n = 0;

	while (n < text->length && span_hex_digit(text->at[n]) >= 0) {
		if (value >> 60)
			return false;
		value = value << 4 | (unsigned)span_hex_digit(text->at[n++]);
	}
	if (!n)
		return false;
	*text = span_skip(*text, n);
	*ret = value;
	return true;
}

/* " vaddr ffff892b73200000": skipped. */
static bool take_named(struct span *line, struct span name)
{
	struct span rest = *line;
	uint64_t ignored;

	if (!span_take(&rest, name) || !take_bare_hex(&rest, &ignored))
		return false;
	*line = rest;
	return true;
}

struct place {
	uint64_t pfn, pages, address;
	uint64_t ts_ns;
	struct span pid, order;
	bool listed, past;
};

/* "PFN 256(0x100) paddr 100000 page_owner ffff892c00804008" */
static bool parse_place(struct span line, struct place *ret)
{
	struct place place = {0};
	uint64_t again;

	if (!span_take(&line, SPAN("PFN ")) ||
	    !span_take_u64(&line, &place.pfn) || !span_take(&line, SPAN("(")) ||
	    !span_take_hex(&line, &again) || again != place.pfn ||
	    !span_take(&line, SPAN(") paddr ")) ||
	    !take_bare_hex(&line, &place.address))
		return false;
	place.listed = !take_named(&line, SPAN(" vaddr "));
	take_named(&line, SPAN(" page "));
	if (!take_named(&line, SPAN(" page_owner ")) || line.length)
		return false;
	*ret = place;
	return true;
}

/* "page_owner:0x1 PFN:0x2~0x3 Page:0x4 Order:0 stack_record:0x5 PID:6 ts_…" */
static bool parse_plugin(struct span line, struct place *ret)
{
	struct place place = {0};
	uint64_t ignored, end;

	if (!span_take(&line, SPAN("page_owner:")) ||
	    !span_take_hex(&line, &ignored) ||
	    !span_take(&line, SPAN(" PFN:")) ||
	    !span_take_hex(&line, &place.pfn) || !span_take(&line, SPAN("~")) ||
	    !span_take_hex(&line, &end) || end <= place.pfn ||
	    !span_take(&line, SPAN(" Page:")) ||
	    !span_take_hex(&line, &ignored) ||
	    !span_take(&line, SPAN(" Order:")) ||
	    !span_take_digits(&line, &place.order) ||
	    !span_take(&line, SPAN(" stack_record:")) ||
	    !span_take_hex(&line, &ignored) ||
	    !span_take(&line, SPAN(" PID:")) ||
	    !span_take_digits(&line, &place.pid) ||
	    !span_take(&line, SPAN(" ")))
		return false;
	place.past = span_take(&line, SPAN("free_"));
	if (!span_take(&line, SPAN("ts_nsec:")) ||
	    !span_take_u64(&line, &place.ts_ns) || line.length)
		return false;
	place.pages = end - place.pfn;
	*ret = place;
	return true;
}

/* Where such a line stands in the text of a record, anything may follow. */
static bool is_start(struct span line)
{
	struct place ignored;

	return parse_place(line, &ignored) || parse_plugin(line, &ignored);
}

static bool is_word(struct span text)
{
	size_t i;

	for (i = 0; i < text.length; i++)
		if ((unsigned char)text.at[i] <= ' ')
			return false;
	return text.length;
}

/*
 * "sym+0x1a", "sym", "[<ffffffc0>] sym+0x1a", "ffffffffc0123456"; " [mod]" and,
 * of a crash that debugs itself, " at ffffffffc0123456" may follow.
 */
static bool parse_frame(struct span line, struct span *ret, struct span *module,
			bool *bare)
{
	struct span text = line;
	const char *at;
	uint64_t ignored;

	*module = (struct span){span_end(line), 0};
	if (span_take(&text, SPAN("[<"))) {
		at = span_find(text, SPAN(">] "));
		if (!at)
			return false;
		text = span_between(at + 3, span_end(text));
	}
	if (text.length && span_end(text)[-1] == ']' &&
	    (at = span_find(text, SPAN(" [")))) {
		*module = span_between(at, span_end(text));
		text = span_between(text.at, at);
	}
	at = span_find(text, SPAN(" at "));
	if (at) {
		struct span address = span_between(at + 4, span_end(text));

		if (!take_bare_hex(&address, &ignored) || address.length)
			return false;
		text = span_between(text.at, at);
	}
	*ret = text;
	*bare = (text.length == 16 || text.length == 8) &&
		take_bare_hex(&text, &ignored) && !text.length;
	return is_word(*ret);
}

/* ---- records ---- */

static void damage_at(const struct crash_owner *state, uint64_t line,
		      const char *expected, struct span found, bool stray)
{
	const struct damage damage = {
		.line = line,
		.expected = expected,
		.found = found,
		.stray = stray,
	};

	state->sink->damage(state->sink, &damage);
}

static void skip_record(struct crash_owner *state, const char *expected,
			struct span found)
{
	damage_at(state, state->record_line, expected, found, false);
	state->part = PART_SKIPPED;
}

static bool deliver(struct crash_owner *state,
		    const struct owner_header *header)
{
	static const struct owner_trailer no_trailer;
	struct record record = {0};
	uint64_t head;
	bool again;

	/* A page within a larger allocation may have been asked for. */
	head = state->pages ? state->pfn
			    : state->pfn >> header->order << header->order;
	if (!note_page(state, head, &again, state->err))
		return false;
	if (again) {
		state->again++;
		return true;
	}
	owner_record_init(&record, header, NULL);
	owner_record_fields(&record, state->sink->wanted, header, NULL,
			    &no_trailer);
	record.stack = stack_text_span(&state->stack);
	record.line = state->record_line;
	record.count = 1;
	record.units =
		state->pages ? state->pages : (uint64_t)1 << header->order;
	record.pfn = state->listed ? state->pfn : PFN_NONE;
	record.unfinished = state->cut;
	/* Of a plugin's it was made up. */
	if (state->pages)
		record.fields[FIELD_GFP] = (struct span){0};
	return state->sink->record(state->sink, &record, state->err);
}

/* ended: by what ends a record, a blank line; else its end may be missing. */
static bool close_record(struct crash_owner *state, bool ended)
{
	struct span text = {state->header, state->header_length};
	struct owner_header header = {.ts_ns = TS_NONE};
	enum part part = state->part;

	if (part == PART_NONE || part == PART_SKIPPED) {
		state->part = PART_NONE;
		return true;
	}
	if (part == PART_PLACE || !owner_header_parse(text, &header) ||
	    header.order > ORDER_MAX) {
		skip_record(state,
			    "\"Page allocated via order <number>, mask "
			    "0x<number>\"",
			    part == PART_PLACE ? state->raw : text);
		state->part = PART_NONE;
		return true;
	}
	if (part == PART_MARK && !ended) {
		skip_record(state, "\"[alloc]\"", state->raw);
		state->part = PART_NONE;
		return true;
	}
	state->part = PART_NONE;
	if (state->is_free) {
		state->freed++;
		return true;
	}
	return deliver(state, &header);
}

/* paddr is that of the page, or of a byte in it. */
static void learn_page_size(struct crash_owner *state,
			    const struct place *place)
{
	unsigned shift;

	if (!place->pfn || !place->address)
		return;
	for (shift = PAGE_SHIFT_MIN; shift <= PAGE_SHIFT_MAX; shift++)
		if (place->address >> shift == place->pfn)
			state->page_size = (uint64_t)1 << shift;
}

static bool open_record(struct crash_owner *state, const struct place *place)
{
	if (!close_record(state, false))
		return false;
	state->part = PART_PLACE;
	state->record_line = state->line;
	state->pfn = place->pfn;
	state->pages = place->pages;
	state->listed = place->listed;
	state->is_free = false;
	state->header_length = 0;
	state->stack.length = 0;
	learn_page_size(state, place);
	return true;
}

/* There is room: what is added is short. */
static void add_text(struct crash_owner *state, struct span text)
{
	memcpy(state->header + state->header_length, text.at, text.length);
	state->header_length += text.length;
}

/* No number of theirs has more than ten. */
static struct span first_digits(struct span text)
{
	if (text.length > 10)
		text.length = 10;
	return text;
}

static bool order_is_known(struct span digits)
{
	uint64_t order;

	return span_take_u64(&digits, &order) && order <= ORDER_MAX;
}

/* The header that page_owner would have printed. */
static void make_header(struct crash_owner *state, const struct place *place)
{
	char digits[SPAN_U64_DIGITS];

	add_text(state, OWNER_HEADER);
	add_text(state, first_digits(place->order));
	add_text(state, SPAN(", mask 0x1, pid "));
	add_text(state, first_digits(place->pid));
	add_text(state, SPAN(", ts "));
	add_text(state, span_from_u64(place->ts_ns, digits));
	add_text(state, SPAN(" ns"));
}

/* Whether place tells who freed the page of the open record, and when. */
static bool frees_open(const struct crash_owner *state,
		       const struct place *place)
{
	return place->past && state->pages &&
	       (state->part == PART_HOLDER || state->part == PART_ENDED) &&
	       place->pfn == state->pfn && place->ts_ns > state->ts_ns;
}

static bool open_plugin(struct crash_owner *state, const struct place *place)
{
	state->is_free |= frees_open(state, place);
	if (!open_record(state, place))
		return false;
	if (!order_is_known(place->order)) {
		skip_record(state, "\"Order:<number>\" of at most 30",
			    state->raw);
		return true;
	}
	make_header(state, place);
	state->ts_ns = place->ts_ns;
	state->part = PART_HOLDER;
	/* Who freed it before it was allocated is not who holds it. */
	if (place->past)
		state->part = PART_SKIPPED;
	return true;
}

/* A task's name may hold newlines: a header is read until it is whole. */
static void add_header(struct crash_owner *state, struct span line)
{
	struct owner_header ignored = {.ts_ns = TS_NONE};
	size_t length = state->header_length;

	if (line.length + 1 > sizeof(state->header) - length) {
		skip_record(state, "a shorter header", line);
		return;
	}
	if (length)
		state->header[length++] = '\n';
	memcpy(state->header + length, line.at, line.length);
	state->header_length = length + line.length;
	state->part = owner_header_parse((struct span){state->header,
						       state->header_length},
					 &ignored)
			      ? PART_MARK
			      : PART_HEADER;
}

static bool take_mark(struct crash_owner *state, struct span line)
{
	bool now;

	if (state->part < PART_MARK || state->part > PART_PAST || state->pages)
		return false;
	now = span_take(&line, SPAN("["));
	if (now && !span_drop(&line, SPAN("]")))
		return false;
	if (span_equal(line, SPAN("alloc"))) {
		state->part = PART_HOLDER;
		state->is_free |= !now;
	} else if (span_equal(line, SPAN("free"))) {
		state->part = PART_PAST;
		state->is_free |= now;
	} else {
		return false;
	}
	return true;
}

static bool add_frame(struct crash_owner *state, struct span line)
{
	char text[HEADER_MAX], *at = text;
	struct span frame, module;
	bool bare;

	if (!parse_frame(line, &frame, &module, &bare))
		return false;
	if (frame.length + module.length + 3 > sizeof(text))
		return false;
	if (bare) {
		memcpy(at, "0x", 2);
		at += 2;
	}
	memcpy(at, frame.at, frame.length);
	at += frame.length;
	if (module.length)
		memcpy(at, module.at, module.length);
	return stack_text_add(&state->stack,
			      span_between(text, at + module.length));
}

static bool take_text(struct crash_owner *state, struct span line)
{
	switch (state->part) {
	case PART_PLACE:
		if (!span_starts_with(line, OWNER_HEADER))
			break;
		add_header(state, line);
		return true;
	case PART_HEADER:
		add_header(state, line);
		return true;
	case PART_HOLDER:
		if (!add_frame(state, line))
			break;
		return true;
	case PART_PAST:
	case PART_SKIPPED:
		return true;
	case PART_NONE:
	case PART_MARK:
	case PART_ENDED:
		break;
	}
	return false;
}

/* Behind a blank line a plugin may tell who freed the page. */
static bool take_blank(struct crash_owner *state)
{
	if (!state->pages || state->part != PART_HOLDER)
		return close_record(state, true);
	state->part = PART_ENDED;
	return true;
}

static bool take_line(struct crash_owner *state, struct span line)
{
	struct place place;

	line = span_trim_end(line);
	span_take_blanks(&line);
	if (parse_place(line, &place))
		return open_record(state, &place);
	if (parse_plugin(line, &place))
		return open_plugin(state, &place);
	if (!line.length && state->part == PART_ENDED)
		return true;
	if (!line.length && state->part != PART_HEADER)
		return take_blank(state);
	if (span_starts_with(line, SPAN("crash> ")))
		return close_record(state, true);
	if (take_mark(state, line) || take_text(state, line))
		return true;
	damage_at(state, state->line, EXPECTED, state->raw, true);
	return true;
}

static bool crash_owner_block(void *context, struct span lines,
			      struct sink *sink, struct error *err)
{
	struct crash_owner *state = context;
	struct text_cursor cursor = {
		.rest = lines,
		.line = state->line,
		.prefixed = true,
	};
	struct span line;

	state->sink = sink;
	state->err = err;
	while (text_cursor_next(&cursor, &line)) {
		state->line = cursor.line;
		state->raw = cursor.raw;
		if (!take_line(state, line))
			return false;
		state->cut = cursor.rest.at == span_end(cursor.raw);
	}
	return true;
}

static bool crash_owner_finish(void *context, enum ending ending,
			       struct sink *sink, struct error *err)
{
	struct crash_owner *state = context;
	bool done;

	(void)ending;
	state->sink = sink;
	state->err = err;
	state->raw = SPAN("");
	done = close_record(state, false);
	forget_pages(state);
	count_remark(sink, state->again, "page was listed again: counted once",
		     "pages were listed again: counted once");
	count_remark(sink, state->freed, "page is free, and left out",
		     "pages are free, and left out");
	count_remark(sink, state->unknown,
		     "page may have been counted twice: it lies too far from "
		     "others",
		     "pages may have been counted twice: they lie too far from "
		     "others");
	sink->lines = state->line;
	sink->page_size = state->page_size;
	return done;
}

static const char *crash_owner_sniff(struct span head)
{
	static const struct span marks[] = {{") paddr ", 8}, {" PFN:0x", 7}};
	struct text_cursor cursor = {.rest = head, .prefixed = true};
	struct span line;

	if (!span_find(head, marks[0]) && !span_find(head, marks[1]))
		return NULL;
	while (text_cursor_next(&cursor, &line)) {
		line = span_trim_end(line);
		span_take_blanks(&line);
		if (is_start(line))
			return cursor.raw.at;
	}
	return NULL;
}

/* It prints a page as page_owner does. */
static const char *const inner[] = {"page_owner", NULL};

const struct format format_crash_owner = {
	.name = "crash_owner",
	.title = "what crash's extensions print: owner, pageowner",
	.state_size = sizeof(struct crash_owner),
	.timed = true,
	.reported = true,
	.inner = inner,
	.noun = "allocation",
	.sniff = crash_owner_sniff,
	.block = crash_owner_block,
	.finish = crash_owner_finish,
};
