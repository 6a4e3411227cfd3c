/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One report of dump_page() while its lines come. */
#ifndef PAGEOWL_FORMATS_PAGE_REPORT_H
#define PAGEOWL_FORMATS_PAGE_REPORT_H

#include "formats/log_stack.h"
#include "formats/owner_text.h"
#include "formats/page_line.h"

/* What is kept of a line; a longer one is cut. */
#define PAGE_TEXT_MAX 1024

struct page_text {
	size_t length;
	char bytes[PAGE_TEXT_MAX];
};

enum page_hold {
	HOLD_UNTOLD, /* kernels before 5.4 say it by the owner's line alone */
	HOLD_ALLOCATED,
	HOLD_FREED,
};

struct page_report {
	bool open;
	bool has_page;	  /* its line "page:…" came, or that of a bad page */
	bool bad;	  /* the last line was "BUG: Bad page state" */
	bool wants_owner; /* the owner's line goes on: a task's name is raw */
	bool has_owner;	  /* the owner's line came whole */
	bool ends_late;	  /* a kernel that tells the last free of all pages */
	bool has_end;	  /* which it has done */
	bool no_owner;	  /* it says that nobody is known */
	bool mixed;	  /* lines of two reports are in it */
	bool cut;	  /* the text ended in one of its lines */
	bool slab;	  /* "page_type: f5(slab)" */
	bool has_reason;
	enum page_hold hold;
	unsigned foreign;    /* lines since the last one that is its own */
	uint64_t first_line; /* from 1 */
	uint64_t pfn;	     /* or PFN_NONE */
	struct page_text pointer, reason;
	struct page_text flags; /* " Flags 0x…(…)", as page_owner has them */
	struct page_text owner; /* its lines, joined */
	struct log_stack stack; /* of the allocation */
};

/* Begin with the line of this number. */
void page_report_open(struct page_report *report, uint64_t number);

/* Whether line, of a known kind, begins another report than the open one. */
bool page_report_is_begun_by(const struct page_report *report,
			     const struct page_line *line);

/* Take a line of a known kind into the open report; text is the line. */
void page_report_take(struct page_report *report, const struct page_line *line,
		      struct span text);

/*
 * Take a line that dump_page() does not print, but for frames. False: it is
 * none of the report, which has ended.
 */
bool page_report_take_other(struct page_report *report, struct span text);

/* The owner's line; false: there is none that is whole. */
bool page_report_owner(const struct page_report *report,
		       struct owner_header *ret, struct span *ret_type);

static inline struct span page_text_span(const struct page_text *text)
{
	return (struct span){text->bytes, text->length};
}

#endif
