/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Amounts of a capture: records, and what their units stand for. Pages have
 * bytes, too; of objects without a size bytes are null.
 */
#ifndef PAGEOWL_OUTPUT_JSON_AMOUNT_H
#define PAGEOWL_OUTPUT_JSON_AMOUNT_H

#include "model/report.h"
#include "output/json_writer.h"

/* Units of the capture that is side, as members of the open object. */
void json_units(struct json_writer *json, const struct report_side *side,
		uint64_t units);

/* The same with the records. */
void json_amount_members(struct json_writer *json,
			 const struct report_side *side,
			 const struct amount *amount);

/* An object of its own. */
void json_amount(struct json_writer *json, const char *name,
		 const struct report_side *side, const struct amount *amount);
void json_delta(struct json_writer *json, const char *name,
		const struct report_side *side, const struct delta *delta);

static inline struct amount json_amount_of(const struct tally *tally)
{
	return (struct amount){tally->records, tally->units};
}

#endif
