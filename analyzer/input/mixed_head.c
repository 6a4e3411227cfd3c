/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a text holds several things. */
#include "formats/frame_text.h"
#include "formats/log_prefix.h"
#include "input/mixed_heading.h"
#include "input/mixed_search.h"
#include "input/mixed_text.h"

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
