/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One record of slab traces while its lines come: a count line, the wrapped
 * rest of it, frames. It keeps their text, which a block takes with it.
 */
#ifndef PAGEOWL_FORMATS_SLAB_RECORD_H
#define PAGEOWL_FORMATS_SLAB_RECORD_H

#include "formats/format.h"
#include "formats/slab_facts.h"
#include "formats/slab_line.h"
#include "formats/stack_text.h"

/* Of a count line: 8192 CPUs, every other one, are 20 KB. */
#define SLAB_FACTS_MAX ((size_t)64 << 10)

struct slab_record {
	uint64_t line; /* of its count line, from 1 */
	uint64_t count;
	struct slab_facts facts; /* they borrow from kept */
	size_t symbol_length;	 /* of the symbol's line in stack */
	size_t kept_length;
	bool cut;		 /* the text ended inside of it */
	struct stack_text stack; /* the symbol, then the frames */
	char kept[SLAB_FACTS_MAX];
};

/*
 * Begin with the line of this number; cut: no newline stands behind it. False:
 * the line is damaged, or too long, and the record of no use.
 */
bool slab_record_open(struct slab_record *record, const struct slab_line *line,
		      uint64_t number, bool cut);

/* Whether text is the other end of the count line: a mail program broke it. */
bool slab_record_is_wrapped(const struct slab_record *record, struct span text);

/* Add facts; false: they are damaged, and the record of no use. */
bool slab_record_add_facts(struct slab_record *record, struct span text);

/*
 * Add the frames from at on that stand there as the kernel prints them: the
 * quick way. Returns the start of the first line that does not, which others
 * have to look at; *lines grows by those before it.
 */
const char *slab_record_add_plain_frames(struct slab_record *record,
					 const char *at, const char *end,
					 uint64_t *lines);

/* What the count line names, for messages. */
struct span slab_record_symbol(const struct slab_record *record);

/* Hand it to the sink. False when the sink failed. */
bool slab_record_deliver(const struct slab_record *record, struct span cache,
			 struct sink *sink, struct error *err);

#endif
