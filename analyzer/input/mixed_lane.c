/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/mixed_lane.h"

#include <stdlib.h>

#include "formats/log_prefix.h"

void mixed_lanes_deinit(struct mixed_lanes *lanes)
{
	size_t i;

	for (i = 0; i < lanes->count; i++) {
		free(lanes->lanes[i].text);
		free(lanes->lanes[i].places);
	}
	*lanes = (struct mixed_lanes){0};
}

/* Lines that follow each other in the input are given at once. */
static bool flush(struct mixed_lanes *lanes, struct mixed_lane *lane,
		  struct error *err)
{
	struct span rest = {lane->text, lane->length}, line;
	size_t i = 0;

	while (i < lane->lines) {
		const char *begin = rest.at;
		size_t first = i;

		do
			span_take_line(&rest, &line);
		while (++i < lane->lines &&
		       lane->places[i] == lane->places[i - 1] + 1);
		if (!mixed_channel_give(lane->channel,
					span_between(begin, rest.at),
					lane->places[first], err))
			return false;
	}
	lanes->kept -= lane->length;
	lane->length = 0;
	lane->lines = 0;
	return true;
}

static bool end_lane(struct mixed_lanes *lanes, struct mixed_lane *lane,
		     struct error *err)
{
	if (!lane->channel)
		return true;
	if (!flush(lanes, lane, err))
		return false;
	lane->channel = NULL;
	lanes->open--;
	return true;
}

bool mixed_lanes_end(struct mixed_lanes *lanes, struct error *err)
{
	size_t i;

	for (i = 0; i < lanes->count; i++)
		if (!end_lane(lanes, &lanes->lanes[i], err))
			return false;
	return true;
}

bool mixed_lanes_end_of(struct mixed_lanes *lanes,
			const struct mixed_channel *channel, struct error *err)
{
	size_t i;

	for (i = 0; i < lanes->count; i++)
		if (lanes->lanes[i].channel == channel &&
		    !end_lane(lanes, &lanes->lanes[i], err))
			return false;
	return true;
}

static bool is_of(const struct mixed_lane *lane, struct span caller)
{
	return span_equal((struct span){lane->caller, lane->caller_length},
			  caller);
}

static struct mixed_lane *find(const struct mixed_lanes *lanes,
			       struct span caller)
{
	size_t i;

	for (i = 0; i < lanes->count; i++)
		if (is_of(&lanes->lanes[i], caller))
			return (struct mixed_lane *)&lanes->lanes[i];
	return NULL;
}

struct mixed_channel *mixed_lanes_channel(const struct mixed_lanes *lanes,
					  struct span caller)
{
	const struct mixed_lane *lane = find(lanes, caller);

	return lane ? lane->channel : NULL;
}

bool mixed_lanes_go_on(struct mixed_lanes *lanes, struct span caller,
		       const struct mixed_channel *channel, struct span line)
{
	struct mixed_lane *lane = find(lanes, caller);

	if (!lane || lane->channel != channel ||
	    !channel->part.format->goes_on ||
	    !channel->part.format->goes_on(
		    (struct span){lane->text, lane->length}, line))
		return false;
	lane->since = 0;
	return true;
}

/* A lane for another caller. */
static bool make_lane(struct mixed_lanes *lanes, struct span caller,
		      struct mixed_lane **ret, struct error *err)
{
	struct mixed_lane *lane = &lanes->lanes[0];
	size_t i;

	if (lanes->count < MIXED_LANES) {
		lane = &lanes->lanes[lanes->count++];
	} else {
		for (i = 1; i < lanes->count; i++)
			if (lanes->lanes[i].used < lane->used)
				lane = &lanes->lanes[i];
		if (!end_lane(lanes, lane, err))
			return false;
		lanes->last = 0;
	}
	lane->caller_length = caller.length;
	if (lane->caller_length > sizeof(lane->caller))
		lane->caller_length = sizeof(lane->caller);
	memcpy(lane->caller, caller.at, lane->caller_length);
	*ret = lane;
	return true;
}

bool mixed_lanes_begin(struct mixed_lanes *lanes, struct span caller,
		       struct mixed_channel *channel, struct error *err)
{
	struct mixed_lane *lane = find(lanes, caller);

	if (!lane && !make_lane(lanes, caller, &lane, err))
		return false;
	if (!end_lane(lanes, lane, err))
		return false;
	lane->channel = channel;
	lane->since = 0;
	lane->used = ++lanes->ticks;
	lanes->open++;
	return true;
}

static bool grow(struct mixed_lane *lane, size_t length)
{
	if (lane->length + length > lane->capacity) {
		size_t capacity = 2 * (lane->length + length);
		char *text = realloc(lane->text, capacity);

		if (!text)
			return false;
		lane->text = text;
		lane->capacity = capacity;
	}
	if (lane->lines == lane->room) {
		size_t room = lane->room ? 2 * lane->room : 64;
		uint64_t *places =
			realloc(lane->places, room * sizeof(*places));

		if (!places)
			return false;
		lane->places = places;
		lane->room = room;
	}
	return true;
}

static bool keep(struct mixed_lanes *lanes, struct mixed_lane *lane,
		 struct span line, uint64_t number, struct error *err)
{
	if ((lane->length + line.length > MIXED_LANE_SIZE ||
	     lanes->kept + line.length > MIXED_LANES_SIZE) &&
	    !flush(lanes, lane, err))
		return false;
	if (!grow(lane, line.length))
		return error_no_memory(err);
	memcpy(lane->text + lane->length, line.at, line.length);
	lane->length += line.length;
	lanes->kept += line.length;
	lane->places[lane->lines++] = number;
	lane->since += line.length;
	return lane->since < MIXED_REPORT_SIZE ||
	       !lane->channel->part.format->reported ||
	       end_lane(lanes, lane, err);
}

bool mixed_lanes_line(struct mixed_lanes *lanes, struct span line,
		      uint64_t number, bool *ret_taken, struct error *err)
{
	struct span caller = log_prefix_parse(line).caller;
	struct mixed_lane *lane =
		lanes->last ? &lanes->lanes[lanes->last - 1] : NULL;

	*ret_taken = false;
	if (caller.length && !(lane && is_of(lane, caller)))
		lane = find(lanes, caller);
	lanes->last = lane ? (size_t)(lane - lanes->lanes) + 1 : 0;
	if (!lane || !lane->channel)
		return true;
	lane->used = ++lanes->ticks;
	*ret_taken = true;
	return keep(lanes, lane, line, number, err);
}
