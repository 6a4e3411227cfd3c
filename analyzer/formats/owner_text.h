/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of a page_owner record, each recognised by its shape and never by
 * the kernel's version: distributions backport. docs/formats.md shows them
 * all. page_owner_sort copies some of them to its output.
 */
#ifndef PAGEOWL_FORMATS_OWNER_TEXT_H
#define PAGEOWL_FORMATS_OWNER_TEXT_H

#include "formats/format.h"

/* What every header begins with. 25 bytes: no task name can hold it. */
#define OWNER_HEADER SPAN("Page allocated via order ")

/*
 * "Page allocated via order N, mask 0xH[(NAMES)][, pid N][, tgid N (COMM)]
 * [, ts N ns][, free_ts N ns]". Fields that are not there stay empty.
 */
struct owner_header {
	struct span front; /* the text up to the mask and its names */
	struct span order_text, gfp, pid, tgid, comm;
	uint64_t ts_ns; /* or TS_NONE */
	unsigned order;
	bool no_mask; /* "mask 0x0": allocated before page_owner */
};

/*
 * Parse a whole header, anchored at both ends; text may hold newlines, as the
 * task name may. False: it is none.
 */
bool owner_header_parse(struct span text, struct owner_header *ret);

/*
 * The same, where header holds that of the record before, whose text is still
 * there: order and mask seldom change. On failure header is damaged.
 */
bool owner_header_parse_next(struct span text, struct owner_header *header);

/*
 * The same as dump_page() prints it: "page [last ]allocated via order N,
 * migratetype T, gfp_mask 0xH(NAMES)[, pid N …][, ts N][, free_ts N]", without
 * " ns". ret_type is T.
 */
bool owner_dump_parse(struct span text, struct owner_header *ret,
		      struct span *ret_type);

/* "PFN 0x6f2c type Movable Block 55 type Movable Flags 0x…(…)" */
struct owner_page {
	struct span line;
	struct span migratetype; /* empty before 4.6 */
	struct span rest;	 /* of the line, from " Block " on */
	uint64_t pfn;
};

/* False: line is no such line. Looks at its beginning only. */
bool owner_page_parse(struct span line, struct owner_page *ret);

/* The lines that follow a stack. */
struct owner_trailer {
	struct span memcg;  /* the name, or empty */
	struct span handle; /* the digits, or empty */
	bool memcg_offline;
	bool slab; /* "Slab cache page" */
};

/* Take line into ret; false: it is no line of a trailer. */
bool owner_trailer_line(struct span line, struct owner_trailer *ret);

/*
 * Start a record, which was zeroed once, from a header, and from a PFN line if
 * there is one. What the trailer and the caller fill in is left alone.
 */
void owner_record_init(struct record *record, const struct owner_header *header,
		       const struct owner_page *page);

/* Fill in the fields that the sink wants. page may be NULL. */
void owner_record_fields(struct record *record, field_set wanted,
			 const struct owner_header *header,
			 const struct owner_page *page,
			 const struct owner_trailer *trailer);

#endif
