/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Streaming gzip decompression (RFC 1952), whichever library does the work.
 * Several members may follow one another, and zero bytes may pad them, as on
 * a tape. Damage is data, not an error: what can be read is given out, and
 * inflate_loss() tells what could not. Only memory running out is an error.
 */
#ifndef PAGEOWL_INPUT_INFLATE_H
#define PAGEOWL_INPUT_INFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* A library that decompresses; see inflate_engine.h. */
struct inflate_engine;

extern const struct inflate_engine inflate_engine_zlib;
#ifdef HAVE_ISAL
extern const struct inflate_engine inflate_engine_isal;
#endif

/*
 * The fastest engine that was compiled in. On whole data all give the same.
 * On damaged data zlib may give less: it refuses a wrong table of codes at
 * once, ISA-L when it meets a code that is not in it. Before a cut ISA-L may
 * leave out the last two bytes, as the input happened to be divided.
 */
const struct inflate_engine *inflate_engine_default(void);

/* Name and version of that engine, such as "ISA-L 2.30.0". */
const char *inflate_backend(void);

enum inflate_status {
	INFLATE_NEEDS_INPUT, /* all input is taken; more may come */
	INFLATE_OUTPUT_FULL, /* call again with room, even without input */
	INFLATE_DONE,	     /* damaged: nothing more can be read */
};

/* What to read and where to write; inflate_run() moves both on. */
struct inflate_buffers {
	const uint8_t *in;
	uint8_t *out;
	size_t in_length;
	size_t out_room;
};

/* What was read so far, and what was wrong with it. */
struct inflate_loss {
	uint64_t text_bytes;	/* decompressed and given out */
	uint64_t members;	/* that ended, right or wrong */
	uint64_t bad_members;	/* whose checksum or length did not match */
	uint64_t first_bad;	/* number of the first of them, from 1 */
	uint64_t garbage_bytes; /* ignored after the last member */
	bool first_bad_length;	/* the first bad one: only its length differs */
	bool damaged;		/* the data broke off: text after it is lost */
	bool cut;		/* the input ended inside of a member */
};

struct inflate;

/* A decompressor that awaits the first byte of the first member. */
bool inflate_create(const struct inflate_engine *engine, struct inflate **ret,
		    struct error *err);
void inflate_destroy(struct inflate *inflate);

/*
 * Decompress from buffers->in to buffers->out until one of them is used up.
 * Fails only when memory runs out; *ret is then untouched.
 */
bool inflate_run(struct inflate *inflate, struct inflate_buffers *buffers,
		 enum inflate_status *ret, struct error *err);

/*
 * The input has ended. Call this once, after inflate_run() was given room and
 * asked for more input.
 */
void inflate_finish(struct inflate *inflate);

/* Borrowed; changes with each call above. */
const struct inflate_loss *inflate_loss(const struct inflate *inflate);

/* What was lost, in one line without a final stop; empty if nothing was. */
void inflate_describe_loss(const struct inflate_loss *loss, char *ret,
			   size_t capacity);

#endif
