/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as text with kernel frames: a frame lies within the text, text
 * passes byte for byte where nothing is known, and how lines are divided into
 * blocks changes nothing. The first byte says where they are divided.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "cli/annotate.h"
#include "cli/kernel_mention.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An inlined function that nothing is known of is passed over. */
static const struct source_line lines[] = {
	{"inner\n", "a\033.h", 1},
	{NULL, NULL, 0},
	{"outer", "b.c", 2},
};

static bool resolve(void *context, const struct frame_query *queries,
		    size_t count, struct frame_answer *answers)
{
	const bool *knows = context;
	size_t i;

	for (i = 0; i < count; i++) {
		assert(queries[i].symbol[0]);
		answers[i] = (struct frame_answer){
			.status = *knows ? FRAME_RESOLVED : FRAME_NO_SYMBOL,
			.lines = queries[i].exact ? lines + 2 : lines,
			.line_count = queries[i].exact ? 1 : 3,
		};
	}
	return true;
}

struct outcome {
	char *text;
	size_t length;
};

/* Blocks end at a newline, like those that are read. */
static struct outcome annotate(struct span text, size_t part, bool knows)
{
	struct frame_teller teller = {resolve, &knows};
	struct annotator annotator = {.teller = &teller};
	struct outcome outcome = {0};

	annotator.book.count_max = 1000;
	annotator.out = open_memstream(&outcome.text, &outcome.length);
	assert(annotator.out);
	while (text.length) {
		const char *newline = NULL;
		struct span block = text;

		if (part < text.length)
			newline = memchr(text.at + part, '\n',
					 text.length - part);
		if (newline)
			block = span_between(text.at, newline + 1);
		assert(annotator_add(&annotator, block));
		text = span_skip(text, block.length);
	}
	fclose(annotator.out);
	annotator_deinit(&annotator);
	return outcome;
}

static void check_frames(struct span text)
{
	struct frame_match match;
	const char *at = text.at;

	while (frame_scan_next(text, at, &match)) {
		assert(match.text.at >= at && match.text.length > 3);
		at = span_end(match.text);
		assert(at <= span_end(text));
		assert(match.symbol.at == match.text.at);
		assert(!memchr(match.text.at, '\n', match.text.length));
	}
}

static void check_mentions(struct span text)
{
	struct kernel_mentions mentions;
	struct kernel_mention mention;

	kernel_mentions_init(&mentions, text);
	while (kernel_mentions_next(&mentions, &mention)) {
		assert(mention.release.length < KERNEL_RELEASE_CAPACITY);
		assert(!memchr(mention.release.at, '/',
			       mention.release.length));
		assert(mention.line.at >= text.at);
		assert(span_end(mention.line) <= span_end(text));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct outcome same, whole, parts;
	struct span text;
	char *exact;

	if (!size)
		return 0;
	/* Of its very size, so that reading beyond is seen. */
	exact = malloc(size - 1 ? size - 1 : 1);
	assert(exact);
	memcpy(exact, data + 1, size - 1);
	text = (struct span){exact, size - 1};
	check_frames(text);
	check_mentions(text);
	same = annotate(text, size, false);
	assert(span_equal((struct span){same.text, same.length}, text));
	whole = annotate(text, size, true);
	parts = annotate(text, data[0], true);
	assert(whole.length == parts.length &&
	       memcmp(whole.text, parts.text, whole.length) == 0);
	free(same.text);
	free(whole.text);
	free(parts.text);
	free(exact);
	return 0;
}
