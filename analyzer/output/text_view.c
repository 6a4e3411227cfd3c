/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_view.h"

#include "base/quote.h"
#include "output/text_kib.h"

void text_view_init(struct text_view *view, const struct report *report,
		    const struct output_options *options, FILE *file)
{
	const struct report_side *newest =
		&report->sides[report->side_count - 1];

	*view = (struct text_view){
		.report = report,
		.options = options,
		.file = file,
		.unit = newest->unit,
		.unit_bytes = newest->unit_bytes,
		.newest = report->side_count - 1,
	};
}

bool text_is_diff(const struct text_view *view)
{
	return view->report->side_count == 2;
}

const char *text_amount(const struct text_view *view, int64_t bytes, char *ret)
{
	bool is_diff = text_is_diff(view);

	if (view->unit == UNIT_OBJECT)
		return is_diff ? quantity_change(bytes, ret)
			       : quantity_count((uint64_t)bytes, ret);
	if (!is_diff)
		return text_held(view, (uint64_t)bytes, ret);
	return view->options->kib
		       ? text_kib_change(view->options, bytes / 1024, ret)
		       : quantity_growth(bytes, ret);
}

int64_t text_bytes(const struct text_view *view, int64_t units)
{
	return (int64_t)((uint64_t)units * view->unit_bytes);
}

const char *text_held(const struct text_view *view, uint64_t amount, char *ret)
{
	if (view->unit == UNIT_OBJECT)
		return quantity_count(amount, ret);
	return view->options->kib
		       ? text_kib(view->options, (int64_t)(amount / 1024), ret)
		       : quantity_bytes(amount, ret);
}

const char *text_plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

char *text_quoted(struct text_table *table, struct span text)
{
	char buffer[TEXT_NAME_CAPACITY];

	quote_text(text, TEXT_NAME_LIMIT, buffer, sizeof(buffer));
	return text_table_format(table, "%s", buffer);
}
