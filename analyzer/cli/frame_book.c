/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/frame_book.h"

#include <stdlib.h>

#include "base/table.h"

/* What one takes beside its texts, in the table, too. */
#define FRAME_BYTES 512

struct book_frame {
	UT_hash_handle hh;
	const char *text; /* the key: the frame as it was printed */
	const char *symbol, *module, *build_id;
	uint64_t offset, size;
	bool exact, asked;
	struct frame_notes notes;
};

void frame_book_clear(struct frame_book *book)
{
	HASH_CLEAR(hh, book->frames[0]);
	HASH_CLEAR(hh, book->frames[1]);
	arena_deinit(&book->arena);
	book->fresh_count = 0;
	book->count = 0;
	book->bytes = 0;
}

void frame_book_deinit(struct frame_book *book)
{
	frame_book_clear(book);
	free(book->fresh);
	book->fresh = NULL;
	book->fresh_capacity = 0;
}

static bool make_room(struct frame_book *book)
{
	size_t capacity = book->fresh_capacity ? book->fresh_capacity * 2 : 256;
	struct book_frame **fresh;

	if (book->fresh_count < book->fresh_capacity)
		return true;
	fresh = realloc(book->fresh, capacity * sizeof(struct book_frame *));
	if (!fresh)
		return false;
	book->fresh = fresh;
	book->fresh_capacity = capacity;
	return true;
}

/* Text that is not there is NULL. */
static bool copy(struct arena *arena, struct span text, const char **ret)
{
	*ret = text.length ? arena_string(arena, text) : NULL;
	return !text.length || *ret;
}

static struct book_frame *make_frame(struct arena *arena,
				     const struct frame_match *match,
				     bool exact)
{
	struct book_frame *frame = arena_alloc(arena, sizeof(*frame));

	if (!frame || !copy(arena, match->text, &frame->text) ||
	    !copy(arena, match->symbol, &frame->symbol) ||
	    !copy(arena, match->module, &frame->module) ||
	    !copy(arena, match->build_id, &frame->build_id))
		return NULL;
	frame->offset = match->offset;
	frame->size = match->size;
	frame->exact = exact;
	return frame;
}

bool frame_book_find(struct frame_book *book, const struct frame_match *match,
		     bool exact, const struct book_frame **ret)
{
	struct span text = match->text;
	unsigned hash = table_hash(text.at, text.length);
	struct book_frame *frame;

	HASH_FIND_BYHASHVALUE(hh, book->frames[exact], text.at, text.length,
			      hash, frame);
	*ret = frame;
	if (frame)
		return true;
	if (book->count >= book->count_max ||
	    book->bytes >= FRAME_BOOK_BYTES_MAX) {
		book->full = true;
		return true;
	}
	frame = make_frame(&book->arena, match, exact);
	if (!frame || !make_room(book))
		return false;
	HASH_ADD_KEYPTR_BYHASHVALUE(hh, book->frames[exact], frame->text,
				    text.length, hash, frame);
	if (!frame->hh.tbl)
		return false;
	book->fresh[book->fresh_count++] = frame;
	book->count++;
	book->bytes += FRAME_BYTES + 2 * text.length;
	*ret = frame;
	return true;
}

static void count_notes(struct frame_book *book,
			const struct frame_notes *notes)
{
	size_t i;

	book->bytes += notes->place.length;
	for (i = 0; i < notes->inlined_count; i++)
		book->bytes +=
			sizeof(*notes->inlined) + notes->inlined[i].text.length;
}

static bool ask(struct frame_book *book, const struct frame_teller *teller,
		struct frame_query *queries, struct frame_answer *answers)
{
	size_t i;

	for (i = 0; i < book->fresh_count; i++) {
		const struct book_frame *frame = book->fresh[i];

		queries[i] = (struct frame_query){
			.module = frame->module,
			.symbol = frame->symbol,
			.offset = frame->offset,
			.size = frame->size,
			.exact = frame->exact,
			.build_id = frame->build_id,
		};
	}
	if (!teller->resolve(teller->context, queries, book->fresh_count,
			     answers))
		return false;
	for (i = 0; i < book->fresh_count; i++) {
		struct book_frame *frame = book->fresh[i];

		if (!frame_notes_make(&answers[i], &book->arena, &frame->notes))
			return false;
		count_notes(book, &frame->notes);
		frame->asked = true;
	}
	book->fresh_count = 0;
	return true;
}

bool frame_book_ask(struct frame_book *book, const struct frame_teller *teller)
{
	struct frame_answer *answers;
	struct frame_query *queries;
	bool done;

	if (!book->fresh_count)
		return true;
	queries = calloc(book->fresh_count, sizeof(*queries));
	answers = calloc(book->fresh_count, sizeof(*answers));
	done = queries && answers && ask(book, teller, queries, answers);
	free(queries);
	free(answers);
	return done;
}

bool frame_book_lacks(const struct book_frame *frame)
{
	return frame->asked && !frame->notes.place.length;
}

const struct frame_notes *frame_book_notes(const struct book_frame *frame)
{
	return &frame->notes;
}
