/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/told_place.h"

#include "account/classify.h"

static bool tells(const struct source_place *place)
{
	return place->file.length &&
	       !classify_is_helper(frame_fold_name(place->function));
}

void told_place_choose(struct frame *frame)
{
	size_t i;

	frame->told_place = 0;
	for (i = 0; i < frame->place_count; i++)
		if (tells(&frame->places[i])) {
			frame->told_place = i;
			return;
		}
	for (i = 0; i < frame->place_count; i++)
		if (frame->places[i].file.length)
			frame->told_place = i;
}
