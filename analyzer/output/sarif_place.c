/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/sarif_place.h"

#include <limits.h>

#include "base/quote.h"
#include "output/bounded_line.h"

/* Three bytes of a URI stand for one of a path, which PATH_MAX bounds; what
 * is longer, as names in debug information can be, is cut. */
#define URI_CAPACITY (3 * PATH_MAX + sizeof("file://..."))

/* Of four bytes of text, each can double, or get a blank. */
#define MESSAGE_CAPACITY 8192

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       span_is_digit(c) || (c && strchr("-._~/", c));
}

/* Encodes a ':' too: before the first slash it would end a scheme. */
static void make_uri(struct span path, char ret[URI_CAPACITY])
{
	static const char digits[] = "0123456789ABCDEF";
	const char *scheme = span_starts_with(path, SPAN("/")) ? "file://" : "";
	size_t used = strlen(scheme), i;

	memcpy(ret, scheme, used);
	/* Leading slashes that are two would name a host. */
	while (span_starts_with(path, SPAN("//")))
		path = span_skip(path, 1);
	while (span_take(&path, SPAN("./")))
		while (span_take(&path, SPAN("/")))
			;
	/* An empty reference would be the log itself. */
	if (!path.length)
		path = SPAN("./");
	for (i = 0; i < path.length && used + 4 < URI_CAPACITY; i++) {
		unsigned char byte = (unsigned char)path.at[i];

		if (is_unreserved(path.at[i])) {
			ret[used++] = path.at[i];
			continue;
		}
		ret[used++] = '%';
		ret[used++] = digits[byte >> 4];
		ret[used++] = digits[byte & 15];
	}
	ret[used] = '\0';
}

void sarif_file_write(struct json_writer *json, const char *name,
		      struct span path, const char *base)
{
	char uri[URI_CAPACITY];

	make_uri(path, uri);
	json_open_flat_object(json, name);
	json_string(json, "uri", span_of(uri));
	if (base && !span_starts_with(path, SPAN("/")))
		json_string(json, "uriBaseId", span_of(base));
	json_close_object(json);
}

void sarif_physical_write(struct json_writer *json, struct span path,
			  const char *base, uint64_t line)
{
	json_open_flat_object(json, "physicalLocation");
	sarif_file_write(json, "artifactLocation", path, base);
	if (line) {
		json_open_flat_object(json, "region");
		json_u64(json, "startLine", line);
		json_close_object(json);
	}
	json_close_object(json);
}

/* ---- rules files ---- */

/* The file as it was named: quote_path() has written it, and what that has cut
 * cannot be undone. */
static bool undo_path(struct span quoted, char ret[QUOTE_PATH_CAPACITY],
		      size_t *ret_length)
{
	return quoted.length && quoted.length < QUOTE_PATH_CAPACITY &&
	       !span_equal(quoted, SPAN("standard input")) &&
	       !span_ends_with(quoted, SPAN("...")) &&
	       quote_undo(quoted, ret, ret_length);
}

static bool split_origin(const char *origin, char ret_path[QUOTE_PATH_CAPACITY],
			 size_t *ret_length, uint64_t *ret_line)
{
	struct span path = origin ? span_of(origin) : SPAN("");

	return span_drop_u64(&path, ret_line) && span_drop(&path, SPAN(":")) &&
	       *ret_line && *ret_line <= INT_MAX &&
	       undo_path(path, ret_path, ret_length);
}

bool sarif_origin_is_place(const char *origin)
{
	char path[QUOTE_PATH_CAPACITY];
	uint64_t line;
	size_t length;

	return split_origin(origin, path, &length, &line);
}

bool sarif_origin_write(struct json_writer *json, const char *origin)
{
	char path[QUOTE_PATH_CAPACITY];
	uint64_t line;
	size_t length;

	if (!split_origin(origin, path, &length, &line))
		return false;
	sarif_physical_write(json, (struct span){path, length}, NULL, line);
	return true;
}

/* ---- code ---- */

/* "churn:churn_own_get", as the kernel's own tools tell symbols of modules. */
static void put_function(struct json_writer *json, struct span function,
			 struct span module)
{
	char text[MESSAGE_CAPACITY];
	struct bounded_line line;

	json_open_flat_object(json, NULL);
	json_string(json, "name", function);
	if (module.length) {
		bounded_line_init(&line, text, sizeof(text));
		bounded_line_quote(&line, module);
		bounded_line_put(&line, ":");
		bounded_line_quote(&line, function);
		json_string(json, "fullyQualifiedName", span_of(text));
	}
	json_string(json, "kind", SPAN("function"));
	json_close_object(json);
}

void sarif_logical_write(struct json_writer *json, struct span function,
			 struct span module)
{
	json_open_array(json, "logicalLocations");
	if (function.length)
		put_function(json, function, module);
	if (module.length) {
		json_open_flat_object(json, NULL);
		json_string(json, "name", module);
		json_string(json, "kind", SPAN("module"));
		json_close_object(json);
	}
	json_close_array(json);
}

void sarif_frame_write(struct json_writer *json, const struct frame *frame,
		       size_t index)
{
	struct span function =
		frame_is_address(frame) ? frame->text : frame->name;

	if (index < frame->place_count) {
		const struct source_place *place = &frame->places[index];

		if (place->file.length)
			sarif_physical_write(json, place->file,
					     SARIF_SOURCE_ROOT, place->line);
		if (place->function.length)
			function = place->function;
	}
	sarif_logical_write(json, function, frame->module);
}

/* ---- words ---- */

/* "{0}" is a placeholder, "[text](target)" a link: a name may look like it. */
static void disarm(struct span text, char ret[MESSAGE_CAPACITY])
{
	size_t used = 0, i;

	for (i = 0; i < text.length && used + 3 < MESSAGE_CAPACITY; i++) {
		char c = text.at[i];

		if (c == '(' && i && text.at[i - 1] == ']')
			ret[used++] = ' ';
		if (c == '{' || c == '}')
			ret[used++] = c;
		ret[used++] = c;
	}
	ret[used] = '\0';
}

void sarif_message_write(struct json_writer *json, const char *name,
			 struct span text)
{
	char plain[MESSAGE_CAPACITY];

	disarm(text, plain);
	json_open_flat_object(json, name);
	json_string(json, "text", span_of(plain));
	json_close_object(json);
}
