/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of three captures and more: which they are, and how a row went. */
#ifndef PAGEOWL_OUTPUT_JSON_SERIES_H
#define PAGEOWL_OUTPUT_JSON_SERIES_H

#include "model/report.h"
#include "output/json_writer.h"

/* Members of the report's object, and of a row's; none without an axis. */
void json_series_write(struct json_writer *json, const struct report *report);
void json_trend_write(struct json_writer *json, const struct report *report,
		      const struct report_row *row);

/* What a row grew by for each iteration; nothing where these were not said. */
void json_iteration_write(struct json_writer *json, const struct report *report,
			  const struct report_row *row);

#endif
