/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The frame of gzip data around an engine: members, their headers and
 * trailers, padding and what is none of these. All of it can stop at any byte
 * and go on with the next buffer.
 */
#include "input/inflate_engine.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/clause.h"

enum {
	HEADER_LENGTH = 10, /* the part that each member has */
	HEADER_FLAGS = 3,   /* position of the flags in it */
	TRAILER_LENGTH = 8, /* checksum and length, least byte first */
};

/* Flags in the header. FTEXT, 1, means nothing to us. */
enum {
	FLAG_CHECKSUM = 2,
	FLAG_EXTRA = 4,
	FLAG_NAME = 8,
	FLAG_COMMENT = 16,
	FLAGS_RESERVED = 0xe0,
};

enum inflate_sequence {
	SEQUENCE_HEADER,
	SEQUENCE_EXTRA_LENGTH,
	SEQUENCE_EXTRA,
	SEQUENCE_NAME,
	SEQUENCE_COMMENT,
	SEQUENCE_HEADER_CHECKSUM,
	SEQUENCE_DATA,
	SEQUENCE_TRAILER,
	SEQUENCE_PADDING, /* between members, or after the last one */
	SEQUENCE_GARBAGE, /* until the input ends */
	SEQUENCE_DAMAGED,
};

struct inflate {
	const struct inflate_engine *engine;
	void *state;			/* the engine's */
	enum inflate_sequence sequence; /* what comes next in the input */
	uint32_t length;		/* of this member's text, modulo 2^32 */
	uint16_t extra_left;		/* bytes of the extra field to skip */
	uint8_t flags;			/* of the member's header */
	uint8_t count;			/* bytes in part */
	uint8_t part[HEADER_LENGTH];	/* of a header, number or trailer */
	struct inflate_loss loss;
};

const struct inflate_engine *inflate_engine_default(void)
{
#ifdef HAVE_ISAL
	return &inflate_engine_isal;
#else
	return &inflate_engine_zlib;
#endif
}

const char *inflate_backend(void)
{
	return inflate_engine_default()->name;
}

bool inflate_create(const struct inflate_engine *engine, struct inflate **ret,
		    struct error *err)
{
	struct inflate *inflate = calloc(1, sizeof(*inflate));

	if (!inflate)
		return error_no_memory(err);
	inflate->engine = engine;
	inflate->state = engine->create();
	if (!inflate->state) {
		free(inflate);
		return error_no_memory(err);
	}
	*ret = inflate;
	return true;
}

void inflate_destroy(struct inflate *inflate)
{
	if (!inflate)
		return;
	inflate->engine->destroy(inflate->state);
	free(inflate);
}

static uint8_t take_byte(struct inflate_buffers *buffers)
{
	buffers->in_length--;
	return *buffers->in++;
}

static void expect(struct inflate *inflate, enum inflate_sequence sequence)
{
	inflate->sequence = sequence;
	inflate->count = 0;
}

/* Whether the first count bytes of part may begin a member. */
static bool header_begins(const struct inflate *inflate)
{
	static const uint8_t magic[] = {0x1f, 0x8b, 8 /* deflate */};
	size_t count = inflate->count;

	return memcmp(inflate->part, magic,
		      count < sizeof(magic) ? count : sizeof(magic)) == 0;
}

/* Skip to the first field at or after sequence that the header has. */
static void expect_field(struct inflate *inflate,
			 enum inflate_sequence sequence)
{
	static const struct {
		uint8_t flag;
		enum inflate_sequence sequence;
	} fields[] = {
		{FLAG_EXTRA, SEQUENCE_EXTRA_LENGTH},
		{FLAG_NAME, SEQUENCE_NAME},
		{FLAG_COMMENT, SEQUENCE_COMMENT},
		{FLAG_CHECKSUM, SEQUENCE_HEADER_CHECKSUM},
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		if (fields[i].sequence >= sequence &&
		    inflate->flags & fields[i].flag) {
			expect(inflate, fields[i].sequence);
			return;
		}
	}
	expect(inflate, SEQUENCE_DATA);
}

static void take_header(struct inflate *inflate, uint8_t byte)
{
	inflate->part[inflate->count++] = byte;
	if (!header_begins(inflate)) {
		if (inflate->loss.members) {
			inflate->loss.garbage_bytes = inflate->count;
			expect(inflate, SEQUENCE_GARBAGE);
		} else {
			expect(inflate, SEQUENCE_DAMAGED);
		}
		return;
	}
	if (inflate->count < HEADER_LENGTH)
		return;
	inflate->flags = inflate->part[HEADER_FLAGS];
	if (inflate->flags & FLAGS_RESERVED) {
		expect(inflate, SEQUENCE_DAMAGED);
		return;
	}
	inflate->engine->reset(inflate->state);
	inflate->length = 0;
	expect_field(inflate, SEQUENCE_EXTRA_LENGTH);
}

static void take_extra_length(struct inflate *inflate, uint8_t byte)
{
	inflate->part[inflate->count++] = byte;
	if (inflate->count < 2)
		return;
	inflate->extra_left =
		(uint16_t)(inflate->part[0] | inflate->part[1] << 8);
	if (inflate->extra_left)
		expect(inflate, SEQUENCE_EXTRA);
	else
		expect_field(inflate, SEQUENCE_NAME);
}

static uint32_t little_endian(const uint8_t bytes[4])
{
	return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 |
	       (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static void take_trailer(struct inflate *inflate, uint8_t byte)
{
	struct inflate_loss *loss = &inflate->loss;
	bool bad_checksum, bad_length;

	inflate->part[inflate->count++] = byte;
	if (inflate->count < TRAILER_LENGTH)
		return;
	loss->members++;
	bad_checksum = little_endian(inflate->part) !=
		       inflate->engine->checksum(inflate->state);
	bad_length = little_endian(inflate->part + 4) != inflate->length;
	if (bad_checksum || bad_length) {
		if (loss->bad_members++ == 0) {
			loss->first_bad = loss->members;
			loss->first_bad_length = !bad_checksum;
		}
	}
	expect(inflate, SEQUENCE_PADDING);
}

/* Consume one byte of anything but deflate data. */
static void take_frame(struct inflate *inflate, uint8_t byte)
{
	switch (inflate->sequence) {
	case SEQUENCE_PADDING:
		if (byte == 0)
			return;
		expect(inflate, SEQUENCE_HEADER);
		take_header(inflate, byte);
		return;
	case SEQUENCE_HEADER:
		take_header(inflate, byte);
		return;
	case SEQUENCE_EXTRA_LENGTH:
		take_extra_length(inflate, byte);
		return;
	case SEQUENCE_EXTRA:
		if (--inflate->extra_left == 0)
			expect_field(inflate, SEQUENCE_NAME);
		return;
	case SEQUENCE_NAME:
		if (byte == 0)
			expect_field(inflate, SEQUENCE_COMMENT);
		return;
	case SEQUENCE_COMMENT:
		if (byte == 0)
			expect_field(inflate, SEQUENCE_HEADER_CHECKSUM);
		return;
	case SEQUENCE_HEADER_CHECKSUM:
		/* Not checked: nothing in the header matters to us. */
		if (++inflate->count == 2)
			expect(inflate, SEQUENCE_DATA);
		return;
	case SEQUENCE_TRAILER:
		take_trailer(inflate, byte);
		return;
	case SEQUENCE_GARBAGE:
		inflate->loss.garbage_bytes++;
		return;
	case SEQUENCE_DATA:
	case SEQUENCE_DAMAGED:
		return;
	}
}

/* The deflate data ended; its engine may have taken some of the trailer. */
static void end_data(struct inflate *inflate)
{
	uint8_t ahead[INFLATE_AHEAD];
	size_t count = inflate->engine->unread(inflate->state, ahead);

	expect(inflate, SEQUENCE_TRAILER);
	for (size_t i = 0; i < count; i++)
		take_frame(inflate, ahead[i]);
}

/* Decompress what is there; false when memory runs out. */
static bool take_data(struct inflate *inflate, struct inflate_buffers *buffers)
{
	size_t in_before = buffers->in_length;
	size_t room_before = buffers->out_room;
	enum inflate_step step = inflate->engine->run(inflate->state, buffers);
	size_t given = room_before - buffers->out_room;

	inflate->length += (uint32_t)given;
	inflate->loss.text_bytes += given;
	switch (step) {
	case INFLATE_STEP_INPUT:
		/* An engine that is stuck must not hang us. */
		if (buffers->in_length && buffers->in_length == in_before &&
		    !given)
			expect(inflate, SEQUENCE_DAMAGED);
		return true;
	case INFLATE_STEP_OUTPUT:
		return true;
	case INFLATE_STEP_END:
		end_data(inflate);
		return true;
	case INFLATE_STEP_DAMAGED:
		expect(inflate, SEQUENCE_DAMAGED);
		return true;
	case INFLATE_STEP_MEMORY:
		return false;
	}
	return false;
}

bool inflate_run(struct inflate *inflate, struct inflate_buffers *buffers,
		 enum inflate_status *ret, struct error *err)
{
	for (;;) {
		if (inflate->sequence == SEQUENCE_DAMAGED) {
			inflate->loss.damaged = true;
			*ret = INFLATE_DONE;
			return true;
		}
		if (inflate->sequence == SEQUENCE_DATA) {
			/* Even without input: text may wait for room. */
			if (!buffers->out_room) {
				*ret = INFLATE_OUTPUT_FULL;
				return true;
			}
			if (!take_data(inflate, buffers))
				return error_no_memory(err);
			if (inflate->sequence != SEQUENCE_DATA ||
			    buffers->in_length || !buffers->out_room)
				continue;
		}
		if (!buffers->in_length) {
			*ret = INFLATE_NEEDS_INPUT;
			return true;
		}
		take_frame(inflate, take_byte(buffers));
	}
}

void inflate_finish(struct inflate *inflate)
{
	switch (inflate->sequence) {
	case SEQUENCE_PADDING:
	case SEQUENCE_GARBAGE:
	case SEQUENCE_DAMAGED:
		return;
	case SEQUENCE_HEADER:
	case SEQUENCE_EXTRA_LENGTH:
	case SEQUENCE_EXTRA:
	case SEQUENCE_NAME:
	case SEQUENCE_COMMENT:
	case SEQUENCE_HEADER_CHECKSUM:
	case SEQUENCE_DATA:
	case SEQUENCE_TRAILER:
		inflate->loss.cut = true;
	}
}

const struct inflate_loss *inflate_loss(const struct inflate *inflate)
{
	return &inflate->loss;
}

static void describe_bad_members(const struct inflate_loss *loss, char *ret,
				 size_t capacity)
{
	uint64_t others = loss->bad_members - 1;
	char more[64] = "";

	if (others)
		snprintf(more, sizeof(more), " (and of %" PRIu64 " more)",
			 others);
	clause_add(ret, capacity,
		   "%s of gzip member %" PRIu64 " does not match%s",
		   loss->first_bad_length ? "length" : "checksum",
		   loss->first_bad, more);
}

void inflate_describe_loss(const struct inflate_loss *loss, char *ret,
			   size_t capacity)
{
	ret[0] = '\0';
	if (loss->bad_members)
		describe_bad_members(loss, ret, capacity);
	if (loss->garbage_bytes)
		clause_add(ret, capacity,
			   "%" PRIu64 " byte%s after the end of "
			   "the gzip data %s ignored",
			   loss->garbage_bytes,
			   clause_plural(loss->garbage_bytes),
			   loss->garbage_bytes == 1 ? "is" : "are");
	if (loss->damaged)
		clause_add(ret, capacity,
			   "compressed data is damaged after "
			   "%" PRIu64 " byte%s of text, the rest is lost",
			   loss->text_bytes, clause_plural(loss->text_bytes));
	if (loss->cut)
		clause_add(ret, capacity,
			   "compressed data ends early after "
			   "%" PRIu64 " byte%s of text",
			   loss->text_bytes, clause_plural(loss->text_bytes));
}
