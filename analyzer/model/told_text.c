/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/told_text.h"

/* "include/linux/slab.h:547" */
static bool split_place(struct span text, struct source_place *ret)
{
	const char *colon = span_find_last(text, ':');
	struct span number;
	uint64_t line;

	if (!colon || colon == text.at)
		return false;
	number = span_between(colon + 1, span_end(text));
	if (!span_take_u64(&number, &line) || number.length || !line ||
	    line > UINT32_MAX)
		return false;
	*ret = (struct source_place){
		.file = span_between(text.at, colon),
		.file_line = text,
		.line = (unsigned)line,
	};
	return true;
}

static bool take_field(struct span *line, struct span *ret)
{
	const char *tab;

	if (!line->at)
		return false;
	tab = line->length ? memchr(line->at, '\t', line->length) : NULL;
	*ret = tab ? span_between(line->at, tab) : *line;
	*line = tab ? span_between(tab + 1, span_end(*line)) : (struct span){0};
	return true;
}

/* What a line says; the place of the frame itself is the last one. */
struct told_line {
	struct span frame;
	size_t count;
	struct source_place places[TOLD_PLACES_MAX + 1];
};

/* False: it is a frame alone, or no such text. */
static bool split(struct span line, struct told_line *ret)
{
	struct source_place place;
	struct span name, where;

	ret->count = 0;
	while (take_field(&line, &name)) {
		if (!name.length)
			return false;
		ret->frame = name;
		if (!take_field(&line, &where)) {
			/* The last place is that of the frame itself. */
			if (ret->count)
				ret->places[ret->count++] =
					(struct source_place){.function = name};
			return ret->count;
		}
		if (!split_place(where, &place))
			return false;
		place.function = name;
		if (ret->count < TOLD_PLACES_MAX || !line.at)
			ret->places[ret->count++] = place;
	}
	return true;
}

struct span told_text_frame(struct span line)
{
	struct told_line told;

	if (!line.length || !memchr(line.at, '\t', line.length) ||
	    !split(line, &told))
		return line;
	return told.frame;
}

bool told_text_places(struct span line, struct arena *arena,
		      struct frame *frame)
{
	struct source_place *places;
	struct told_line told;
	size_t i;

	if (!line.length || !memchr(line.at, '\t', line.length) ||
	    !split(line, &told))
		return true;
	places = arena_alloc(arena, told.count * sizeof(*places));
	if (!places)
		return false;
	for (i = 0; i < told.count; i++) {
		struct span file;

		places[i] = told.places[i];
		if (!arena_copy(arena, places[i].function,
				&places[i].function) ||
		    !arena_copy(arena, places[i].file_line,
				&places[i].file_line))
			return false;
		file = places[i].file_line;
		places[i].file =
			(struct span){file.at, told.places[i].file.length};
		/* Of the frame itself without offset and module. */
		if (told.places[i].function.at == told.frame.at)
			places[i].function = frame->symbol;
	}
	frame->places = places;
	frame->place_count = told.count;
	frame->places_told = true;
	return true;
}
