/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/json_writer.h"

#include <assert.h>
#include <inttypes.h>

#include "base/quote.h"

static void write_text(struct json_writer *json, struct span text)
{
	FILE *file = json->file;
	size_t i = 0;

	putc('"', file);
	while (i < text.length) {
		unsigned char byte = (unsigned char)text.at[i];
		uint32_t code;
		size_t length = quote_utf8(span_skip(text, i), &code);

		if (byte == '"' || byte == '\\') {
			putc('\\', file);
			putc(byte, file);
		} else if (length) {
			fwrite(text.at + i, 1, length, file);
		} else if ((length = quote_decode(span_skip(text, i), &code))) {
			/* Controls, and marks that turn the direction. */
			fprintf(file, "\\u%04x", code);
		} else {
			/* No UTF-8: told apart, as text shows it. */
			fprintf(file, "\\\\x%02x", byte);
		}
		i += length ? length : 1;
	}
	putc('"', file);
}

/* What stands before a value: comma, line, indentation, name. */
static void begin(struct json_writer *json, const char *name)
{
	unsigned i;

	if (json->depth && !json->first)
		fputs(json->flat ? ", " : ",", json->file);
	if (json->depth && !json->flat) {
		putc('\n', json->file);
		for (i = 0; i < json->depth; i++)
			fputs("  ", json->file);
	}
	json->first = false;
	if (name) {
		write_text(json, span_of(name));
		fputs(": ", json->file);
	}
}

static void open(struct json_writer *json, const char *name, char bracket,
		 bool flat)
{
	begin(json, name);
	putc(bracket, json->file);
	json->depth++;
	if (flat || json->flat)
		json->flat++;
	json->first = true;
}

static void close(struct json_writer *json, char bracket)
{
	bool empty = json->first;
	unsigned i;

	assert(json->depth);
	json->depth--;
	if (json->flat) {
		json->flat--;
	} else if (!empty) {
		putc('\n', json->file);
		for (i = 0; i < json->depth; i++)
			fputs("  ", json->file);
	}
	putc(bracket, json->file);
	json->first = false;
	if (!json->depth)
		putc('\n', json->file);
}

void json_open_object(struct json_writer *json, const char *name)
{
	open(json, name, '{', false);
}

void json_close_object(struct json_writer *json)
{
	close(json, '}');
}

void json_open_array(struct json_writer *json, const char *name)
{
	open(json, name, '[', false);
}

void json_close_array(struct json_writer *json)
{
	close(json, ']');
}

void json_open_flat_object(struct json_writer *json, const char *name)
{
	open(json, name, '{', true);
}

void json_open_flat_array(struct json_writer *json, const char *name)
{
	open(json, name, '[', true);
}

void json_string(struct json_writer *json, const char *name, struct span text)
{
	begin(json, name);
	write_text(json, text);
}

void json_u64(struct json_writer *json, const char *name, uint64_t value)
{
	begin(json, name);
	fprintf(json->file, "%" PRIu64, value);
}

void json_i64(struct json_writer *json, const char *name, int64_t value)
{
	begin(json, name);
	fprintf(json->file, "%" PRId64, value);
}

void json_bool(struct json_writer *json, const char *name, bool value)
{
	begin(json, name);
	fputs(value ? "true" : "false", json->file);
}

void json_null(struct json_writer *json, const char *name)
{
	begin(json, name);
	fputs("null", json->file);
}

void json_optional_span(struct json_writer *json, const char *name,
			struct span text)
{
	if (text.length)
		json_string(json, name, text);
	else
		json_null(json, name);
}

void json_optional(struct json_writer *json, const char *name, const char *text)
{
	json_optional_span(json, name, text ? span_of(text) : SPAN(""));
}

void json_u64_if(struct json_writer *json, const char *name, bool known,
		 uint64_t value)
{
	if (known)
		json_u64(json, name, value);
	else
		json_null(json, name);
}

void json_share(struct json_writer *json, const char *name, double value)
{
	unsigned units;

	if (value < 0) {
		json_null(json, name);
		return;
	}
	begin(json, name);
	units = (unsigned)(value * 10000 + 0.5);
	fprintf(json->file, "%u.%04u", units / 10000, units % 10000);
}

/* Below this a double has four digits behind the point, and fits. */
#define DECIMAL_MOST 1e12

void json_decimal(struct json_writer *json, const char *name, double value)
{
	uint64_t units;

	if (!(value > -DECIMAL_MOST && value < DECIMAL_MOST)) {
		json_null(json, name);
		return;
	}
	begin(json, name);
	units = (uint64_t)((value < 0 ? -value : value) * 10000 + 0.5);
	fprintf(json->file, "%s%" PRIu64 ".%04u", value < 0 && units ? "-" : "",
		units / 10000, (unsigned)(units % 10000));
}
