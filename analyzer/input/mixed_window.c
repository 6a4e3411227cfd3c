/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memrchr */
#include "input/mixed_window.h"

#include "input/kmsg_escape.h"
#include "input/terminal_text.h"

/* As much of lines as has room, in whole lines; at least one. */
static struct span fitting(struct span lines, size_t room)
{
	const char *newline;

	if (lines.length <= room)
		return lines;
	newline = room ? memrchr(lines.at, '\n', room) : NULL;
	if (!newline)
		newline = memchr(lines.at, '\n', lines.length);
	return newline ? span_between(lines.at, newline + 1) : lines;
}

static bool put(struct mixed_window *window, struct span text)
{
	if (text.length > MIXED_WINDOW_SIZE - window->length)
		return false;
	memcpy(window->text + window->length, text.at, text.length);
	window->length += text.length;
	return true;
}

/* A line that holds several: they stay together, and are one of the input. */
static bool put_parts(struct mixed_window *window, struct span parts)
{
	const char *at = parts.at, *last = span_end(parts) - 1;
	size_t begin = window->length;

	if (!put(window, parts))
		return false;
	for (; (at = memchr(at, '\n', (size_t)(last - at))); at++)
		if (window->soft_count < MIXED_WINDOW_SIZE / 4)
			window->soft[window->soft_count++] =
				begin + (size_t)(at - parts.at);
	return true;
}

/* A line of which something is to be undone. */
static bool put_line(struct mixed_window *window, struct span line)
{
	struct span parts;

	if (terminal_text_is_in(line))
		line = terminal_text_clean(line, window->plain);
	parts = kmsg_escape_undo(line, window->parts);
	return parts.at == line.at ? put(window, line)
				   : put_parts(window, parts);
}

/* The first line that is too long, or the end. */
static const char *long_line(struct span lines)
{
	const char *at = lines.at, *end = span_end(lines);

	while ((size_t)(end - at) > LINE_MAX_LENGTH) {
		const char *newline = memrchr(at, '\n', LINE_MAX_LENGTH);

		if (!newline)
			return at;
		at = newline + 1;
	}
	return end;
}

/* Of a long line its beginning, as where it goes over the end of a block. */
static bool put_cut(struct mixed_window *window, struct span *lines)
{
	const char *newline = memchr(lines->at, '\n', lines->length);

	memcpy(window->cut, lines->at, LINE_MAX_LENGTH - 1);
	window->cut[LINE_MAX_LENGTH - 1] = '\n';
	if (!put_line(window, (struct span){window->cut, LINE_MAX_LENGTH}))
		return false;
	*lines = span_between(newline ? newline + 1 : span_end(*lines),
			      span_end(*lines));
	return true;
}

bool mixed_window_add(struct mixed_window *window, struct span *lines)
{
	bool raw = kmsg_escape_is_in(*lines) || terminal_text_is_in(*lines);

	while (lines->length) {
		size_t room = raw ? 1 : MIXED_WINDOW_SIZE - window->length;
		struct span some = span_between(lines->at, long_line(*lines));

		if (!some.length) {
			if (!put_cut(window, lines))
				return false;
			continue;
		}
		some = fitting(some, room);
		if (!(raw ? put_line(window, some) : put(window, some)))
			return false;
		*lines = span_skip(*lines, some.length);
	}
	return true;
}

void mixed_window_begin(struct mixed_window *window)
{
	window->at = window->text;
	window->soft_at = 0;
}

const char *mixed_window_piece(const struct mixed_window *window,
			       const char *to)
{
	const char *soft;

	if (window->soft_at == window->soft_count)
		return to;
	soft = window->text + window->soft[window->soft_at] + 1;
	return soft < to ? soft : to;
}

void mixed_window_move(struct mixed_window *window, const char *to)
{
	window->line += span_count_lines(span_between(window->at, to));
	window->line += to[-1] != '\n';
	if (window->soft_at < window->soft_count &&
	    window->text + window->soft[window->soft_at] + 1 == to) {
		window->line--;
		window->soft_at++;
	}
	window->at = to;
}

void mixed_window_drop(struct mixed_window *window)
{
	size_t length = (size_t)(window->at - window->text), i;

	window->length -= length;
	memmove(window->text, window->at, window->length);
	window->soft_count -= window->soft_at;
	memmove(window->soft, window->soft + window->soft_at,
		window->soft_count * sizeof(window->soft[0]));
	for (i = 0; i < window->soft_count; i++)
		window->soft[i] -= length;
}
