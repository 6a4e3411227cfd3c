/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/version (init/version.c): "Linux version 6.12.117-lab (…) …". The
 * second line of a log is the same, and pasted reports begin with it: it
 * decides only where nothing follows.
 */
#include "formats/counter_text.h"
#include "formats/frame_text.h"

static bool parse_release(struct span line, struct span *ret)
{
	return span_take(&line, SPAN("Linux version ")) &&
	       span_take_word(&line, ret) && line.length &&
	       counter_text_is_clean(line) && counter_text_is_clean(*ret);
}

static const char *version_sniff(struct span head)
{
	struct text_cursor cursor = {.rest = head};
	struct span line, release;

	if (!text_cursor_next(&cursor, &line) || !parse_release(line, &release))
		return NULL;
	while (text_cursor_next(&cursor, &line))
		if (!frame_text_is_blank(line))
			return NULL;
	return head.at;
}

static bool version_line(struct counter_text *text, struct span line)
{
	struct span release;

	if (!parse_release(line, &release))
		return counter_text_skip(text, "\"Linux version <release> …\"");
	return counter_text_give_text(text, SPAN(""), SPAN("release"),
				      release) &&
	       counter_text_give_text(text, SPAN(""), SPAN("version"), line);
}

static bool version_block(void *state, struct span lines, struct sink *sink,
			  struct error *err)
{
	return counter_text_single(state, "version", version_line, lines, sink,
				   err);
}

static const char *const paths[] = {"proc/version", "version", NULL};

const struct format format_version = {
	.name = "version",
	.title = "/proc/version",
	.state_size = sizeof(struct counter_text),
	.paths = paths,
	.counts = true,
	.at_head = true,
	.sniff = version_sniff,
	.block = version_block,
	.finish = counter_text_finish,
};
