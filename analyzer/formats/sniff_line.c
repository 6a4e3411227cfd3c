/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/sniff_line.h"

const char *sniff_line(struct span head, struct span mark,
		       bool (*decides)(struct span head, struct span line))
{
	struct span rest = head;
	const char *hit;

	while ((hit = span_find(rest, mark))) {
		struct span line = span_line_around(head, hit);

		if (decides(head, line))
			return line.at;
		rest = span_between(span_end(line), span_end(head));
	}
	return NULL;
}

const char *sniff_lines(struct span head, const struct span *marks,
			size_t count,
			bool (*decides)(struct span head, struct span line))
{
	const char *first = NULL;
	size_t i;

	for (i = 0; i < count; i++) {
		const char *at = sniff_line(head, marks[i], decides);

		if (!at)
			continue;
		first = at;
		head = span_between(head.at, at);
	}
	return first;
}
