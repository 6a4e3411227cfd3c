/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /sys/kernel/debug/page_owner_stacks/, Linux 6.9 and newer (mm/page_owner.c,
 * stack_print() and its siblings): pages that are allocated now, by stack.
 * The text is the same from 6.9 to 7.1:
 *
 *   show_stacks           " frame" lines, "nr_base_pages: %d", blank
 *   show_handles          "handle: %d", "nr_base_pages: %d", blank   (6.19)
 *   show_stacks_handles   " frame" lines, "handle: %d", blank        (6.19)
 *
 * "stack_count: %d" is what nr_base_pages was called in release candidates of
 * 6.9. The depot's handle is an u32 printed with %d: its sign means nothing.
 *
 * show_stacks says all that can be known and is handed on as it comes. The
 * other two are halves of it: they are kept until the end and joined, unless
 * show_stacks was there too, for then they say the same pages again.
 */
#include "formats/format.h"
#include "formats/handle_stacks.h"
#include "formats/stack_text.h"
#include "formats/stacks_line.h"

/* What the lines since the last block have told. */
enum open_block {
	OPEN_NOTHING,
	OPEN_FRAMES,	    /* one or more, in stack */
	OPEN_HANDLE,	    /* a handle that no frames preceded */
	OPEN_CLOSED_HANDLE, /* and a blank line: perhaps without frames */
	OPEN_JOINED_HANDLE, /* a handle whose stack is known */
};

struct page_owner_stacks {
	uint64_t line;	      /* lines before the text now looked at */
	uint64_t first_line;  /* of the open block */
	enum open_block open; /* what is open */
	uint32_t handle;      /* of the open block */
	unsigned path;	      /* hash of the member's path */
	bool failed;	      /* the sink has failed */
	bool has_stacks;      /* show_stacks was delivered */
	/* Of the line read last: */
	bool cut;	 /* it has no newline */
	struct span raw; /* as it stands there */
	/* Of the block of text now read: */
	struct sink *sink;
	struct error *err;
	struct handle_stacks handles;
	struct stack_text stack; /* of the open block */
};

#define EXPECTED_COUNT "\"nr_base_pages: <number>\""

/* ---- what was found ---- */

static void damage(const struct page_owner_stacks *state, const char *expected,
		   struct span found, bool stray)
{
	const struct damage damage = {
		.line = state->line,
		.expected = expected,
		.found = found,
		.stray = stray,
	};

	state->sink->damage(state->sink, &damage);
}

static bool deliver(struct page_owner_stacks *state, struct span stack,
		    uint64_t pages, uint64_t line, bool unfinished)
{
	const struct record record = {
		.stack = stack,
		.count = 1, /* of how many allocations is not told */
		.units = pages,
		.alloc_ts_ns = TS_NONE,
		.pfn = PFN_NONE,
		.line = line,
		.unfinished = unfinished,
	};

	state->failed = !state->sink->record(state->sink, &record, state->err);
	return !state->failed;
}

static bool name_handle(struct page_owner_stacks *state, uint32_t handle,
			struct span stack)
{
	return handle_stacks_name(&state->handles, handle, stack, state->err);
}

static void forget_block(struct page_owner_stacks *state)
{
	state->open = OPEN_NOTHING;
	state->stack.length = 0;
}

/* What was open goes on no more; found stands where its end was expected. */
static bool abandon_block(struct page_owner_stacks *state, struct span found)
{
	bool done = true;

	switch (state->open) {
	case OPEN_NOTHING:
	case OPEN_JOINED_HANDLE:
		break;
	case OPEN_CLOSED_HANDLE:
		done = name_handle(state, state->handle, SPAN(""));
		break;
	case OPEN_FRAMES:
	case OPEN_HANDLE:
		damage(state, EXPECTED_COUNT, found, false);
		break;
	}
	forget_block(state);
	return done;
}

/* ---- the careful way: line by line ---- */

/* What follows a handle is no count: its block had no frames above it. */
static void close_handle(struct page_owner_stacks *state)
{
	if (state->open == OPEN_HANDLE)
		state->open = OPEN_CLOSED_HANDLE;
}

static bool take_blank(struct page_owner_stacks *state)
{
	/* What somebody pasted may have blank lines everywhere. */
	close_handle(state);
	if (state->open == OPEN_CLOSED_HANDLE)
		return true;
	return abandon_block(state, SPAN(""));
}

static bool take_frame(struct page_owner_stacks *state, struct span frame)
{
	close_handle(state);
	if (state->open != OPEN_FRAMES) {
		if (!abandon_block(state, frame))
			return false;
		state->open = OPEN_FRAMES;
		state->first_line = state->line;
	}
	if (!span_starts_with(frame, SPAN("? ")) &&
	    !stack_text_add(&state->stack, frame))
		damage(state, "no more than 64 KiB of frames", frame, true);
	return true;
}

static bool take_handle(struct page_owner_stacks *state, uint32_t handle)
{
	if (state->open == OPEN_FRAMES) {
		if (!name_handle(state, handle, stack_text_span(&state->stack)))
			return false;
		state->stack.length = 0;
		state->open = OPEN_JOINED_HANDLE;
	} else {
		close_handle(state);
		if (!abandon_block(state, SPAN("")))
			return false;
		state->open = OPEN_HANDLE;
	}
	state->handle = handle;
	state->first_line = state->line;
	return true;
}

static bool take_count(struct page_owner_stacks *state, uint64_t pages)
{
	struct span stack = stack_text_span(&state->stack);
	enum open_block open = state->open;
	uint64_t line = state->first_line;

	forget_block(state);
	if (open == OPEN_NOTHING)
		line = state->line;
	if (open != OPEN_NOTHING && open != OPEN_FRAMES)
		return handle_stacks_count(&state->handles, state->handle,
					   pages, line, state->err);
	state->has_stacks = true;
	return deliver(state, stack, pages, line, state->cut);
}

static bool skip_block(struct page_owner_stacks *state, const char *expected)
{
	damage(state, expected, state->raw, false);
	forget_block(state);
	return true;
}

static bool take_parsed(struct page_owner_stacks *state,
			const struct stacks_line *line)
{
	switch (line->kind) {
	case LINE_COUNT:
		return take_count(state, line->pages);
	case LINE_HANDLE:
		return take_handle(state, line->handle);
	case LINE_BLANK:
		return take_blank(state);
	case LINE_FRAME:
		return take_frame(state, line->frame);
	case LINE_BAD_COUNT:
		return skip_block(state, EXPECTED_COUNT);
	case LINE_BAD_HANDLE:
		return skip_block(state, "\"handle: <number of 32 bits>\"");
	case LINE_OTHER:
		break;
	}
	damage(state, "a frame, a handle or " EXPECTED_COUNT, state->raw, true);
	return true;
}

static bool is_damaged(const struct stacks_line *line)
{
	return line->kind == LINE_BAD_COUNT || line->kind == LINE_BAD_HANDLE ||
	       line->kind == LINE_OTHER;
}

static bool take_line(struct page_owner_stacks *state)
{
	struct span text = stacks_line_bare(state->raw), glued;
	struct stacks_line line;

	stacks_line_read(text, &line);
	state->line++;
	if (is_damaged(&line) && stacks_line_find_glued(text, &glued)) {
		if (state->open == OPEN_NOTHING)
			state->open = OPEN_FRAMES;
		if (!abandon_block(state, state->raw))
			return false;
		stacks_line_read(glued, &line);
	}
	return take_parsed(state, &line);
}

/* ---- the quick way: a block that lies there whole ---- */

/*
 * Whether the careful way would read these frames just as they stand. There is
 * a colon behind a path that grep has put before a line.
 */
static bool is_plain_stack(struct span stack)
{
	return stack.length <= STACK_TEXT_MAX &&
	       !memchr(stack.at, ':', stack.length) &&
	       !memchr(stack.at, '\r', stack.length) &&
	       !memchr(stack.at, '\t', stack.length) &&
	       !span_find(stack, SPAN(" \n"));
}

/* Put what is behind the block into ret; NULL: it is none of this kind. */
static bool quick_block(struct page_owner_stacks *state, const char *at,
			const char *end, const char **ret)
{
	const struct text_scan *scan = state->sink->scan;
	struct text_run run = scan->indented(at, end);
	struct stacks_line line;
	struct span stack;
	const char *newline;
	bool done = true;

	*ret = NULL;
	if (!run.end || run.end == end || run.odd)
		return true;
	stack = span_between(at, run.end);
	newline = scan->newline(run.end, end);
	if (!newline || !is_plain_stack(stack))
		return true;
	stacks_line_read(span_between(run.end, newline), &line);
	if (line.kind == LINE_COUNT) {
		state->has_stacks = true;
		done = deliver(state, stack, line.pages, state->line + 1,
			       false);
	} else if (line.kind == LINE_HANDLE) {
		done = name_handle(state, line.handle, stack);
		state->open = OPEN_JOINED_HANDLE;
		state->handle = line.handle;
		state->first_line = state->line + run.lines + 1;
	} else {
		return true;
	}
	state->line += run.lines + 1;
	*ret = newline + 1;
	return done;
}

/* Another member begins: its first line has nothing to do with the last. */
static bool enter_member(struct page_owner_stacks *state)
{
	struct span name = state->sink->path;
	unsigned path = table_hash(name.at, name.length);
	bool other = state->cut || path != state->path;

	state->path = path;
	state->cut = false;
	return !other || abandon_block(state, SPAN("the end of the text"));
}

static bool take_block(struct page_owner_stacks *state, const char *at,
		       const char *end)
{
	const char *next, *newline;

	while (at < end) {
		next = NULL;
		if (*at == ' ' && !state->sink->careful &&
		    state->open == OPEN_NOTHING &&
		    !quick_block(state, at, end, &next))
			return false;
		if (next) {
			at = next;
			continue;
		}
		newline = state->sink->scan->newline(at, end);
		state->cut = !newline;
		state->raw = span_between(at, newline ? newline : end);
		if (!take_line(state))
			return false;
		at = newline ? newline + 1 : end;
	}
	return true;
}

static bool page_owner_stacks_block(void *context, struct span lines,
				    struct sink *sink, struct error *err)
{
	struct page_owner_stacks *state = context;

	state->sink = sink;
	state->err = err;
	return !lines.length || (enter_member(state) &&
				 take_block(state, lines.at, span_end(lines)));
}

static bool deliver_handles(struct page_owner_stacks *state)
{
	const struct handle_stack *entry;
	struct handle_text text;

	for (entry = state->handles.first_counted; entry; entry = entry->next)
		if (!deliver(state, handle_stack_text(entry, &text),
			     entry->pages, entry->line, false))
			return false;
	handle_stacks_remark(&state->handles, state->sink);
	return true;
}

static bool page_owner_stacks_finish(void *context, enum ending ending,
				     struct sink *sink, struct error *err)
{
	struct page_owner_stacks *state = context;
	bool done = !state->failed;

	(void)ending;
	state->sink = sink;
	state->err = err;
	if (done)
		done = abandon_block(state, SPAN("the end of the text"));
	/* The handle files say the same pages again. */
	if (done && !state->has_stacks)
		done = deliver_handles(state);
	handle_stacks_deinit(&state->handles);
	sink->lines = state->line;
	return done;
}

static const char *const page_owner_stacks_paths[] = {
	"sys/kernel/debug/page_owner_stacks/show_stacks",
	"sys/kernel/debug/page_owner_stacks/show_stacks_handles",
	"sys/kernel/debug/page_owner_stacks/show_handles",
	"page_owner_stacks",
	"show_stacks",
	"show_stacks_handles",
	"show_handles",
	NULL,
};

const struct format format_page_owner_stacks = {
	.name = "page_owner_stacks",
	.title = "page_owner_stacks/show_* of Linux 6.9 and newer",
	.state_size = sizeof(struct page_owner_stacks),
	.paths = page_owner_stacks_paths,
	.joined = true,
	.stacks_only = true,
	.noun = "stack",
	.unit = UNIT_PAGE,
	.sniff = stacks_line_sniff,
	.precedes = stacks_line_precedes,
	.block = page_owner_stacks_block,
	.finish = page_owner_stacks_finish,
};
