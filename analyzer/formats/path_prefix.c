/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/path_prefix.h"

bool path_prefix_take(struct span *line, struct span name, struct span *ret)
{
	struct span rest = *line;
	const char *hit;

	while ((hit = span_find(rest, name))) {
		const char *colon = hit + name.length;

		if ((hit == line->at || hit[-1] == '/') &&
		    colon < span_end(*line) && *colon == ':') {
			*ret = span_between(line->at, colon);
			*line = span_between(colon + 1, span_end(*line));
			return true;
		}
		rest = span_between(hit + 1, span_end(*line));
	}
	return false;
}
