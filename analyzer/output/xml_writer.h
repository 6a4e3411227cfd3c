/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes XML 1.0 as it goes: elements on lines of their own, two spaces for
 * each level, always valid UTF-8 without the characters that XML forbids.
 * Misuse is caught by assert().
 */
#ifndef PAGEOWL_OUTPUT_XML_WRITER_H
#define PAGEOWL_OUTPUT_XML_WRITER_H

#include <stdio.h>

#include "base/span.h"

#define XML_DEPTH_MAX 8

struct xml_writer {
	FILE *file;
	const char *names[XML_DEPTH_MAX]; /* of the open elements; borrowed */
	unsigned depth;			  /* how many are open */
	bool in_tag; /* attributes of the innermost can still be added */
	bool filled; /* it has text: no blanks may be added */
};

/* What comes first. */
void xml_begin(struct xml_writer *xml);

void xml_open(struct xml_writer *xml, const char *name);
void xml_close(struct xml_writer *xml);

/* Of the element just opened, before anything is in it. Bytes that are no
 * UTF-8, and harmful or forbidden characters, become "\xNN". */
void xml_attribute(struct xml_writer *xml, const char *name, struct span value);
void xml_attribute_u64(struct xml_writer *xml, const char *name,
		       uint64_t value);

/* Text of an element that holds nothing else, escaped in the same way. */
void xml_text(struct xml_writer *xml, struct span text);

/* A line ends in such text: text itself cannot hold one. */
void xml_newline(struct xml_writer *xml);

#endif
