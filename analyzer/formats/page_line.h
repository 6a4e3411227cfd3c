/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of dump_page() and of what prints it, without a log's prefix
 * (mm/debug.c, mm/page_owner.c: __dump_page_owner(), bad_page()).
 */
#ifndef PAGEOWL_FORMATS_PAGE_LINE_H
#define PAGEOWL_FORMATS_PAGE_LINE_H

#include "base/span.h"

enum page_line_kind {
	PAGE_LINE_BAD,	  /* "BUG: Bad page state in process x  pfn:1234" */
	PAGE_LINE_PAGE,	  /* "page:0x… refcount:1 mapcount:0 … pfn:0x12" */
	PAGE_LINE_FLAGS,  /* "anon flags: 0x…(lru|…) CMA" */
	PAGE_LINE_TYPE,	  /* "page_type: f5(slab)" */
	PAGE_LINE_REASON, /* "page dumped because: …" */
	PAGE_LINE_DETAIL, /* others of the page: "head:", "raw:", "aops:" … */
	PAGE_LINE_HELD,	  /* "page_owner tracks the page as allocated" */
	PAGE_LINE_FREED,  /* "page_owner tracks the page as freed" */
	PAGE_LINE_OWNER,  /* "page [last ]allocated via order …" */
	PAGE_LINE_FREE,	  /* "page last free pid 1 tgid 1 stack trace:" */
	PAGE_LINE_NO_STACK, /* "page_owner allocation stack trace missing" */
	PAGE_LINE_NO_FREE,  /* "page_owner free stack trace missing" */
	/* "page_owner info is not present (never set?)" */
	PAGE_LINE_NO_OWNER,
	PAGE_LINE_MIGRATED, /* "page has been migrated, last …" */
};

struct page_line {
	enum page_line_kind kind;
	uint64_t pfn;	     /* or PFN_NONE */
	struct span pointer; /* "ffffea0000a1b2c0", or empty */
	struct span text;    /* what the line tells: flags, a reason … */
};

/* False: line is none of these. */
bool page_line_parse(struct span line, struct page_line *ret);

#endif
