/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions about frames with answers of every kind, and a look at what comes
 * back. Inline: what is linked to the fuzzers has no cmocka. */
#ifndef PAGEOWL_TESTS_SUPPORT_ANSWER_SAMPLE_H
#define PAGEOWL_TESTS_SUPPORT_ANSWER_SAMPLE_H

#include "symbolize/frame_answer.h"
#include "tests/support/check.h"

struct answer_sample {
	struct frame_query query;
	struct frame_answer answer;
};

static const struct source_line answer_sample_chain[] = {
	{"heron_ring_put", "drivers/net/heron/ring.h", 41},
	{NULL, "include/linux/slab.h", 7},
	{"heron::send<int>", NULL, 0},
	{"", "", 4294967295u},
	{"heron_xmit", "drivers/net/heron/tx.c", 812},
};

#define ANSWER_SAMPLES 8
#define ANSWER_CHAIN   TEST_COUNT(answer_sample_chain)

/* Of all that is kept; their keys differ in one part each. */
static const struct answer_sample answer_samples[ANSWER_SAMPLES] = {
	{{"heron", "heron_xmit", 0x1a, 0x2c, false, NULL},
	 {FRAME_RESOLVED, answer_sample_chain, ANSWER_CHAIN, 0}},
	{{NULL, "heron_xmit", 0x1b, 0x2c, false, NULL},
	 {FRAME_RESOLVED, answer_sample_chain, 1, 0}},
	{{NULL, "heron_xmit", 0x1a, 0x2d, false, NULL},
	 {FRAME_OTHER_SIZE, NULL, 0, 0}},
	{{NULL, "heron_xmit", 0x1a, 0x2c, true, NULL},
	 {FRAME_NO_LINE, NULL, 0, 0}},
	{{NULL, "heron_xmit.cold", 0x1a, 0x2c, false, NULL},
	 {FRAME_NO_SYMBOL, NULL, 0, 0}},
	{{NULL, "heron_xmi", 0x1a, 0x2c, false, NULL},
	 {FRAME_AMBIGUOUS, NULL, 0, 117}},
	{{NULL, "heron_xmit", UINT64_MAX, UINT64_MAX, false, NULL},
	 {FRAME_AMBIGUOUS, answer_sample_chain, 2, 4294967295u}},
	{{NULL, "h", 0, 0, false, NULL},
	 {FRAME_RESOLVED, answer_sample_chain, 2, 1}},
};

static inline void assert_same_text(const char *a, const char *b)
{
	assert_int_equal(!a, !b);
	if (a)
		assert_string_equal(a, b);
}

static inline void assert_same_answer(const struct frame_answer *a,
				      const struct frame_answer *b)
{
	assert_int_equal(a->status, b->status);
	assert_int_equal(a->candidates, b->candidates);
	assert_int_equal(a->line_count, b->line_count);
	for (size_t i = 0; i < a->line_count; i++) {
		assert_int_equal(a->lines[i].line, b->lines[i].line);
		assert_same_text(a->lines[i].function, b->lines[i].function);
		assert_same_text(a->lines[i].file, b->lines[i].file);
	}
}

#endif
