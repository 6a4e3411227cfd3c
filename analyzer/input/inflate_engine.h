/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What inflate.c asks of a library: raw deflate data (RFC 1951) and the
 * checksum of the text. Members, headers and trailers are inflate.c's own, so
 * that all engines agree on what is whole and what is damaged.
 */
#ifndef PAGEOWL_INPUT_INFLATE_ENGINE_H
#define PAGEOWL_INPUT_INFLATE_ENGINE_H

#include "input/inflate.h"

enum inflate_step {
	INFLATE_STEP_INPUT,   /* all input is taken */
	INFLATE_STEP_OUTPUT,  /* the output is full */
	INFLATE_STEP_END,     /* the deflate data ended, all text is out */
	INFLATE_STEP_DAMAGED, /* no deflate data; what could be read is out */
	INFLATE_STEP_MEMORY,  /* an allocation failed */
};

/* How many bytes behind its end an engine may take. */
enum { INFLATE_AHEAD = 8 };

struct inflate_engine {
	const char *name; /* and version */

	/* State for one run of deflate data; NULL when memory runs out. */
	void *(*create)(void);
	void (*destroy)(void *state);

	/* Begin anew with the next member. */
	void (*reset)(void *state);

	/* Decompress until the input or the output is used up. */
	enum inflate_step (*run)(void *state, struct inflate_buffers *buffers);

	/*
	 * After the end: the bytes that were taken from the input and lie
	 * behind the deflate data. Returns their number.
	 */
	size_t (*unread)(void *state, uint8_t ret[INFLATE_AHEAD]);

	/* CRC-32 of the text since the reset. */
	uint32_t (*checksum)(const void *state);
};

#endif
