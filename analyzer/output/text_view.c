/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_view.h"

#include "base/quote.h"
#include "output/quantity.h"

bool text_is_diff(const struct text_view *view)
{
	return view->report->side_count == 2;
}

const char *text_amount(const struct text_view *view, int64_t bytes, char *ret)
{
	if (view->unit == UNIT_OBJECT)
		return text_is_diff(view)
			       ? quantity_change(bytes, ret)
			       : quantity_count((uint64_t)bytes, ret);
	return text_is_diff(view) ? quantity_growth(bytes, ret)
				  : quantity_bytes((uint64_t)bytes, ret);
}

int64_t text_bytes(const struct text_view *view, int64_t units)
{
	return (int64_t)((uint64_t)units * view->unit_bytes);
}

const char *text_held(const struct text_view *view, uint64_t amount, char *ret)
{
	return view->unit == UNIT_OBJECT ? quantity_count(amount, ret)
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
