/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where all of MemTotal is, with the terms of each sum. */
#ifndef PAGEOWL_OUTPUT_JSON_BUDGET_H
#define PAGEOWL_OUTPUT_JSON_BUDGET_H

#include "output/budget_pairs.h"
#include "output/json_writer.h"

/* An object; null of a capture without meminfo. */
void json_budget(struct json_writer *json, const char *name,
		 const struct budget *budget);

/* The columns of `free`; null where there is no budget. */
void json_free(struct json_writer *json, const char *name,
	       const struct budget *budget);

/* {"kib", "terms"}; null of a sum that the file lacks. */
void json_sum(struct json_writer *json, const char *name,
	      const struct sum *sum);

/* OLD, NEW and the change of each row, by id. */
void json_budget_changes(struct json_writer *json,
			 const struct budget_pairs *pairs);

/* An amount, or null. */
void json_kib_if(struct json_writer *json, const char *name, bool known,
		 int64_t kib);

#endif
