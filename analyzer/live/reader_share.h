/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The memory that a reader and its parent share. The reader may be killed at
 * any instruction: what it has published is whole and counted exactly, and
 * what it has not published is as if it had never been read.
 */
#ifndef PAGEOWL_LIVE_READER_SHARE_H
#define PAGEOWL_LIVE_READER_SHARE_H

#include <limits.h>
#include <stdatomic.h>
#include <string.h>

#include "store/gzip_member.h"
#include "live/reader.h"

enum {
	/*
	 * A record of page_owner is read in this. Since 5.0 it has at most a
	 * page, of 64 KiB on some machines, and was never seen longer than
	 * 4 KiB; before 5.0 the kernel allocates as much as is asked for, and
	 * refuses the record where it has not that much in a row.
	 */
	RECORD_ROOM = 32 << 10,
	/* Any other file, where the kernel does not refuse it. */
	FILE_ROOM = 64 << 10,
};

/* What the piece that is being filled holds so far. */
struct reader_state {
	size_t packed_length;
	size_t text_length;  /* of text that is not packed yet */
	uint64_t text_bytes; /* of text that is packed */
	uint64_t records, refused;
	uint64_t next;
	/* Of an answer: */
	int end; /* an enum piece_end */
	int why;
};

struct reader_share {
	/* Bumped with each read, so that a reader that hangs is known. */
	atomic_uint_fast64_t moves;
	/* Two, so that one of them is whole at any moment. */
	struct reader_state states[2];
	atomic_uint current; /* which one */
	char note[sizeof((struct piece){0}.note)];
	char text[READER_TEXT];
};

/* What is asked; as much of path as there is, with its zero byte. */
struct reader_message {
	struct read_request request; /* without the path */
	unsigned piece;
	char path[PATH_MAX];
};

/* The state becomes what the parent finds. */
static inline void reader_share_publish(struct reader_share *share,
					const struct reader_state *state)
{
	unsigned other =
		!atomic_load_explicit(&share->current, memory_order_relaxed);

	share->states[other] = *state;
	atomic_store_explicit(&share->current, other, memory_order_release);
}

static inline struct reader_state reader_share_state(
	const struct reader_share *share)
{
	unsigned current =
		atomic_load_explicit(&share->current, memory_order_acquire);

	return share->states[current & 1];
}

/*
 * Pack the text that is in the share behind what is packed; without a packer
 * it is put there as it is.
 */
static inline void reader_share_pack(const struct reader_share *share,
				     struct reader_state *state,
				     struct gzip_packer *packer, char *packed)
{
	struct span text = {share->text, state->text_length};

	if (!text.length)
		return;
	packed += state->packed_length;
	if (packer) {
		state->packed_length += gzip_member_pack(packer, text, packed);
	} else {
		memcpy(packed, text.at, text.length);
		state->packed_length += text.length;
	}
	state->text_bytes += text.length;
	state->text_length = 0;
}

#endif
