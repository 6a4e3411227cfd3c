/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/log_frame.h"

/* "[<ffffffff8117e4e3>] ", "[<0x0000c0de>] ", "[<(____ptrval____)>] " */
static bool take_address(struct span *line)
{
	struct span rest = *line;
	const char *close;

	if (!span_take(&rest, SPAN("[<")))
		return false;
	close = span_find(rest, SPAN(">]"));
	if (!close || close - rest.at > 20)
		return false;
	rest = span_between(close + 2, span_end(rest));
	span_take_blanks(&rest);
	*line = rest;
	return true;
}

/* "<TASK>", "</IRQ>", "<#DF>" */
static bool is_mark(struct span line)
{
	size_t i;

	if (line.length < 3 || line.at[0] != '<' || span_end(line)[-1] != '>')
		return false;
	for (i = 1; i + 1 < line.length; i++)
		if (!(line.at[i] >= 'A' && line.at[i] <= 'Z') &&
		    !memchr("/#_", line.at[i], 3))
			return false;
	return true;
}

/*
 * 32-bit ARM: "[<c010f7f8>] (unwind_backtrace) from [<c010b9d8>]
 * (show_stack+0x10/0x14)", and " unwind_backtrace from show_stack+0x18/0x1c".
 */
static void take_from(struct span *line)
{
	const char *from = span_find(*line, SPAN(" from "));
	struct span rest;

	if (!from)
		return;
	rest = span_between(from + 6, span_end(*line));
	take_address(&rest);
	if (span_take(&rest, SPAN("(")) && rest.length &&
	    span_end(rest)[-1] == ')')
		rest.length--;
	*line = rest;
}

/* "sym+0x1a/0x2c"; the symbol of Rust code may hold "+0x" itself. */
static bool take_symbol(struct span *line, struct span *ret)
{
	const char *blank =
		line->length ? memchr(line->at, ' ', line->length) : NULL;
	struct span word =
		span_between(line->at, blank ? blank : span_end(*line));
	struct span rest = word, tail;
	uint64_t ignored;
	const char *plus;

	for (; (plus = span_find(rest, SPAN("+0x")));
	     rest = span_between(plus + 1, span_end(word))) {
		tail = span_between(plus + 1, span_end(word));
		if (plus == word.at || !span_take_hex(&tail, &ignored) ||
		    !span_take(&tail, SPAN("/")) ||
		    !span_take_hex(&tail, &ignored) || tail.length)
			continue;
		*ret = word;
		*line = span_skip(*line, word.length);
		return true;
	}
	return false;
}

/* " [mod]", " [mod 0123456789abcdef]", but not " [inline]" */
static void take_module(struct span *line, struct span *ret)
{
	struct span rest = *line, inside;
	const char *close, *blank;

	if (!span_take(&rest, SPAN(" [")) || !rest.length ||
	    span_starts_with(rest, SPAN("inline]")))
		return;
	close = memchr(rest.at, ']', rest.length);
	if (!close || close == rest.at)
		return;
	inside = span_between(rest.at, close);
	blank = memchr(inside.at, ' ', inside.length);
	*ret = span_between(inside.at, blank ? blank : span_end(inside));
	*line = span_between(close + 1, span_end(rest));
}

/* "mm/slab.c:3553" */
static bool take_place(struct span *line, struct log_frame *ret)
{
	const char *blank =
		line->length ? memchr(line->at, ' ', line->length) : NULL;
	struct span word =
		span_between(line->at, blank ? blank : span_end(*line));
	const char *colon = span_find_last(word, ':');
	struct span number;
	uint64_t value;

	if (!colon || colon == word.at)
		return false;
	number = span_between(colon + 1, span_end(word));
	if (!span_take_u64(&number, &value) || number.length)
		return false;
	ret->file = span_between(word.at, colon);
	ret->line = value;
	*line = span_skip(*line, word.length);
	return true;
}

/* "kmalloc include/linux/slab.h:547 [inline]", of syzbot */
static bool parse_inline(struct span line, struct log_frame *ret)
{
	const char *blank =
		line.length ? memchr(line.at, ' ', line.length) : NULL;
	struct span rest;

	if (!blank || blank == line.at)
		return false;
	rest = span_between(blank + 1, span_end(line));
	if (!take_place(&rest, ret) || !span_equal(rest, SPAN(" [inline]")))
		return false;
	ret->kind = LOG_FRAME_INLINE;
	ret->text = span_between(line.at, blank);
	return true;
}

/*
 * "./include/slab.h:600 mm/slub.c:1234 (discriminator 3)": of what was inlined
 * the places only; the last is that of the function itself.
 */
static bool parse_places(struct span rest, struct log_frame *ret)
{
	uint64_t ignored;

	if (!take_place(&rest, ret))
		return false;
	while (span_take(&rest, SPAN(" "))) {
		if (!span_take(&rest, SPAN("(discriminator "))) {
			if (!take_place(&rest, ret))
				return false;
		} else if (!span_take_u64(&rest, &ignored) ||
			   !span_take(&rest, SPAN(")"))) {
			return false;
		}
	}
	return !rest.length;
}

/* " [mod]", or " mod" without anything around it */
static bool parse_bare_module(struct span rest, struct log_frame *ret)
{
	take_module(&rest, &ret->module);
	if (ret->module.length || !span_take(&rest, SPAN(" ")))
		return !rest.length;
	ret->module = rest;
	return !rest.length || !memchr(rest.at, ' ', rest.length);
}

/* "kmalloc (mm/slub.c:1234) mod", of decode_stacktrace.sh */
static bool parse_decoded(struct span line, struct log_frame *ret)
{
	const char *open = span_find(line, SPAN(" ("));
	const char *close = span_find_last(line, ')');

	if (!open || open == line.at || !close || close < open + 2 ||
	    memchr(line.at, ' ', (size_t)(open - line.at)) ||
	    !parse_places(span_between(open + 2, close), ret) ||
	    !parse_bare_module(span_between(close + 1, span_end(line)), ret))
		return false;
	ret->text = span_between(line.at, open);
	return true;
}

/* What may follow "sym+0x1/0x2 [mod]": "mm/slab.c:3553", or "(P)" of arm64 */
static bool take_tail(struct span rest, struct log_frame *ret)
{
	if (!rest.length)
		return true;
	if (!span_take(&rest, SPAN(" ")))
		return false;
	if (take_place(&rest, ret))
		return !rest.length;
	return rest.length > 2 && rest.length < 8 && rest.at[0] == '(' &&
	       span_end(rest)[-1] == ')';
}

static bool parse_whole(struct span line, struct log_frame *ret)
{
	struct span rest = line;
	uint64_t ignored;

	if (span_take_hex(&rest, &ignored) && !rest.length &&
	    span_starts_with(line, SPAN("0x"))) {
		ret->text = line;
		return true;
	}
	rest = line;
	if (!take_symbol(&rest, &ret->text))
		return false;
	take_module(&rest, &ret->module);
	return take_tail(rest, ret);
}

bool log_frame_parse(struct span line, struct log_frame *ret)
{
	struct log_frame frame = {.kind = LOG_FRAME_WHOLE};

	line = span_trim_end(line);
	span_take_blanks(&line);
	if (is_mark(line)) {
		*ret = (struct log_frame){.kind = LOG_FRAME_MARK, .text = line};
		return true;
	}
	take_from(&line);
	take_address(&line);
	if (span_take(&line, SPAN("? ")))
		frame.kind = LOG_FRAME_DOUBTFUL;
	if (!parse_whole(line, &frame) && !parse_inline(line, &frame) &&
	    !parse_decoded(line, &frame))
		return false;
	*ret = frame;
	return true;
}

/* Whether the line that was begun last lacks its frame yet. */
static bool is_open(const struct stack_text *stack)
{
	return stack->length && stack->bytes[stack->length - 1] != '\n';
}

/* What stands between tabs must not hold any. */
static bool has_tab(struct span text)
{
	return text.length && memchr(text.at, '\t', text.length);
}

bool log_frame_add(struct stack_text *stack, const struct log_frame *frame)
{
	bool placed = frame->file.length && !has_tab(frame->file) &&
		      !has_tab(frame->text);
	bool inlined = frame->kind == LOG_FRAME_INLINE;
	struct span pieces[9];
	char digits[SPAN_U64_DIGITS];
	size_t count = 0;

	if ((frame->kind != LOG_FRAME_WHOLE && !inlined) ||
	    (inlined && !placed))
		return true;
	if (!is_open(stack))
		pieces[count++] = SPAN(" ");
	pieces[count++] = frame->text;
	if (frame->module.length) {
		pieces[count++] = SPAN(" [");
		pieces[count++] = frame->module;
		pieces[count++] = SPAN("]");
	}
	if (placed) {
		pieces[count++] = SPAN("\t");
		pieces[count++] = frame->file;
		pieces[count++] = SPAN(":");
		pieces[count++] = span_from_u64(frame->line, digits);
	}
	/* A function that was inlined waits for its frame. */
	if (!stack_text_put(stack, pieces, count))
		return false;
	return stack_text_put(stack, &(struct span){inlined ? "\t" : "\n", 1},
			      1);
}

struct span log_frame_stack(struct stack_text *stack)
{
	while (is_open(stack))
		stack->length--;
	return stack_text_span(stack);
}
