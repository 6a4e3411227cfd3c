/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a text holds several things. */
#include <stdlib.h>
#include <unistd.h>

#include "formats/frame_text.h"
#include "formats/log_prefix.h"
#include "input/mixed_heading.h"
#include "input/mixed_search.h"
#include "input/mixed_text.h"

/* Of a file the end is looked at, too. */
#define TAIL_LENGTH ((size_t)64 << 10)

/* Lines that are looked at to see a log. */
#define LOG_LINES 200

static bool is_log(struct span head)
{
	struct span line;
	size_t lines = 0, of_log = 0;

	while (lines < LOG_LINES && span_take_line(&head, &line)) {
		if (frame_text_is_blank(line))
			continue;
		lines++;
		of_log += log_prefix_parse(line).of_log;
	}
	return of_log * 2 > lines;
}

/* Whether one of the two stands in texts of the other. */
static bool are_one(const struct format *a, const struct format *b)
{
	return (a->inner && format_is_listed(b, a->inner)) ||
	       (b->inner && format_is_listed(a, b->inner)) ||
	       a->companion == b || b->companion == a;
}

static bool has_several(struct span head)
{
	const struct format *found = NULL;
	size_t i;

	for (i = 0; formats[i]; i++) {
		if (!mixed_search_knows(formats[i]) || !formats[i]->sniff(head))
			continue;
		if (found && !are_one(found, formats[i]))
			return true;
		found = formats[i];
	}
	return false;
}

struct mixed_head mixed_head_look(struct span head)
{
	return (struct mixed_head){
		.log = is_log(head),
		.headings = mixed_heading_find(head) != NULL,
		.several = has_several(head),
	};
}

/* ---- the end of a file ---- */

/* Whether text decides for a format that is none of the head's. */
static bool is_of_another(const struct format *format, struct span text)
{
	size_t i;

	for (i = 0; formats[i]; i++)
		if (mixed_search_knows(formats[i]) && formats[i] != format &&
		    !are_one(format, formats[i]) && formats[i]->sniff(text))
			return true;
	return false;
}

static bool tail_tells(struct span tail, const struct mixed_head *head,
		       const struct format *format)
{
	struct span cut;

	/* It begins within a line. */
	return span_take_line(&tail, &cut) &&
	       ((!head->log && is_log(tail)) || is_of_another(format, tail));
}

void mixed_head_look_behind(struct mixed_head *head,
			    const struct format *format,
			    const struct source *source, size_t length)
{
	uint64_t size;
	ssize_t got;
	char *tail;
	int fd;

	if (head->several || !format || !source_plain(source, &fd, &size) ||
	    size < length + TAIL_LENGTH)
		return;
	tail = malloc(TAIL_LENGTH);
	if (!tail)
		return;
	got = pread(fd, tail, TAIL_LENGTH, (off_t)(size - TAIL_LENGTH));
	head->several = got > 0 && tail_tells((struct span){tail, (size_t)got},
					      head, format);
	free(tail);
}
