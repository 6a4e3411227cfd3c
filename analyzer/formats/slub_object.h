/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One object that SLUB reports as remaining, while its lines come. */
#ifndef PAGEOWL_FORMATS_SLUB_OBJECT_H
#define PAGEOWL_FORMATS_SLUB_OBJECT_H

#include "formats/log_stack.h"
#include "formats/slub_line.h"
#include "model/record.h"

/* A piece of a line, kept; a longer one is cut. */
struct slub_text {
	size_t length;
	char bytes[128];
};

void slub_text_keep(struct slub_text *text, struct span span);

static inline struct span slub_text_span(const struct slub_text *text)
{
	return (struct span){text->bytes, text->length};
}

struct slub_object {
	bool open;
	bool cut;	     /* the text ended in one of its lines */
	uint64_t first_line; /* from 1 */
	struct slub_text address, offset, cpu, pid;
	struct object_facts facts;
	size_t symbol_length; /* of the line in stack that the track itself is;
				 0: no track came */
	struct log_stack stack;
};

/* Nothing is known of it, not even an address. */
void slub_object_clear(struct slub_object *object);

/* Begin with its line, which has this number. */
void slub_object_open(struct slub_object *object, const struct slub_line *line,
		      uint64_t number);

/* Who allocated it; the frames follow. What comes first is taken. */
void slub_object_track(struct slub_object *object,
		       const struct slub_line *line);

/* The text ended in the line that was taken last. */
void slub_object_note_cut(struct slub_object *object);

/* The frames, and the symbol of the track where it is not among them. */
struct span slub_object_stack(struct slub_object *object);

#endif
