/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/page_line.h"

#include "model/record.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* "pfn:0x1b5c4", the last word; false: there is none. */
static bool find_pfn(struct span line, uint64_t *ret)
{
	const char *at = span_find(line, SPAN(" pfn:0x"));
	struct span rest;

	if (!at)
		return false;
	rest = span_between(at + 5, span_end(line));
	return span_take_hex(&rest, ret) &&
	       (!rest.length || span_is_blank(rest.at[0]));
}

/*
 * "page:%p count:%d mapcount:%d …" up to 5.1, "page:%px refcount:%d …" then,
 * "page: refcount:%d …" from 6.9 on; "page:%p is uninitialized and poisoned".
 */
static bool parse_page(struct span line, struct page_line *ret)
{
	struct span word = {line.at, 0};

	if (!span_take(&line, SPAN("page:")))
		return false;
	if (line.length && !span_is_blank(line.at[0]))
		span_take_word(&line, &word);
	if (!span_starts_with(line, SPAN(" refcount:")) &&
	    !span_starts_with(line, SPAN(" count:")) &&
	    !(word.length &&
	      span_starts_with(line, SPAN(" is uninitialized and poisoned"))))
		return false;
	ret->kind = PAGE_LINE_PAGE;
	if (word.length > 5)
		ret->pointer = word;
	if (!find_pfn(line, &ret->pfn))
		ret->pfn = PFN_NONE;
	return true;
}

/* The number is hexadecimal, without "0x". */
static bool parse_bad(struct span line, struct page_line *ret)
{
	const char *at = span_find_last(line, ' ');
	struct span rest;
	uint64_t pfn = 0;

	if (!span_starts_with(line, SPAN("BUG: Bad page state in process ")) ||
	    !at)
		return false;
	rest = span_between(at + 1, span_end(line));
	if (!span_take(&rest, SPAN("pfn:")) || !rest.length || rest.length > 16)
		return false;
	for (; rest.length; rest = span_skip(rest, 1)) {
		int digit = span_hex_digit(rest.at[0]);

		if (digit < 0)
			return false;
		pfn = pfn << 4 | (unsigned)digit;
	}
	ret->kind = PAGE_LINE_BAD;
	ret->pfn = pfn;
	return true;
}

/* "flags: …" with "anon ", "ksm " or an "aops name:… " before it */
static bool parse_flags(struct span line, struct page_line *ret)
{
	const char *at = span_find(line, SPAN("flags: 0x"));

	if (!at || at - line.at > 5 ||
	    (at > line.at && !span_starts_with(line, SPAN("anon ")) &&
	     !span_starts_with(line, SPAN("ksm "))))
		return false;
	ret->kind = PAGE_LINE_FLAGS;
	ret->text = span_between(at + 7, span_end(line));
	return true;
}

/* A line that is told by its beginning. */
struct beginning {
	struct span text;
	enum page_line_kind kind;
};

static bool parse_beginning(struct span line, struct page_line *ret)
{
	static const struct beginning beginnings[] = {
		{{"page_type: ", 11}, PAGE_LINE_TYPE},
		{{"page dumped because: ", 21}, PAGE_LINE_REASON},
		{{"page_owner tracks the page as allocated", 39},
		 PAGE_LINE_HELD},
		{{"page_owner tracks the page as freed", 35}, PAGE_LINE_FREED},
		{{"page allocated via order ", 25}, PAGE_LINE_OWNER},
		{{"page last allocated via order ", 30}, PAGE_LINE_OWNER},
		{{"page_owner allocation stack trace missing", 41},
		 PAGE_LINE_NO_STACK},
		{{"page_owner free stack trace missing", 35},
		 PAGE_LINE_NO_FREE},
		{{"page_owner info is not ", 23}, PAGE_LINE_NO_OWNER},
		{{"There is not page extension available.", 38},
		 PAGE_LINE_NO_OWNER},
		{{"page has been migrated, last migrate reason: ", 45},
		 PAGE_LINE_MIGRATED},
		{{"head:", 5}, PAGE_LINE_DETAIL},
		{{"raw: ", 5}, PAGE_LINE_DETAIL},
		{{"memcg:", 6}, PAGE_LINE_DETAIL},
		{{"pages's memcg:", 14}, PAGE_LINE_DETAIL},
		{{"page->mem_cgroup:", 17}, PAGE_LINE_DETAIL},
		{{"aops:", 5}, PAGE_LINE_DETAIL},
		{{"bad because of flags: ", 22}, PAGE_LINE_DETAIL},
	};
	size_t i;

	for (i = 0; i < COUNT_OF(beginnings); i++) {
		const struct beginning *one = &beginnings[i];

		if (!span_take(&line, one->text))
			continue;
		ret->kind = one->kind;
		ret->text = line;
		return true;
	}
	return false;
}

/* "page last free stack trace:"; 6.8 and newer tell the task before it. */
static bool parse_free(struct span line, struct page_line *ret)
{
	if (!span_take(&line, SPAN("page last free ")) ||
	    !span_drop(&line, SPAN("stack trace:")))
		return false;
	ret->kind = PAGE_LINE_FREE;
	ret->text = span_trim_end(line);
	return true;
}

bool page_line_parse(struct span line, struct page_line *ret)
{
	struct page_line found = {.pfn = PFN_NONE};

	line = span_trim_end(line);
	if (!parse_page(line, &found) && !parse_beginning(line, &found) &&
	    !parse_free(line, &found) && !parse_flags(line, &found) &&
	    !parse_bad(line, &found))
		return false;
	*ret = found;
	return true;
}
