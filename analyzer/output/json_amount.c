/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/json_amount.h"

void json_units(struct json_writer *json, const struct report_side *side,
		uint64_t units)
{
	if (side->unit == UNIT_PAGE)
		json_u64(json, "pages", units);
	if (side->unit == UNIT_OBJECT)
		json_null(json, "bytes");
	else
		json_u64(json, "bytes", units * side->unit_bytes);
}

void json_amount_members(struct json_writer *json,
			 const struct report_side *side,
			 const struct amount *amount)
{
	json_u64(json, "records", amount->records);
	json_units(json, side, amount->units);
}

void json_amount(struct json_writer *json, const char *name,
		 const struct report_side *side, const struct amount *amount)
{
	json_open_flat_object(json, name);
	json_amount_members(json, side, amount);
	json_close_object(json);
}

void json_delta(struct json_writer *json, const char *name,
		const struct report_side *side, const struct delta *delta)
{
	json_open_flat_object(json, name);
	json_i64(json, "records", delta->records);
	if (side->unit == UNIT_PAGE)
		json_i64(json, "pages", delta->units);
	if (side->unit == UNIT_OBJECT)
		json_null(json, "bytes");
	else
		json_i64(json, "bytes",
			 (int64_t)((uint64_t)delta->units * side->unit_bytes));
	json_close_object(json);
}
