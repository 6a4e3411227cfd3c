/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a symbolizer has to say of the files that it was given. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "symbolize/symbolizer_state.h"

enum { NAMES_CAPACITY = 200 };

void symbol_doubt_text(void *context, const char *text)
{
	struct symbolizer *symbolizer = context;
	size_t i;
	char *copy;

	for (i = 0; i < symbolizer->warning_count; i++)
		if (strcmp(symbolizer->warnings[i], text) == 0)
			return;
	if (symbolizer->warning_count == SYMBOL_WARNINGS_MAX)
		return;
	copy = text_pool_copy(&symbolizer->pool, text, strlen(text));
	if (copy)
		symbolizer->warnings[symbolizer->warning_count++] = copy;
}

void symbol_doubt(struct symbolizer *symbolizer, const char *format, ...)
{
	char text[1024];
	va_list args;
	char *at;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	for (at = text; *at; at++)
		if (iscntrl((unsigned char)*at))
			*at = '?';
	symbol_doubt_text(symbolizer, text);
}

const char *symbolizer_warning(const struct symbolizer *symbolizer,
			       size_t index)
{
	return index < symbolizer->warning_count ? symbolizer->warnings[index]
						 : NULL;
}

/* What the user asked for, and does not get, is worth a word. */
static bool is_asked_for(const struct symbolizer *symbolizer,
			 const struct debug_object *object)
{
	const struct symbolizer_options *options = &symbolizer->options;

	return !object->module &&
	       (options->vmlinux ||
		(options->directories && options->directories[0]));
}

/* A function that the file lacks, or has in another size. */
static const struct known_frame *misfit(const struct debug_object *object)
{
	const struct known_frame *frame;

	for (frame = object->frames.table; frame; frame = frame->hh.next)
		if (frame->answer.status == FRAME_OTHER_SIZE ||
		    frame->answer.status == FRAME_NO_SYMBOL)
			return frame;
	return NULL;
}

static void judge(struct symbolizer *symbolizer, struct debug_object *object)
{
	const struct known_frame *example;
	size_t other, missing;

	if (!debug_object_judge(object))
		return;
	example = misfit(object);
	other = debug_object_count(object, FRAME_OTHER_SIZE);
	missing = debug_object_count(object, FRAME_NO_SYMBOL);
	symbol_doubt(
		symbolizer,
		"%s is not the %s%s that ran: %zu functions have another size "
		"in it, %zu are not there (%.*s+%#llx/%#llx); none of its "
		"lines "
		"is shown",
		object->has_file ? object->file.path : "what was kept",
		object->module ? "module " : "kernel",
		object->module ? object->module : "", other, missing,
		NAMES_CAPACITY, example->query.symbol,
		(unsigned long long)example->query.offset,
		(unsigned long long)example->query.size);
}

static void tell_ambiguous(struct symbolizer *symbolizer)
{
	const struct known_frame *frame, *example = NULL;
	const struct debug_object *object;
	size_t count = 0;

	for (object = symbolizer->objects; object; object = object->next)
		for (frame = object->frames.table; frame;
		     frame = frame->hh.next)
			if (frame->answer.status == FRAME_AMBIGUOUS) {
				example = frame;
				count++;
			}
	if (count)
		symbol_doubt(symbolizer,
			     "%zu %s no source line, since several functions "
			     "have the "
			     "name and the size: %u are %.*s+%#llx/%#llx",
			     count, count == 1 ? "frame has" : "frames have",
			     example->answer.candidates, NAMES_CAPACITY,
			     example->query.symbol,
			     (unsigned long long)example->query.offset,
			     (unsigned long long)example->query.size);
}

/* A kernel that was asked for, and of which frames are without lines. The
 * landmark alone does not need it. */
static void tell_missing(struct symbolizer *symbolizer)
{
	const struct debug_object *object;

	for (object = symbolizer->objects; object; object = object->next)
		if (object->missing && is_asked_for(symbolizer, object) &&
		    (symbolizer->options.vmlinux ||
		     HASH_COUNT(object->frames.table) > 1))
			symbol_doubt(symbolizer, "%s", object->missing);
}

void symbol_doubts_say(struct symbolizer *symbolizer)
{
	struct debug_object *object;

	for (object = symbolizer->objects; object; object = object->next)
		judge(symbolizer, object);
	tell_missing(symbolizer);
	tell_ambiguous(symbolizer);
}
