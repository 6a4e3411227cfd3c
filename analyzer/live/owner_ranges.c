/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/owner_ranges.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum part_state {
	PART_UNASKED, /* the rest of a range whose piece was full */
	PART_ASKED,
	PART_ANSWERED,
};

/* A part of the file that is on its way to the caller. */
struct part {
	uint64_t begin, end; /* page frames; of a plain file, a number */
	enum part_state state;
	unsigned piece; /* once it is asked */
};

struct owner_ranges {
	struct reader_pool *pool;
	char *path;
	struct part *parts; /* in order; all follow what was given out */
	size_t count, capacity;
	uint64_t frontier; /* the next range begins here */
	uint64_t reached;  /* of what was given out */
	unsigned given;	   /* the piece the caller has */
	bool has_given;
	bool trusted;	    /* a range has come back */
	bool plain;	    /* read from its start on, by one reader */
	bool broken;	    /* a reader was killed, late or failed */
	uint64_t broken_at; /* where the part begins that it was reading */
	struct piece end;   /* see owner_ranges_end() */
};

bool owner_ranges_create(struct reader_pool *pool, const char *path,
			 struct owner_ranges **ret, struct error *err)
{
	struct owner_ranges *ranges = calloc(1, sizeof(*ranges));

	if (!ranges)
		return error_no_memory(err);
	ranges->pool = pool;
	/* Each piece may have one part, and the rest of it another. */
	ranges->capacity = 2 * (size_t)reader_pool_pieces(pool) + 1;
	ranges->parts = calloc(ranges->capacity, sizeof(*ranges->parts));
	ranges->path = strdup(path);
	if (!ranges->parts || !ranges->path) {
		owner_ranges_destroy(ranges);
		return error_no_memory(err);
	}
	ranges->end.end = PIECE_DONE;
	*ret = ranges;
	return true;
}

void owner_ranges_destroy(struct owner_ranges *ranges)
{
	if (!ranges)
		return;
	for (size_t i = 0; ranges->parts && i < ranges->count; i++)
		if (ranges->parts[i].state != PART_UNASKED)
			reader_pool_release(ranges->pool,
					    ranges->parts[i].piece);
	if (ranges->has_given)
		reader_pool_release(ranges->pool, ranges->given);
	free(ranges->parts);
	free(ranges->path);
	free(ranges);
}

static void insert_part(struct owner_ranges *ranges, size_t at,
			struct part part)
{
	memmove(&ranges->parts[at + 1], &ranges->parts[at],
		(ranges->count - at) * sizeof(part));
	ranges->parts[at] = part;
	ranges->count++;
}

static void remove_part(struct owner_ranges *ranges, size_t at)
{
	ranges->count--;
	memmove(&ranges->parts[at], &ranges->parts[at + 1],
		(ranges->count - at) * sizeof(ranges->parts[0]));
}

/* ---- asking ---- */

static bool ask_part(struct owner_ranges *ranges, struct part *part,
		     struct error *err)
{
	struct read_request request = {
		.kind = READ_PAGES,
		.path = ranges->path,
		.begin = part->begin,
		.end = part->end,
	};

	if (ranges->plain)
		request.kind = part->begin ? READ_MORE : READ_FILE;
	if (!reader_pool_ask(ranges->pool, &request, &part->piece, err))
		return false;
	part->state = PART_ASKED;
	return true;
}

/*
 * The next part that is to be read, or NULL: the rests of ranges first, since
 * nothing behind them can be given out before them. With that order there is
 * always a piece for the first one: that of the part that was given out.
 */
static struct part *next_part(struct owner_ranges *ranges)
{
	struct part fresh = {.begin = ranges->frontier};

	for (size_t i = 0; i < ranges->count; i++)
		if (ranges->parts[i].state == PART_UNASKED)
			return &ranges->parts[i];
	if (ranges->broken || ranges->frontier == UINT64_MAX)
		return NULL;
	/* One alone has to show that ranges can be read. */
	if (!ranges->trusted && ranges->count)
		return NULL;
	fresh.end = ranges->plain ? 1 : fresh.begin + OWNER_RANGE_PAGES;
	if (fresh.end < fresh.begin)
		fresh.end = UINT64_MAX;
	insert_part(ranges, ranges->count, fresh);
	ranges->frontier = ranges->plain ? UINT64_MAX : fresh.end;
	return &ranges->parts[ranges->count - 1];
}

static bool any_asked(const struct owner_ranges *ranges)
{
	for (size_t i = 0; i < ranges->count; i++)
		if (ranges->parts[i].state == PART_ASKED)
			return true;
	return false;
}

/* No reading goes on behind where it broke. */
static void drop_unasked(struct owner_ranges *ranges)
{
	for (size_t i = ranges->count; i-- > 0;)
		if (ranges->parts[i].state == PART_UNASKED &&
		    ranges->parts[i].begin >= ranges->broken_at)
			remove_part(ranges, i);
}

/* Remember the first piece, in the order of pages, that broke the reading. */
static void break_at(struct owner_ranges *ranges, uint64_t begin,
		     const struct piece *piece)
{
	if (!ranges->broken || begin < ranges->broken_at) {
		ranges->broken = true;
		ranges->broken_at = begin;
		ranges->end = *piece;
		ranges->end.packed = NULL;
		ranges->end.packed_length = 0;
	}
	drop_unasked(ranges);
}

/* No process can be had, and none is at work that could be waited for. */
static void break_unasked(struct owner_ranges *ranges, const struct part *part,
			  const struct error *err)
{
	struct piece piece = {
		.next = part->begin,
		.end = PIECE_FAILED,
		.why = EAGAIN,
	};

	snprintf(piece.note, sizeof(piece.note), "%.150s", err->text);
	break_at(ranges, part->begin, &piece);
}

static void ask_all(struct owner_ranges *ranges)
{
	struct error err;
	struct part *part;

	while (reader_pool_can_ask(ranges->pool)) {
		part = next_part(ranges);
		if (!part)
			return;
		if (ask_part(ranges, part, &err))
			continue;
		if (!any_asked(ranges))
			break_unasked(ranges, part, &err);
		return;
	}
}

/* ---- answers ---- */

/*
 * Offsets of this file are no page frames: it is a copy, or prints what we do
 * not know. Nothing of it has been given out; it is read from its start.
 */
static bool is_no_kernel_file(const struct owner_ranges *ranges,
			      const struct piece *piece)
{
	return !ranges->trusted && !ranges->plain &&
	       piece->end == PIECE_FAILED && !piece->records &&
	       (piece->why == ESPIPE || piece->why == ENOENT);
}

static void read_plainly(struct owner_ranges *ranges)
{
	reader_pool_release(ranges->pool, ranges->parts[0].piece);
	ranges->count = 0;
	ranges->plain = true;
	ranges->frontier = 0;
}

static void add_rest(struct owner_ranges *ranges, size_t at, uint64_t next)
{
	struct part rest = {
		.begin = ranges->plain ? ranges->parts[at].end : next,
		.end = ranges->parts[at].end + ranges->plain,
	};

	if (!ranges->broken || rest.begin < ranges->broken_at)
		insert_part(ranges, at + 1, rest);
}

static void take_answer(struct owner_ranges *ranges, size_t at)
{
	struct part *part = &ranges->parts[at];
	const struct piece *piece =
		reader_pool_piece(ranges->pool, part->piece);

	if (is_no_kernel_file(ranges, piece)) {
		read_plainly(ranges);
		return;
	}
	part->state = PART_ANSWERED;
	ranges->trusted = true;
	switch (piece->end) {
	case PIECE_FULL:
		add_rest(ranges, at, piece->next);
		break;
	case PIECE_DONE:
		if (!ranges->plain && piece->next > ranges->frontier)
			ranges->frontier = piece->next;
		break;
	case PIECE_FAILED:
	case PIECE_KILLED:
	case PIECE_LATE:
		break_at(ranges, part->begin, piece);
		break;
	}
}

/* False: a signal came. */
static bool wait_answer(struct owner_ranges *ranges)
{
	unsigned piece;

	if (!reader_pool_wait(ranges->pool, &piece))
		return false;
	for (size_t i = 0; i < ranges->count; i++)
		if (ranges->parts[i].state == PART_ASKED &&
		    ranges->parts[i].piece == piece) {
			take_answer(ranges, i);
			break;
		}
	return true;
}

/* ---- what the caller gets ---- */

static void release_given(struct owner_ranges *ranges)
{
	if (ranges->has_given)
		reader_pool_release(ranges->pool, ranges->given);
	ranges->has_given = false;
}

/* Take the first part, which is answered; false: there is nothing in it. */
static bool give_first(struct owner_ranges *ranges, const struct piece **ret)
{
	struct part part = ranges->parts[0];
	const struct piece *piece = reader_pool_piece(ranges->pool, part.piece);

	remove_part(ranges, 0);
	ranges->given = part.piece;
	ranges->has_given = true;
	if (!ranges->plain)
		ranges->reached =
			piece->next < part.end ? piece->next : part.end;
	if (piece->end == PIECE_DONE && !piece->text_bytes && !piece->refused &&
	    !piece->note[0]) {
		release_given(ranges);
		return false;
	}
	*ret = piece;
	return true;
}

enum owner_step owner_ranges_next(struct owner_ranges *ranges,
				  const struct piece **ret)
{
	release_given(ranges);
	for (;;) {
		ask_all(ranges);
		if (!ranges->count)
			break;
		if (ranges->parts[0].state == PART_ANSWERED) {
			if (give_first(ranges, ret))
				return OWNER_PIECE;
		} else if (!wait_answer(ranges)) {
			return OWNER_INTERRUPTED;
		}
	}
	if (!ranges->broken)
		ranges->end.next = UINT64_MAX;
	return OWNER_END;
}

const struct piece *owner_ranges_end(const struct owner_ranges *ranges)
{
	return &ranges->end;
}

uint64_t owner_ranges_reached(const struct owner_ranges *ranges)
{
	return ranges->reached;
}
