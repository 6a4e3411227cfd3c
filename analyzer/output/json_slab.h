/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PAGEOWL_OUTPUT_JSON_SLAB_H
#define PAGEOWL_OUTPUT_JSON_SLAB_H

#include "model/account_report.h"
#include "output/json_writer.h"

/* The members "slab", "slab_total" and "slab_steps" of the open object. */
void json_slab_write(struct json_writer *json,
		     const struct account_report *report);

#endif
