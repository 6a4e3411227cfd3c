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
