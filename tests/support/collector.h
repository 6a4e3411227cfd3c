/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sink that keeps all that a format tells it. */
#ifndef PAGEOWL_TESTS_SUPPORT_COLLECTOR_H
#define PAGEOWL_TESTS_SUPPORT_COLLECTOR_H

#include "base/arena.h"
#include "formats/format.h"
#include "model/stack_table.h"
#include "tests/support/text_buffer.h"

struct collected {
	struct record record;	   /* its text lies in the collector's arena */
	const struct stack *stack; /* what its stack means */
	struct object_facts
		objects;	  /* record.objects points here, or is NULL */
	struct creation creation; /* the same of record.creation */
};

/* Zeroed, but for careful and scan, is ready. */
struct collector {
	struct sink sink; /* first: the format hands it back */
	struct arena arena;
	struct stack_table stacks;
	struct collected *records;
	size_t count;
	struct damage *damages; /* found lies in the arena too */
	size_t damage_count;
	size_t skipped, stray; /* of the damages */
	struct counters counters;
	struct text_buffer remarks; /* a line each */
};

/* How text is handed to a format. */
struct collector_way {
	size_t block; /* least bytes of a block; 0: all at once */
	bool careful;
	bool portable;	  /* the portable scan */
	const char *path; /* of the member; NULL: none */
};

/* Read all of text, with all fields wanted. */
void collector_read(struct collector *collector, const struct format *format,
		    struct span text, const struct collector_way *way);
void collector_deinit(struct collector *collector);

/* All that was told, as text: what is equal was read equal. */
void collector_print(const struct collector *collector,
		     struct text_buffer *ret);

#endif
