/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What dump_page() prints of a page into a log, with its owner, where
 * page_owner is on (mm/debug.c, mm/page_owner.c: __dump_page_owner()):
 *
 *   page: refcount:1 mapcount:0 mapping:0 index:0x0 pfn:0x33a1
 *   flags: 0x100000000000000(node=0|zone=1)
 *   raw: …
 *   page dumped because: <reason>
 *   page_owner tracks the page as allocated
 *   page last allocated via order 0, migratetype Unmovable, gfp_mask 0xcc0(…)…
 *    <frame>
 *   page last free pid 78 tgid 78 stack trace:
 *    <frame>
 *
 * A record is an allocation that was held when a page of it was dumped. Pages
 * that were free hold nothing; they, and reports without an owner, are told in
 * remarks.
 */
#include "formats/colours.h"
#include "formats/count_remark.h"
#include "formats/log_prefix.h"
#include "formats/mixed_stack.h"
#include "formats/page_repeats.h"
#include "formats/remark_names.h"
#include "formats/sniff_line.h"
#include "formats/text_cursor.h"
#include "model/stack_class.h"

/* A longer line keeps its colours. */
#define PLAIN_MAX 2048

struct dump_page {
	uint64_t line; /* lines read */
	bool failed;   /* the sink has failed */
	/* Of the block now read: */
	struct sink *sink;
	struct error *err;

	char plain[PLAIN_MAX]; /* a line without its colours */
	struct page_report report;
	struct page_repeats seen;
	/* Told by remarks: */
	uint64_t endless, ownerless, freed_later, untold;
	struct remark_names freed;
};

/* ---- records ---- */

static bool deliver(struct dump_page *state, const struct owner_header *header,
		    struct span type)
{
	struct page_report *report = &state->report;
	field_set wanted = state->sink->wanted;
	const struct owner_page page = {
		.line = page_text_span(&report->flags),
		.migratetype = type,
		.rest = page_text_span(&report->flags),
		.pfn = report->pfn,
	};
	const struct owner_trailer trailer = {.slab = report->slab};
	struct record record = {0};

	owner_record_init(&record, header, &page);
	owner_record_fields(&record, wanted, header, &page, &trailer);
	if (wanted & 1u << FIELD_KIND)
		record.fields[FIELD_KIND] = page_text_span(&report->reason);
	record.stack = log_frame_stack(&report->stack.text);
	record.line = report->first_line;
	record.unfinished = report->cut;
	state->untold += report->ends_late && report->hold == HOLD_UNTOLD;
	state->failed = !state->sink->record(state->sink, &record, state->err);
	return !state->failed;
}

/* "bash (pid 12)" had it, or "pid 12". A name has 60 bytes at most. */
static void note_freed(struct dump_page *state,
		       const struct owner_header *header)
{
	bool named = header->comm.length != 0;
	const struct span pieces[] = {
		header->comm, named ? SPAN(" (pid ") : SPAN("pid "),
		header->pid, named ? SPAN(")") : SPAN("")};
	size_t count = header->pid.length ? 4 : 1, length = 0, i;
	char who[128];

	for (i = 0; i < count; i++) {
		if (pieces[i].length)
			memcpy(who + length, pieces[i].at, pieces[i].length);
		length += pieces[i].length;
	}
	remark_names_add(&state->freed, (struct span){who, length});
}

static void damage(const struct dump_page *state, const char *expected,
		   struct span found)
{
	const struct damage damage = {
		.line = state->report.first_line,
		.expected = expected,
		.found = found,
	};

	state->sink->damage(state->sink, &damage);
}

/* Of the line that does not end as it should: what, from where on. */
static void damage_owner(const struct dump_page *state)
{
	struct span found = page_text_span(&state->report.owner);
	const char *at = span_find(found, SPAN(", gfp_mask 0x"));

	if (!at) {
		damage(state,
		       "\"page last allocated via order <number>, migratetype "
		       "<name>, gfp_mask 0x…\"",
		       found);
		return;
	}
	found = span_skip(span_between(at, span_end(found)), 2);
	at = span_find(found, SPAN(", "));
	if (at)
		found = span_between(at, span_end(found));
	damage(state,
	       at ? "\", pid <number>, tgid <number> (<name>), ts <number>, "
		    "free_ts <number>\" behind gfp_mask, as far as the "
		    "kernel has it"
		  : "the whole of gfp_mask",
	       found);
}

static bool close_owned(struct dump_page *state)
{
	const struct page_report *report = &state->report;
	struct owner_header header;
	struct span type;
	bool known;

	if (!page_report_owner(report, &header, &type) ||
	    (!page_repeats_look(&state->seen, report, &header, &known) &&
	     !error_no_memory(state->err)))
		return false;
	if (report->hold == HOLD_FREED) {
		state->freed_later += known;
		note_freed(state, &header);
		return true;
	}
	if (known)
		return true;
	state->endless += report->ends_late && !report->has_end;
	return deliver(state, &header, type);
}

static bool close_report(struct dump_page *state)
{
	struct page_report *report = &state->report;

	if (!report->open)
		return true;
	report->open = false;
	report->mixed |=
		mixed_stack_of_page(stack_text_span(&report->stack.text));
	if (report->mixed && report->owner.length)
		damage(state,
		       "the lines of one report: two CPUs have printed at the "
		       "same time",
		       page_text_span(&report->owner));
	else if (report->has_owner)
		return close_owned(state);
	else if (report->wants_owner)
		damage_owner(state);
	else
		state->ownerless++;
	return true;
}

/* ---- lines ---- */

/*
 * Another report begins. Where the open one has not ended it is that of
 * another CPU, and the lines that follow are of both.
 */
static bool begin(struct dump_page *state)
{
	struct page_report *report = &state->report;
	bool mixed = report->open && report->ends_late && !report->has_end;

	report->mixed |= mixed;
	if (!close_report(state))
		return false;
	page_report_open(report, state->line);
	report->mixed = mixed;
	return true;
}

static bool take_line(struct dump_page *state, struct span text)
{
	struct page_report *report = &state->report;
	struct page_line line;

	if (log_line_tells_loss(text))
		return close_report(state);
	if (!page_line_parse(text, &line))
		return !report->open || page_report_take_other(report, text) ||
		       close_report(state);
	if (page_report_is_begun_by(report, &line) && !begin(state))
		return false;
	if (!report->open)
		return true;
	page_report_take(report, &line, span_trim_end(text));
	return !report->no_owner || close_report(state);
}

static bool dump_page_block(void *context, struct span lines, struct sink *sink,
			    struct error *err)
{
	struct dump_page *state = context;
	struct text_cursor cursor = {
		.rest = lines,
		.line = state->line,
		.prefixed = true,
	};
	struct span line;

	state->sink = sink;
	state->err = err;
	/* The text goes on. */
	state->report.cut = false;
	while (text_cursor_next(&cursor, &line)) {
		bool cut = span_end(cursor.raw) == span_end(lines);

		state->line = cursor.line;
		line = colours_take_off(line, state->plain,
					sizeof(state->plain));
		if (!take_line(state, line))
			return false;
		state->report.cut |= cut && state->report.stack.open;
	}
	return true;
}

static void remark(const struct dump_page *state, struct sink *sink)
{
	if (state->freed.length)
		remark_names_tell(&state->freed, sink,
				  "page was free when it was dumped: it is not "
				  "counted; allocated last by",
				  "pages were free when they were dumped: they "
				  "are not counted; allocated last by");
	else
		count_remark(sink, state->freed.count,
			     "page was free when it was dumped: it is not "
			     "counted",
			     "pages were free when they were dumped: they are "
			     "not counted");
	count_remark(sink, state->freed_later,
		     "page that is counted was freed later: it was dumped "
		     "again then",
		     "pages that are counted were freed later: they were "
		     "dumped again then");
	count_remark(sink, state->seen.repeats,
		     "allocation was dumped again: it is counted once",
		     "times an allocation was dumped again: it is counted "
		     "once");
	count_remark(sink, state->seen.unlike,
		     "report tells an allocation again, with another page or "
		     "stack: lines of several CPUs may be mixed",
		     "reports tell allocations again, with other pages or "
		     "stacks: lines of several CPUs may be mixed");
	count_remark(sink, state->ownerless,
		     "page was dumped without its owner: page_owner was off, "
		     "or knows none",
		     "pages were dumped without their owners: page_owner was "
		     "off, or knows none");
	count_remark(sink, state->untold,
		     "page is counted of which lost lines would tell whether "
		     "it was free",
		     "pages are counted of which lost lines would tell whether "
		     "they were free");
	count_remark(sink, state->endless,
		     "report lacks its end: its stack may lack frames",
		     "reports lack their ends: their stacks may lack frames");
}

static bool dump_page_finish(void *context, enum ending ending,
			     struct sink *sink, struct error *err)
{
	struct dump_page *state = context;
	bool done;

	(void)ending;
	state->sink = sink;
	state->err = err;
	done = !state->failed && close_report(state);
	if (done)
		remark(state, sink);
	page_repeats_deinit(&state->seen);
	sink->lines = state->line;
	return done;
}

static bool decides(struct span head, struct span line)
{
	char plain[PLAIN_MAX];
	struct page_line found;

	(void)head;
	line = span_trim_end(line);
	line = span_skip(line, log_prefix_length(line));
	line = colours_take_off(line, plain, sizeof(plain));
	return page_line_parse(line, &found) &&
	       (found.kind == PAGE_LINE_BAD || found.kind == PAGE_LINE_PAGE ||
		found.kind == PAGE_LINE_HELD || found.kind == PAGE_LINE_FREED ||
		found.kind == PAGE_LINE_OWNER);
}

/* Where the first line begins that decides, of those with any of the marks. */
static const char *dump_page_sniff(struct span head)
{
	static const struct span marks[] = {
		{"page:", 5},
		{"Bad page state", 14},
		{"page_owner tracks the page as ", 30},
		{" allocated via order ", 21},
	};

	return sniff_lines(head, marks, sizeof(marks) / sizeof(marks[0]),
			   decides);
}

static bool parse_line(struct span line, struct page_line *ret)
{
	line = span_trim_end(line);
	line = span_skip(line, log_prefix_length(line));
	return page_line_parse(line, ret);
}

/* "BUG: Bad page state" stands above the page, and no page between them. */
static bool names_page(struct span report)
{
	struct page_line found;
	struct span line;
	bool bad = false;

	while (span_take_line(&report, &line)) {
		if (!parse_line(line, &found))
			continue;
		if (found.kind == PAGE_LINE_PAGE)
			return true;
		bad |= found.kind == PAGE_LINE_BAD;
	}
	return !bad;
}

static bool dump_page_goes_on(struct span report, struct span line)
{
	struct page_line found;

	if (!parse_line(line, &found))
		return false;
	if (found.kind == PAGE_LINE_PAGE)
		return !names_page(report);
	return found.kind != PAGE_LINE_BAD;
}

static const char *const paths[] = {NULL};

const struct format format_dump_page = {
	.name = "dump_page",
	.title = "dump_page() in a log, with the owner of the page",
	.state_size = sizeof(struct dump_page),
	.paths = paths,
	.reported = true,
	.noun = "allocation",
	.sniff = dump_page_sniff,
	.goes_on = dump_page_goes_on,
	.block = dump_page_block,
	.finish = dump_page_finish,
};
