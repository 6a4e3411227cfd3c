/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/page_report.h"

/* As many lines of others may stand between two of a report. */
#define FOREIGN_MAX 16

static void keep(struct page_text *text, struct span span)
{
	text->length =
		span.length < PAGE_TEXT_MAX ? span.length : PAGE_TEXT_MAX;
	if (text->length)
		memcpy(text->bytes, span.at, text->length);
}

void page_report_open(struct page_report *report, uint64_t number)
{
	report->open = true;
	report->has_page = false;
	report->bad = false;
	report->wants_owner = false;
	report->has_owner = false;
	report->ends_late = false;
	report->has_end = false;
	report->no_owner = false;
	report->mixed = false;
	report->cut = false;
	report->slab = false;
	report->has_reason = false;
	report->hold = HOLD_UNTOLD;
	report->foreign = 0;
	report->first_line = number;
	report->pfn = PFN_NONE;
	report->pointer.length = 0;
	report->reason.length = 0;
	report->flags.length = 0;
	report->owner.length = 0;
	report->stack.open = false;
	report->stack.text.length = 0;
}

/* Where the head of a report was lost its owner may still be there. */
bool page_report_is_begun_by(const struct page_report *report,
			     const struct page_line *line)
{
	switch (line->kind) {
	case PAGE_LINE_BAD:
		return true;
	case PAGE_LINE_PAGE:
		return !report->open || !report->bad;
	case PAGE_LINE_HELD:
	case PAGE_LINE_FREED:
	case PAGE_LINE_OWNER:
		return !report->open || report->has_owner;
	case PAGE_LINE_FLAGS:
	case PAGE_LINE_TYPE:
	case PAGE_LINE_REASON:
	case PAGE_LINE_DETAIL:
	case PAGE_LINE_FREE:
	case PAGE_LINE_NO_STACK:
	case PAGE_LINE_NO_FREE:
	case PAGE_LINE_NO_OWNER:
	case PAGE_LINE_MIGRATED:
		return false;
	}
	return false;
}

static void take_page(struct page_report *report, const struct page_line *line)
{
	report->has_page = true;
	report->bad = line->kind == PAGE_LINE_BAD;
	if (line->pfn != PFN_NONE)
		report->pfn = line->pfn;
	keep(&report->pointer, line->pointer);
}

static void take_flags(struct page_report *report, struct span flags)
{
	static const struct span label = {" Flags ", 7};

	report->mixed |= report->flags.length != 0;
	if (flags.length > PAGE_TEXT_MAX - label.length)
		flags.length = PAGE_TEXT_MAX - label.length;
	memcpy(report->flags.bytes, label.at, label.length);
	memcpy(report->flags.bytes + label.length, flags.at, flags.length);
	report->flags.length = label.length + flags.length;
}

static void take_reason(struct page_report *report, struct span reason)
{
	report->mixed |= report->has_reason;
	report->has_reason = true;
	keep(&report->reason, reason);
}

static void take_hold(struct page_report *report, enum page_hold hold)
{
	report->mixed |= report->hold != HOLD_UNTOLD;
	report->hold = hold;
}

bool page_report_owner(const struct page_report *report,
		       struct owner_header *ret, struct span *ret_type)
{
	return owner_dump_parse(page_text_span(&report->owner), ret, ret_type);
}

/* Whether a number has to come. */
static bool is_open(struct span line)
{
	static const struct span labels[] = {
		{",", 1},    {" ts", 3},   {" free_ts", 8},
		{" pid", 4}, {" tgid", 5},
	};
	size_t i;

	line = span_trim_end(line);
	for (i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (span_drop(&line, labels[i]))
			return true;
	return false;
}

/* Try what there is of the owner's line. */
static void try_owner(struct page_report *report)
{
	struct owner_header header;
	struct span type;

	if (is_open(page_text_span(&report->owner)) ||
	    !page_report_owner(report, &header, &type))
		return;
	report->wants_owner = false;
	report->has_owner = true;
	report->ends_late = span_starts_with(header.front, SPAN("page last "));
	log_stack_open(&report->stack);
}

static void take_owner(struct page_report *report, struct span line)
{
	report->mixed |= report->owner.length != 0;
	keep(&report->owner, line);
	report->wants_owner = true;
	try_owner(report);
}

/* A mail program has broken the line at a space, which may still be there. */
static void try_broken(struct page_report *report)
{
	struct page_text kept = report->owner, *owner = &report->owner;
	size_t i;

	owner->length = 0;
	for (i = 0; i < kept.length; i++)
		if (kept.bytes[i] != '\n')
			owner->bytes[owner->length++] = kept.bytes[i];
		else if (owner->length &&
			 owner->bytes[owner->length - 1] != ' ')
			owner->bytes[owner->length++] = ' ';
	try_owner(report);
	if (!report->has_owner)
		*owner = kept;
}

/* A task's name may hold newlines. */
static void go_on_owner(struct page_report *report, struct span line)
{
	struct page_text *owner = &report->owner;

	if (line.length + 1 > PAGE_TEXT_MAX - owner->length)
		return;
	owner->bytes[owner->length++] = '\n';
	if (line.length)
		memcpy(owner->bytes + owner->length, line.at, line.length);
	owner->length += line.length;
	try_owner(report);
	if (!report->has_owner)
		try_broken(report);
}

/* "index:0x0 pfn:0x33a1", which a mail program has broken off a page's line. */
static bool take_broken_pfn(struct page_report *report, struct span line)
{
	const char *at = span_find(line, SPAN("pfn:0x"));
	uint64_t pfn;

	if (!report->has_page || report->pfn != PFN_NONE || report->foreign ||
	    report->flags.length || !at ||
	    (at > line.at && !span_starts_with(line, SPAN("index:")) &&
	     !span_starts_with(line, SPAN("mapping:"))))
		return false;
	line = span_skip(span_between(at, span_end(line)), 4);
	if (!span_take_hex(&line, &pfn) || line.length)
		return false;
	report->pfn = pfn;
	return true;
}

void page_report_take(struct page_report *report, const struct page_line *line,
		      struct span text)
{
	report->foreign = 0;
	if (line->kind != PAGE_LINE_DETAIL)
		report->stack.open = false;
	switch (line->kind) {
	case PAGE_LINE_BAD:
	case PAGE_LINE_PAGE:
		take_page(report, line);
		return;
	case PAGE_LINE_FLAGS:
		take_flags(report, line->text);
		return;
	case PAGE_LINE_TYPE:
		report->slab = span_find(line->text, SPAN("slab"));
		return;
	case PAGE_LINE_REASON:
		take_reason(report, line->text);
		return;
	case PAGE_LINE_HELD:
		take_hold(report, HOLD_ALLOCATED);
		return;
	case PAGE_LINE_FREED:
		take_hold(report, HOLD_FREED);
		return;
	case PAGE_LINE_OWNER:
		take_owner(report, text);
		return;
	case PAGE_LINE_NO_OWNER:
		report->no_owner = true;
		return;
	case PAGE_LINE_FREE:
	case PAGE_LINE_NO_FREE:
		report->mixed |= report->has_end;
		report->has_end = true;
		return;
	case PAGE_LINE_DETAIL:
	case PAGE_LINE_NO_STACK:
	case PAGE_LINE_MIGRATED:
		return;
	}
}

bool page_report_take_other(struct page_report *report, struct span text)
{
	if (log_stack_take(&report->stack, text)) {
		report->foreign = 0;
		return true;
	}
	if (log_line_opens_other(text))
		return false;
	if (take_broken_pfn(report, span_trim_end(text)))
		return true;
	if (report->wants_owner)
		go_on_owner(report, text);
	return ++report->foreign <= FOREIGN_MAX;
}
