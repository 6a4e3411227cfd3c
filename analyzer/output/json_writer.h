/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes JSON as it goes: two spaces for each level, short arrays and objects
 * on one line, always valid UTF-8. Misuse is caught by assert().
 */
#ifndef PAGEOWL_OUTPUT_JSON_WRITER_H
#define PAGEOWL_OUTPUT_JSON_WRITER_H

#include <stdio.h>

#include "base/span.h"

struct json_writer {
	FILE *file;
	unsigned depth; /* open objects and arrays */
	unsigned flat;	/* of them, those written on one line */
	bool first;	/* nothing was written at this depth yet */
};

/* name is NULL inside an array and for the outermost value. */
void json_open_object(struct json_writer *json, const char *name);
void json_close_object(struct json_writer *json);
void json_open_array(struct json_writer *json, const char *name);
void json_close_array(struct json_writer *json);

/* The same on one line, with all they hold. */
void json_open_flat_object(struct json_writer *json, const char *name);
void json_open_flat_array(struct json_writer *json, const char *name);

/* Bytes that are no UTF-8 become "\xNN", as text. */
void json_string(struct json_writer *json, const char *name, struct span text);
void json_u64(struct json_writer *json, const char *name, uint64_t value);
void json_i64(struct json_writer *json, const char *name, int64_t value);
void json_bool(struct json_writer *json, const char *name, bool value);
void json_null(struct json_writer *json, const char *name);

/* null where the text is NULL or empty, or the value not known. */
void json_optional(struct json_writer *json, const char *name,
		   const char *text);
void json_optional_span(struct json_writer *json, const char *name,
			struct span text);
void json_u64_if(struct json_writer *json, const char *name, bool known,
		 uint64_t value);

/* With four digits behind the point, whatever the locale; null below 0. */
void json_share(struct json_writer *json, const char *name, double value);

/* The same of any number; null where it is none, or too large for digits. */
void json_decimal(struct json_writer *json, const char *name, double value);

#endif
