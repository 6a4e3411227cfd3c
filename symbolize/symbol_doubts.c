/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a symbolizer has to say of the files that it was given. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "symbolize/symbolizer_state.h"

enum {
	NAMES_CAPACITY = 200,
	MISFITS_TOLD = 3, /* so many are a reason to speak before the end */
};

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
	if (symbolizer->warning_count == SYMBOL_WARNINGS_MAX - 1)
		text = "further warnings about debug information are not shown";
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

static const char *path_of(const struct debug_object *object)
{
	return object->has_file ? object->file.path : "what was kept of it";
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static void tell_refused(struct symbolizer *symbolizer,
			 struct debug_object *object)
{
	struct function_counts counts = debug_object_functions(object);
	const struct known_frame *example = misfit(object);

	object->told = true;
	symbol_doubt(symbolizer,
		     "%s is not the %s%s that ran: of %zu function%s %zu %s "
		     "not there, and %zu %s another size (%.*s, printed with "
		     "%#llx); no line of it is shown",
		     path_of(object), object->module ? "module " : "kernel",
		     object->module ? object->module : "",
		     counts.fit + counts.other_size + counts.missing,
		     plural(counts.fit + counts.other_size + counts.missing),
		     counts.missing, counts.missing == 1 ? "is" : "are",
		     counts.other_size, counts.other_size == 1 ? "has" : "have",
		     NAMES_CAPACITY, example->query.symbol,
		     (unsigned long long)example->query.size);
}

/* A few functions may be the fault of the text; with more of it that shows. */
static void tell_judgement(struct symbolizer *symbolizer,
			   struct debug_object *object, bool last)
{
	struct function_counts counts = debug_object_functions(object);

	if (object->refused && !object->told &&
	    (last || counts.other_size + counts.missing >= MISFITS_TOLD))
		tell_refused(symbolizer, object);
	if (object->refused || !object->told)
		return;
	object->told = false;
	symbol_doubt(symbolizer,
		     "%s fits what came since: its lines are shown again",
		     path_of(object));
}

static void tell_ambiguous(struct symbolizer *symbolizer)
{
	const struct known_frame *frame, *example = NULL;
	const struct debug_object *object;
	size_t count = 0;

	for (object = symbolizer->list.first; object; object = object->next)
		for (frame = object->frames.table; frame;
		     frame = frame->hh.next)
			if (frame->answer.status == FRAME_AMBIGUOUS) {
				example = frame;
				count++;
			}
	if (count)
		symbol_doubt(symbolizer,
			     "%zu %s no source line, since several functions "
			     "have that name and size: %.*s may be any of %u",
			     count, count == 1 ? "frame has" : "frames have",
			     NAMES_CAPACITY, example->query.symbol,
			     example->answer.candidates);
}

/* A kernel that was asked for, and of which frames are without lines. The
 * landmark alone does not need it. */
static void tell_missing(struct symbolizer *symbolizer)
{
	const struct debug_object *object;

	for (object = symbolizer->list.first; object; object = object->next)
		if (object->missing && is_asked_for(symbolizer, object) &&
		    (symbolizer->options.vmlinux ||
		     HASH_COUNT(object->frames.table) > 1))
			symbol_doubt(symbolizer, "%s", object->missing);
}

void symbol_doubts_say(struct symbolizer *symbolizer, bool last)
{
	struct debug_object *object;

	for (object = symbolizer->list.first; object; object = object->next) {
		debug_object_judge(object);
		tell_judgement(symbolizer, object, last);
	}
	tell_missing(symbolizer);
	if (last)
		tell_ambiguous(symbolizer);
}

void symbolizer_conclude(struct symbolizer *symbolizer)
{
	symbol_doubts_say(symbolizer, true);
}
