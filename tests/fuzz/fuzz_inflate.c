/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as gzip data: no engine may read or write out of bounds, the text
 * must not depend on how the input was divided, and the engines must agree.
 * Input that does not begin like gzip is taken as deflate data, so that the
 * fuzzer need not find a header first.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "input/inflate.h"

enum {
	TEXT_CAPACITY = 16 << 20,
	LARGE_PART = 256 << 10, /* several windows */
	MARK = 0xa5,
	MARK_LENGTH = 64,
};

static const uint8_t header[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};

struct outcome {
	uint8_t *text;
	size_t capacity; /* of text */
	struct inflate_loss loss;
	bool full; /* there was more text than we hold */
};

/*
 * Room for part more bytes behind text_length, and a mark behind them: the
 * sanitizers do not see the stores of a library written in assembly.
 */
static uint8_t *make_room(struct outcome *outcome, size_t text_length,
			  size_t part)
{
	size_t need = text_length + part + MARK_LENGTH;

	if (need > outcome->capacity) {
		outcome->capacity = 2 * need;
		outcome->text = realloc(outcome->text, outcome->capacity);
		if (!outcome->text)
			abort();
	}
	memset(outcome->text + text_length + part, MARK, MARK_LENGTH);
	return outcome->text + text_length;
}

static void check_mark(const uint8_t *mark)
{
	for (size_t i = 0; i < MARK_LENGTH; i++)
		assert(mark[i] == MARK);
}

static struct outcome run(const struct inflate_engine *engine,
			  const uint8_t *data, size_t size, size_t in_part,
			  size_t out_part)
{
	struct outcome outcome = {0};
	struct inflate_buffers buffers = {.in = data};
	enum inflate_status status = INFLATE_NEEDS_INPUT;
	struct inflate *inflate;
	size_t at = 0, length = 0;
	struct error err;
	char told[256];

	if (!inflate_create(engine, &inflate, &err))
		abort();
	while (status != INFLATE_DONE && length < TEXT_CAPACITY) {
		buffers.out = make_room(&outcome, length, out_part);
		buffers.out_room = out_part;
		if (!inflate_run(inflate, &buffers, &status, &err))
			abort();
		check_mark(outcome.text + length + out_part);
		length += out_part - buffers.out_room;
		if (status != INFLATE_NEEDS_INPUT)
			continue;
		assert(buffers.in_length == 0);
		if (at == size)
			break;
		buffers.in = data + at;
		buffers.in_length = size - at < in_part ? size - at : in_part;
		at += buffers.in_length;
	}
	outcome.full = length >= TEXT_CAPACITY;
	if (!outcome.full)
		inflate_finish(inflate);
	outcome.loss = *inflate_loss(inflate);
	inflate_describe_loss(&outcome.loss, told, sizeof(told));
	inflate_destroy(inflate);
	assert(outcome.loss.text_bytes == length);
	return outcome;
}

static void compare_loss(const struct outcome *a, const struct outcome *b)
{
	assert(a->loss.members == b->loss.members);
	assert(a->loss.bad_members == b->loss.bad_members);
	assert(a->loss.first_bad == b->loss.first_bad);
	assert(a->loss.first_bad_length == b->loss.first_bad_length);
	assert(a->loss.garbage_bytes == b->loss.garbage_bytes);
	assert(a->loss.damaged == b->loss.damaged);
	assert(a->loss.cut == b->loss.cut);
}

/* The text of a is where the text of b begins. */
static void compare_begin(const struct outcome *a, const struct outcome *b)
{
	assert(a->loss.text_bytes <= b->loss.text_bytes);
	if (a->loss.text_bytes)
		assert(memcmp(a->text, b->text, a->loss.text_bytes) == 0);
}

static void compare(const struct outcome *a, const struct outcome *b)
{
	assert(a->full == b->full);
	if (a->full) {
		/* They stopped at different places behind the limit. */
		assert(memcmp(a->text, b->text, TEXT_CAPACITY) == 0);
		return;
	}
	compare_begin(a, b);
	compare_begin(b, a);
	compare_loss(a, b);
}

/* The same engine, fed as a whole and in parts. */
static void run_divided(const struct inflate_engine *engine,
			const uint8_t *data, size_t size,
			struct outcome *ret_whole, struct outcome *ret_parts)
{
	size_t in_part = 1 + size % 7, out_part;

	*ret_whole = run(engine, data, size, size, LARGE_PART);
	/* Small parts of a large text would take too long. */
	out_part = 1 + ret_whole->loss.text_bytes / 100;
	*ret_parts = run(engine, data, size, in_part, out_part);
}

static void check_zlib(const uint8_t *data, size_t size, struct outcome *ret)
{
	struct outcome parts;

	run_divided(&inflate_engine_zlib, data, size, ret, &parts);
	compare(ret, &parts);
	free(parts.text);
}

#ifdef HAVE_ISAL
/*
 * On whole input the engines are the same. On damaged input zlib is the more
 * severe: it refuses a table of codes that is not complete, while ISA-L does
 * so only when it meets a code that is not in the table. Of a table that is
 * cut, though, ISA-L may see already that it cannot become right. And since
 * it decodes up to three literals at once, a cut in between takes up to two
 * that zlib still reads.
 */
static void compare_engines(const struct outcome *zlib,
			    const struct outcome *isal)
{
	if (zlib->full) {
		compare(zlib, isal);
	} else if (zlib->loss.damaged) {
		compare_begin(zlib, isal);
	} else if (zlib->loss.cut) {
		compare_begin(isal, zlib);
		assert(zlib->loss.text_bytes - isal->loss.text_bytes <= 2);
		if (!isal->loss.damaged)
			compare_loss(zlib, isal);
	} else {
		compare(zlib, isal);
	}
}

static void check_isal(const uint8_t *data, size_t size,
		       const struct outcome *zlib)
{
	struct outcome whole, parts;

	run_divided(&inflate_engine_isal, data, size, &whole, &parts);
	compare_engines(zlib, &whole);
	compare_engines(zlib, &parts);
	if (!whole.loss.cut)
		compare(&whole, &parts);
	free(whole.text);
	free(parts.text);
}
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bool bare = size == 0 || data[0] != header[0];
	size_t begin = bare ? sizeof(header) : 0;
	uint8_t *packed = malloc(begin + size + 1);
	struct outcome zlib;

	if (!packed)
		abort();
	memcpy(packed, header, begin);
	if (size)
		memcpy(packed + begin, data, size);
	check_zlib(packed, begin + size, &zlib);
#ifdef HAVE_ISAL
	check_isal(packed, begin + size, &zlib);
#endif
	free(zlib.text);
	free(packed);
	return 0;
}
