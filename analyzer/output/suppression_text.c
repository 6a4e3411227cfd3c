/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/suppression_text.h"

#include "output/finding_text.h"
#include "output/quantity.h"
#include "output/text_view.h"

static void put_pattern(struct bounded_line *line, size_t start,
			const char *word, struct span pattern)
{
	if (!pattern.length)
		return;
	bounded_line_put(line, "%s%s ", line->length > start ? ", " : "", word);
	bounded_line_quote(line, pattern);
}

void suppression_put_title(struct bounded_line *line,
			   const struct suppression *suppression)
{
	size_t start = line->length, i;

	for (i = 0; i < suppression->frame_count; i++) {
		bounded_line_put(line, i ? " " : "frames ");
		bounded_line_quote(line, suppression->frames[i]);
	}
	put_pattern(line, start, "module", suppression->module);
	put_pattern(line, start, "category", suppression->category);
	put_pattern(line, start, "cache", suppression->cache);
	if (suppression->unaccounted)
		bounded_line_put(line, "%sunaccounted",
				 line->length > start ? ", " : "");
	if (line->length == start)
		bounded_line_put(line, "any stack");
}

const char *suppression_title(const struct suppression *suppression, char *ret)
{
	struct bounded_line line;

	bounded_line_init(&line, ret, FINDING_TEXT_CAPACITY);
	suppression_put_title(&line, suppression);
	return ret;
}

/* "+4.3 MiB of at most 8.0 MiB, 2,500 of at most 4,000 allocations" */
static void put_held(struct bounded_line *line,
		     const struct suppression *suppression)
{
	char held[QUANTITY_CAPACITY], most[QUANTITY_CAPACITY];

	if (suppression->has_bytes || !suppression->has_records)
		bounded_line_put(line, "%s",
				 quantity_growth(suppression->bytes, held));
	if (suppression->has_bytes)
		bounded_line_put(line, " of at most %s",
				 quantity_bytes(suppression->max_bytes, most));
	if (suppression->has_records)
		bounded_line_put(
			line, "%s%s of at most %s in number",
			suppression->has_bytes ? ", " : "",
			quantity_change(suppression->records, held),
			quantity_count(suppression->max_records, most));
	if (suppression->rows)
		bounded_line_put(line, ", %s stack%s",
				 quantity_count(suppression->rows, held),
				 text_plural(suppression->rows));
	if (suppression->reason.length) {
		bounded_line_put(line, ": ");
		bounded_line_quote(line, suppression->reason);
	}
}

const char *suppression_text(const struct suppression *suppression, char *ret)
{
	struct bounded_line line;

	bounded_line_init(&line, ret, FINDING_TEXT_CAPACITY);
	switch (suppression->state) {
	case SUPPRESSION_UNUSED:
		bounded_line_put(&line, "nothing that grew is like it");
		break;
	case SUPPRESSION_EXPIRED:
		bounded_line_put(&line, "expired on ");
		bounded_line_quote(&line, suppression->expires);
		break;
	case SUPPRESSION_USED:
	case SUPPRESSION_EXCEEDED:
		put_held(&line, suppression);
		break;
	}
	return ret;
}
