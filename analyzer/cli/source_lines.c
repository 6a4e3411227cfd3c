/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* fopencookie */
#include "cli/source_lines.h"

#include <stdlib.h>

#include "account/told_place.h"
#include "cli/line_sources.h"
#include "cli/source_doubts.h"
#include "cli/source_share.h"
#include "cli/symbol_setup.h"

/*
 * Without a kernel's name nobody knows where to look, and a dump alone does
 * not tell it.
 */
static bool are_wanted(const struct cli *cli, const struct reading *readings,
		       size_t count)
{
	const struct settings *settings = cli->settings;
	size_t i;

	if (settings->symbols.never || !symbolizer_is_built())
		return false;
	if (symbols_are_asked_for(settings))
		return true;
	for (i = 0; i < count; i++)
		if (readings[i].capture.kernel)
			return true;
	return false;
}

/* ---- frames ---- */

/* Zeroed is empty and valid. */
struct frame_list {
	struct frame **frames;
	size_t count, capacity;
	bool no_memory;
};

/* A frame of a stack that has a symbol, as kernels print it. */
static bool has_symbol(const struct frame *frame)
{
	return !frame_is_address(frame) && frame->size;
}

static void add_frame(void *context, const struct frame *frame)
{
	struct frame_list *list = context;

	if (!has_symbol(frame) || (frame->place_count && !frame->places_told))
		return;
	if (list->count == list->capacity) {
		size_t capacity = list->capacity ? 2 * list->capacity : 256;
		struct frame **frames = realloc(
			list->frames, capacity * sizeof(struct frame *));

		if (!frames) {
			list->no_memory = true;
			return;
		}
		list->frames = frames;
		list->capacity = capacity;
	}
	/* Outputs only look; the frames are those of our own readings. */
	list->frames[list->count++] = (struct frame *)frame;
}

static bool make_query(struct arena *arena, const struct frame *frame,
		       struct frame_query *ret)
{
	*ret = (struct frame_query){
		.symbol = arena_string(arena, frame->symbol),
		.module = frame->module.length
				  ? arena_string(arena, frame->module)
				  : NULL,
		.offset = frame->offset,
		.size = frame->size,
	};
	return ret->symbol && (ret->module || !frame->module.length);
}

/* Functions live as long as the symbolizer does: longer than the report. */
static bool take_answer(struct arena *arena, const struct frame_answer *answer,
			struct frame *frame)
{
	struct source_place *places;
	size_t i;

	if (answer->status != FRAME_RESOLVED || !answer->line_count)
		return true;
	places = arena_alloc(arena, answer->line_count * sizeof(*places));
	for (i = 0; places && i < answer->line_count; i++)
		if (!source_place_init(
			    &places[i], arena, answer->lines[i].function,
			    answer->lines[i].file, answer->lines[i].line))
			return false;
	if (!places)
		return false;
	frame->places = places;
	frame->place_count = answer->line_count;
	frame->places_told = false;
	told_place_choose(frame);
	return true;
}

/* Ask for frames of one reading, in the order of the list. */
static bool ask(struct reading *reading, struct frame **frames, size_t count)
{
	struct arena arena = {0};
	struct frame_query *queries =
		arena_alloc(&arena, count * sizeof(*queries));
	struct frame_answer *answers =
		arena_alloc(&arena, count * sizeof(*answers));
	bool done = queries && answers;
	size_t i;

	for (i = 0; done && i < count; i++)
		done = make_query(&arena, frames[i], &queries[i]);
	done = done &&
	       symbolizer_resolve(reading->symbolizer, queries, count, answers);
	for (i = 0; done && i < count; i++)
		done = take_answer(&reading->places, &answers[i], frames[i]);
	arena_deinit(&arena);
	return done;
}

/* ---- of which reading ---- */

/* Put the frames of a reading first; returns how many they are. */
static size_t gather(const struct frame_owners *owners, size_t reading,
		     struct frame **frames, size_t count)
{
	size_t gathered = 0, i;

	for (i = 0; i < count; i++) {
		struct frame *frame = frames[i];

		if (frame_owners_find(owners, frame) != reading)
			continue;
		frames[i] = frames[gathered];
		frames[gathered++] = frame;
	}
	return gathered;
}

static bool fill(struct cli *cli, struct reading *readings, size_t count,
		 struct frame_list *list, struct error *err)
{
	struct frame_owners owners = {0};
	bool fine = !list->no_memory;
	size_t done = 0, own, i;

	if (fine && !list->count)
		return true;
	fine = fine && line_sources_open(cli, readings, count) &&
	       frame_owners_init(&owners, readings, count);
	for (i = 0; fine && i < count; i++) {
		own = gather(&owners, i, list->frames + done,
			     list->count - done);
		fine = !own || ask(&readings[i], list->frames + done, own);
		done += own;
	}
	for (i = 0; fine && i < count; i++)
		if (readings[i].owns_symbolizer)
			symbols_say(cli, readings[i].symbolizer,
				    &readings[i].warnings_told);
	frame_owners_deinit(&owners);
	return fine || error_no_memory(err);
}

/* ---- rows ---- */

static void add_blamed(struct frame_list *list, const struct snapshot *snapshot)
{
	const struct stack *stack;

	for (stack = snapshot->stacks.table; stack; stack = stack->hh.next) {
		const struct frame *frame = source_share_frame(stack);

		if (frame)
			add_frame(list, frame);
	}
}

static bool rows_want_places(const struct settings *settings)
{
	return grouping_wants_places(&settings->grouping) ||
	       filter_wants_places(&settings->filter);
}

static bool fill_rows(struct cli *cli, struct reading *readings, size_t count,
		      struct error *err)
{
	struct frame_list list = {0};
	bool done;
	size_t i;

	for (i = 0; i < count; i++) {
		if (readings[i].shown)
			add_blamed(&list, &readings[i].shown->snapshot);
		if (readings[i].objects)
			add_blamed(&list, &readings[i].objects->snapshot);
	}
	done = fill(cli, readings, count, &list, err);
	free(list.frames);
	return done;
}

bool source_lines_of_rows(struct cli *cli, struct reading *readings,
			  size_t count, struct error *err)
{
	bool wanted = are_wanted(cli, readings, count);

	if (!rows_want_places(cli->settings))
		return true;
	return (!wanted || fill_rows(cli, readings, count, err)) &&
	       source_doubts_of_rows(cli, readings, count, wanted, err);
}

bool source_lines_of_passing(struct cli *cli, const struct reading *old,
			     struct reading *passing, struct error *err)
{
	if (!rows_want_places(cli->settings) || !are_wanted(cli, passing, 1))
		return true;
	if (!line_sources_share(old, passing))
		return error_no_memory(err);
	return fill_rows(cli, passing, 1, err);
}

/* ---- what is shown ---- */

static ssize_t drop(void *cookie, const char *text, size_t length)
{
	(void)cookie;
	(void)text;
	return (ssize_t)length;
}

/* Run the output for the frames that it asks for. */
static bool gather_shown(const struct rendering *rendering,
			 const struct output_options *show,
			 struct frame_list *list, struct error *err)
{
	struct output_options asking = *show;
	FILE *file =
		fopencookie(NULL, "w", (cookie_io_functions_t){.write = drop});
	bool done;

	if (!file)
		return error_no_memory(err);
	asking.ask_frame = add_frame;
	asking.ask_context = list;
	done = rendering->write(rendering->report, &asking, file, err);
	fclose(file);
	return done;
}

bool source_lines_write(struct cli *cli, struct reading *readings, size_t count,
			const struct rendering *rendering,
			const struct output_options *show, struct error *err)
{
	struct frame_list list = {0};
	bool done = true;

	if (!symbolizer_is_built() && symbols_are_asked_for(cli->settings))
		console_warn(&cli->console,
			     "this pageowl was built without libbfd: it has "
			     "no use for debug information");
	if (are_wanted(cli, readings, count))
		done = gather_shown(rendering, show, &list, err) &&
		       fill(cli, readings, count, &list, err);
	if (done)
		source_doubts_of_shown(cli, readings, count, list.frames,
				       list.count);
	free(list.frames);
	return done &&
	       rendering->write(rendering->report, show, cli->console.out, err);
}
