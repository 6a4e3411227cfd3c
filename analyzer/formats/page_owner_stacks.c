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
#include "base/arena.h"
#include "base/table.h"
#include "formats/format.h"
#include "formats/frame_text.h"
#include "formats/log_prefix.h"
#include "formats/path_prefix.h"

/* Sixteen frames of the longest names are 10 KB. */
#define STACK_MAX ((size_t)64 << 10)

struct handle_entry {
	UT_hash_handle hh;
	struct span stack; /* in the arena */
	uint64_t pages;
	uint64_t line;		   /* where the pages were told */
	struct handle_entry *next; /* the one counted after it */
	uint32_t handle;	   /* the key */
	bool has_stack;
	bool has_pages;
};

/* What the lines since the last block have told. */
enum open_block {
	OPEN_NOTHING,
	OPEN_FRAMES,	    /* one or more, in stack */
	OPEN_HANDLE,	    /* a handle that no frames preceded */
	OPEN_CLOSED_HANDLE, /* and a blank line: perhaps without frames */
	OPEN_JOINED_HANDLE, /* a handle whose stack is known */
};

struct page_owner_stacks {
	uint64_t line;		    /* lines before the text now looked at */
	uint64_t first_line;	    /* of the open block */
	uint64_t repeated;	    /* handles counted more than once */
	size_t length;		    /* of the open block's stack */
	enum open_block open;	    /* what is open */
	uint32_t handle;	    /* of the open block */
	unsigned path;		    /* hash of the member's path */
	bool cut;		    /* the last line had no newline */
	bool failed;		    /* the sink has failed */
	bool has_stacks;	    /* show_stacks was delivered */
	bool has_stacks_handles;    /* a handle came with frames */
	struct handle_entry *table; /* uthash head */
	struct handle_entry *first_counted; /* in the order of show_handles */
	struct handle_entry *last_counted;
	struct arena arena;
	char stack[STACK_MAX];
};

/* ---- lines ---- */

/* "nr_base_pages: " or its old name; what is left is the number. */
static bool take_count_key(struct span *line)
{
	return span_take(line, SPAN("nr_base_pages: ")) ||
	       span_take(line, SPAN("stack_count: "));
}

static bool is_count_line(struct span line, uint64_t *ret)
{
	return take_count_key(&line) && span_take_u64(&line, ret) &&
	       frame_text_is_blank(line);
}

/* The 32 bits of a handle, printed with a sign or without. */
static bool is_handle_line(struct span line, uint32_t *ret)
{
	uint64_t value;
	bool negative;

	if (!span_take(&line, SPAN("handle: ")))
		return false;
	negative = span_take(&line, SPAN("-"));
	if (!span_take_u64(&line, &value) || !frame_text_is_blank(line) ||
	    value > (negative ? (uint64_t)1 << 31 : UINT32_MAX))
		return false;
	*ret = negative ? (uint32_t)(0 - value) : (uint32_t)value;
	return true;
}

/* As text_scan has it: whether a space stands where no frame has one. */
static bool has_odd_space(struct span frame)
{
	const char *at = frame.at, *end = span_end(frame);

	while (at < end && (at = memchr(at, ' ', (size_t)(end - at)))) {
		bool opens = at + 1 < end && at[1] == '[';

		if (!opens && (at == frame.at || at[-1] != ']'))
			return true;
		at++;
	}
	return false;
}

/* ret is the frame without what stands around it. */
static bool is_frame_line(struct span line, struct span *ret)
{
	struct span frame = line;

	while (span_take(&frame, SPAN(" ")) || span_take(&frame, SPAN("\t")))
		;
	while (frame.length && memchr(" \t\r", span_end(frame)[-1], 3))
		frame.length--;
	*ret = frame;
	/* "? sym": an address found on the stack that is no caller. */
	span_take(&frame, SPAN("? "));
	return frame.length && (frame_text_is_whole(frame) ||
				(line.at[0] == ' ' && !has_odd_space(frame)));
}

/* Whether text is how a line of a block may look that was cut. */
static bool is_cut_line(struct span text)
{
	static const char *const keys[] = {
		"nr_base_pages: ", "stack_count: ", "handle: "};
	size_t i;

	if (span_starts_with(text, SPAN(" ")))
		return !has_odd_space(span_skip(text, 1));
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct span rest = text, key = span_of(keys[i]);
		uint64_t ignored;

		if (span_starts_with(key, text))
			return true;
		if (!span_take(&rest, key))
			continue;
		span_take_u64(&rest, &ignored);
		return !rest.length;
	}
	return false;
}

/* The first line of another text, glued by cat to one that was cut. */
static bool find_glued(struct span line, struct span *ret)
{
	const char *at, *end = span_end(line);
	struct span frame;
	uint32_t ignored;

	for (at = line.at + 1; at < end; at++) {
		struct span rest = span_between(at, end);

		if ((*at == ' ' && is_frame_line(rest, &frame) &&
		     frame_text_is_whole(frame)) ||
		    (*at == 'h' && is_handle_line(rest, &ignored))) {
			*ret = rest;
			return is_cut_line(span_between(line.at, at));
		}
		if (at - line.at > 1024)
			return false;
	}
	return false;
}

/* ---- what was found ---- */

static void damage(const struct page_owner_stacks *state, struct sink *sink,
		   const char *expected, struct span found, bool stray)
{
	const struct damage damage = {
		.line = state->line,
		.expected = expected,
		.found = found,
		.stray = stray,
	};

	sink->damage(sink, &damage);
}

#define EXPECTED_COUNT "\"nr_base_pages: <number>\""

static bool deliver(struct page_owner_stacks *state, struct span stack,
		    uint64_t pages, uint64_t line, bool unfinished,
		    struct sink *sink, struct error *err)
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

	state->failed = !sink->record(sink, &record, err);
	return !state->failed;
}

static bool find_handle(struct page_owner_stacks *state, uint32_t handle,
			struct handle_entry **ret, struct error *err)
{
	struct handle_entry *entry;

	HASH_FIND(hh, state->table, &handle, sizeof(handle), entry);
	if (!entry) {
		entry = arena_alloc(&state->arena, sizeof(*entry));
		if (!entry)
			return error_no_memory(err);
		entry->handle = handle;
		HASH_ADD(hh, state->table, handle, sizeof(handle), entry);
		if (!entry->hh.tbl)
			return error_no_memory(err);
	}
	*ret = entry;
	return true;
}

/* A handle means one stack until the next boot: the first text holds. */
static bool name_handle(struct page_owner_stacks *state, uint32_t handle,
			struct span stack, struct error *err)
{
	struct handle_entry *entry;

	state->has_stacks_handles = true;
	if (!find_handle(state, handle, &entry, err))
		return false;
	if (entry->has_stack)
		return true;
	entry->has_stack = true;
	return arena_copy(&state->arena, stack, &entry->stack) ||
	       error_no_memory(err);
}

/* The pages of a handle that comes again are counted anew, not added. */
static bool count_handle(struct page_owner_stacks *state, uint64_t pages,
			 struct error *err)
{
	struct handle_entry *entry;

	if (!find_handle(state, state->handle, &entry, err))
		return false;
	if (entry->has_pages) {
		state->repeated++;
	} else if (state->last_counted) {
		state->last_counted->next = entry;
		state->last_counted = entry;
	} else {
		state->first_counted = state->last_counted = entry;
	}
	entry->has_pages = true;
	entry->pages = pages;
	entry->line = state->first_line;
	return true;
}

static void forget_block(struct page_owner_stacks *state)
{
	state->open = OPEN_NOTHING;
	state->length = 0;
}

/* What was open goes on no more; found stands where its end was expected. */
static bool abandon_block(struct page_owner_stacks *state, struct span found,
			  struct sink *sink, struct error *err)
{
	bool done = true;

	switch (state->open) {
	case OPEN_NOTHING:
	case OPEN_JOINED_HANDLE:
		break;
	case OPEN_CLOSED_HANDLE:
		done = name_handle(state, state->handle, SPAN(""), err);
		break;
	case OPEN_FRAMES:
	case OPEN_HANDLE:
		damage(state, sink, EXPECTED_COUNT, found, false);
		break;
	}
	forget_block(state);
	return done;
}

/* ---- the careful way: line by line ---- */

static bool take_blank(struct page_owner_stacks *state, struct sink *sink,
		       struct error *err)
{
	/* What somebody pasted may have blank lines everywhere. */
	if (state->open == OPEN_HANDLE)
		state->open = OPEN_CLOSED_HANDLE;
	if (state->open == OPEN_CLOSED_HANDLE)
		return true;
	return abandon_block(state, SPAN(""), sink, err);
}

static bool take_frame(struct page_owner_stacks *state, struct span frame,
		       struct sink *sink, struct error *err)
{
	char *at;

	/* A handle that frames follow ended a block that had none. */
	if (state->open == OPEN_HANDLE)
		state->open = OPEN_CLOSED_HANDLE;
	if (state->open != OPEN_FRAMES) {
		if (!abandon_block(state, frame, sink, err))
			return false;
		state->open = OPEN_FRAMES;
		state->first_line = state->line;
	}
	if (span_starts_with(frame, SPAN("? ")))
		return true;
	if (frame.length + 2 > STACK_MAX - state->length) {
		damage(state, sink, "no more than 64 KiB of frames", frame,
		       true);
		return true;
	}
	at = state->stack + state->length;
	*at = ' ';
	memcpy(at + 1, frame.at, frame.length);
	at[1 + frame.length] = '\n';
	state->length += frame.length + 2;
	return true;
}

static bool take_handle(struct page_owner_stacks *state, uint32_t handle,
			struct sink *sink, struct error *err)
{
	struct span stack = {state->stack, state->length};

	if (state->open == OPEN_FRAMES) {
		if (!name_handle(state, handle, stack, err))
			return false;
		state->length = 0;
		state->open = OPEN_JOINED_HANDLE;
	} else {
		if (state->open == OPEN_HANDLE)
			state->open = OPEN_CLOSED_HANDLE;
		if (!abandon_block(state, SPAN(""), sink, err))
			return false;
		state->open = OPEN_HANDLE;
	}
	state->handle = handle;
	state->first_line = state->line;
	return true;
}

static bool take_count(struct page_owner_stacks *state, uint64_t pages,
		       bool unfinished, struct sink *sink, struct error *err)
{
	struct span stack = {state->stack, state->length};
	enum open_block open = state->open;
	uint64_t line = state->first_line;

	forget_block(state);
	if (open == OPEN_NOTHING)
		line = state->line;
	if (open != OPEN_NOTHING && open != OPEN_FRAMES)
		return count_handle(state, pages, err);
	state->has_stacks = true;
	return deliver(state, stack, pages, line, unfinished, sink, err);
}

/* Without the log's prefix, or the path that grep has put there. */
static struct span bare_line(struct span line)
{
	static const char *const names[] = {"show_stacks", "show_handles",
					    "show_stacks_handles"};
	struct span path;
	size_t i;

	line = span_skip(line, log_prefix_length(line));
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (path_prefix_take(&line, span_of(names[i]), &path))
			break;
	return line;
}

static bool take_whole_line(struct page_owner_stacks *state, struct span line,
			    bool cut, struct sink *sink, struct error *err,
			    bool *ret_known)
{
	struct span frame;
	uint64_t pages;
	uint32_t handle;

	*ret_known = true;
	if (is_count_line(line, &pages))
		return take_count(state, pages, cut, sink, err);
	if (is_handle_line(line, &handle))
		return take_handle(state, handle, sink, err);
	if (frame_text_is_blank(line))
		return take_blank(state, sink, err);
	if (is_frame_line(line, &frame))
		return take_frame(state, frame, sink, err);
	*ret_known = false;
	return true;
}

static bool take_line(struct page_owner_stacks *state, struct span raw,
		      bool cut, struct sink *sink, struct error *err)
{
	struct span line = bare_line(raw), glued;
	bool known;

	state->line++;
	if (!take_whole_line(state, line, cut, sink, err, &known))
		return false;
	if (known)
		return true;
	if (find_glued(line, &glued)) {
		if (state->open == OPEN_NOTHING)
			state->open = OPEN_FRAMES;
		return abandon_block(state, raw, sink, err) &&
		       take_whole_line(state, glued, cut, sink, err, &known);
	}
	if (take_count_key(&line)) {
		damage(state, sink, EXPECTED_COUNT, raw, false);
		forget_block(state);
	} else if (span_take(&line, SPAN("handle: "))) {
		damage(state, sink, "\"handle: <number of 32 bits>\"", raw,
		       false);
		forget_block(state);
	} else {
		damage(state, sink, "a frame, a handle or " EXPECTED_COUNT, raw,
		       true);
	}
	return true;
}

/* ---- the quick way: a block that lies there whole ---- */

/*
 * Whether the careful way would read these frames just as they stand. There is
 * a colon behind a path that grep has put before a line.
 */
static bool is_plain_stack(struct span stack)
{
	return stack.length <= STACK_MAX &&
	       !memchr(stack.at, ':', stack.length) &&
	       !memchr(stack.at, '\r', stack.length) &&
	       !memchr(stack.at, '\t', stack.length) &&
	       !span_find(stack, SPAN(" \n"));
}

static const char *quick_block(struct page_owner_stacks *state, const char *at,
			       const char *end, struct sink *sink,
			       bool *ret_failed, struct error *err)
{
	struct text_run run = sink->scan->indented(at, end);
	struct span line, stack;
	const char *newline;
	uint64_t pages;
	uint32_t handle;

	if (!run.end || run.end == end || run.odd)
		return NULL;
	stack = span_between(at, run.end);
	newline = sink->scan->newline(run.end, end);
	if (!newline || !is_plain_stack(stack))
		return NULL;
	line = span_between(run.end, newline);
	if (is_count_line(line, &pages)) {
		state->has_stacks = true;
		*ret_failed = !deliver(state, stack, pages, state->line + 1,
				       false, sink, err);
	} else if (is_handle_line(line, &handle)) {
		*ret_failed = !name_handle(state, handle, stack, err);
		state->open = OPEN_JOINED_HANDLE;
		state->handle = handle;
		state->first_line = state->line + run.lines + 1;
	} else {
		return NULL;
	}
	state->line += run.lines + 1;
	return newline + 1;
}

/* Another member begins: its first line has nothing to do with the last. */
static bool enter_member(struct page_owner_stacks *state, struct sink *sink,
			 struct error *err)
{
	unsigned path = table_hash(sink->path.at, sink->path.length);
	bool other = state->cut || path != state->path;

	state->path = path;
	state->cut = false;
	return !other ||
	       abandon_block(state, SPAN("the end of the text"), sink, err);
}

static bool page_owner_stacks_block(void *context, struct span lines,
				    struct sink *sink, struct error *err)
{
	struct page_owner_stacks *state = context;
	const char *at = lines.at, *end = span_end(lines);

	if (at < end && !enter_member(state, sink, err))
		return false;
	while (at < end) {
		const char *next = NULL, *newline;
		bool failed = false;

		if (*at == ' ' && !sink->careful && state->open == OPEN_NOTHING)
			next = quick_block(state, at, end, sink, &failed, err);
		if (failed)
			return false;
		if (next) {
			at = next;
			continue;
		}
		newline = sink->scan->newline(at, end);
		state->cut = !newline;
		if (!take_line(state, span_between(at, newline ? newline : end),
			       state->cut, sink, err))
			return false;
		at = newline ? newline + 1 : end;
	}
	return true;
}

/* ---- the end ---- */

/* A sentence; it has room for all that we say. */
struct sentence {
	size_t length;
	char text[200];
};

static void say(struct sentence *sentence, struct span words)
{
	memcpy(sentence->text + sentence->length, words.at, words.length);
	sentence->length += words.length;
	sentence->text[sentence->length] = '\0';
}

static void say_number(struct sentence *sentence, uint64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	say(sentence, (struct span){digits + at, sizeof(digits) - at});
}

/* "1 page", "2 pages" */
static void say_count(struct sentence *sentence, uint64_t count,
		      struct span noun)
{
	say_number(sentence, count);
	say(sentence, noun);
	if (count != 1)
		say(sentence, SPAN("s"));
}

static void remark_repeated(uint64_t handles, struct sink *sink)
{
	struct sentence sentence = {0};

	say_count(&sentence, handles, SPAN(" handle"));
	say(&sentence,
	    SPAN(" came again in show_handles: the last count holds"));
	sink->remark(sink, sentence.text);
}

static void remark_nameless(uint64_t handles, uint64_t pages, struct sink *sink)
{
	struct sentence sentence = {0};

	say_count(&sentence, handles, SPAN(" handle"));
	say(&sentence, SPAN(" with "));
	say_count(&sentence, pages, SPAN(" page"));
	say(&sentence, handles == 1 ? SPAN(" has") : SPAN(" have"));
	say(&sentence, SPAN(" no stack in show_stacks_handles"));
	sink->remark(sink, sentence.text);
}

static void remark_handles(const struct page_owner_stacks *state,
			   uint64_t handles, uint64_t pages, struct sink *sink)
{
	if (!state->first_counted && state->has_stacks_handles)
		sink->remark(sink, "show_stacks_handles has no counts, and "
				   "show_handles, which has them, is missing");
	if (state->repeated)
		remark_repeated(state->repeated, sink);
	if (handles && !state->has_stacks_handles)
		sink->remark(sink, "show_stacks_handles is missing: stacks "
				   "are known by handle only");
	else if (handles)
		remark_nameless(handles, pages, sink);
}

/* What stands for the stack of a handle that nobody names. */
static struct span nameless_stack(uint32_t handle, struct sentence *ret)
{
	*ret = (struct sentence){0};
	say(ret, SPAN(" (handle "));
	say_number(ret, handle);
	say(ret, SPAN(")\n"));
	return (struct span){ret->text, ret->length};
}

static bool deliver_handles(struct page_owner_stacks *state, struct sink *sink,
			    struct error *err)
{
	const struct handle_entry *entry;
	uint64_t handles = 0, pages = 0;

	for (entry = state->first_counted; entry; entry = entry->next) {
		struct span stack = entry->stack;
		struct sentence sentence;

		if (!entry->has_stack) {
			stack = nameless_stack(entry->handle, &sentence);
			handles++;
			pages += entry->pages;
		}
		if (!deliver(state, stack, entry->pages, entry->line, false,
			     sink, err))
			return false;
	}
	remark_handles(state, handles, pages, sink);
	return true;
}

static bool page_owner_stacks_finish(void *context, enum ending ending,
				     struct sink *sink, struct error *err)
{
	struct page_owner_stacks *state = context;
	bool done = !state->failed;

	(void)ending;
	if (done)
		done = abandon_block(state, SPAN("the end of the text"), sink,
				     err);
	/* The handle files say the same pages again. */
	if (done && !state->has_stacks)
		done = deliver_handles(state, sink, err);
	HASH_CLEAR(hh, state->table);
	arena_deinit(&state->arena);
	sink->lines = state->line;
	return done;
}

/* ---- sniffing ---- */

/* The line around at; its first byte is ret_line's. */
static struct span line_around(struct span text, const char *at)
{
	const char *begin = at, *end = span_end(text);
	const char *newline = memchr(at, '\n', (size_t)(end - at));

	while (begin > text.at && begin[-1] != '\n')
		begin--;
	return span_between(begin, newline ? newline : end);
}

/* Where key begins a line that is_line() believes. */
static const char *find_line(struct span head, struct span key,
			     bool (*is_line)(struct span head, struct span raw))
{
	struct span rest = head;
	const char *hit;

	while ((hit = span_find(rest, key))) {
		struct span raw = line_around(head, hit);

		if (is_line(head, raw))
			return raw.at;
		rest = span_between(span_end(raw), span_end(head));
	}
	return NULL;
}

static bool is_counting(struct span head, struct span raw)
{
	uint64_t ignored;

	(void)head;
	return is_count_line(bare_line(raw), &ignored);
}

/* The line that begins at at, without what logs put before it. */
static struct span bare_line_at(struct span head, const char *at)
{
	return bare_line(line_around(head, at));
}

/*
 * A handle with a frame above it, and what follows: page_owner will print such
 * lines too, inside of its records.
 */
static bool is_naming(struct span head, struct span raw)
{
	const char *behind = span_end(raw), *end = span_end(head);
	struct span frame;
	uint32_t ignored;

	if (!is_handle_line(bare_line(raw), &ignored) || raw.at == head.at ||
	    !is_frame_line(bare_line_at(head, raw.at - 1), &frame) ||
	    !frame_text_is_whole(frame))
		return false;
	if (behind == end || behind + 1 == end)
		return true;
	if (!frame_text_is_blank(bare_line_at(head, behind + 1)))
		return false;
	behind = memchr(behind + 1, '\n', (size_t)(end - behind - 1));
	return !behind || behind + 1 == end ||
	       is_frame_line(bare_line_at(head, behind + 1), &frame);
}

static const char *earlier(const char *a, const char *b)
{
	if (!a || !b)
		return a ? a : b;
	return a < b ? a : b;
}

static const char *page_owner_stacks_sniff(struct span head)
{
	const char *found =
		find_line(head, SPAN("nr_base_pages: "), is_counting);

	found = earlier(found,
			find_line(head, SPAN("stack_count: "), is_counting));
	return earlier(found, find_line(head, SPAN("handle: "), is_naming));
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
	.sniff = page_owner_stacks_sniff,
	.block = page_owner_stacks_block,
	.finish = page_owner_stacks_finish,
};
