/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which source of the capture the stacks of a member go to. */
#ifndef PAGEOWL_INPUT_MEMBER_SOURCE_H
#define PAGEOWL_INPUT_MEMBER_SOURCE_H

#include "input/member_place.h"

/* Put the path in front of an error that does not name what it is of. */
bool member_name_error(const char *path, struct error *err);

/* Small sources are read even where another one is wanted: they may agree. */
bool member_format_is_wanted(const struct member_reader *reader,
			     const struct format *format);

/* The source for a member of this format; NULL in *ret: leave it out. */
bool member_source_find(struct member_reader *reader,
			const struct format *format,
			struct capture_source **ret, struct error *err);

bool member_source_say_left_out(struct member_reader *reader, const char *path,
				const struct format *format, struct error *err);

/* T0 for a dump with times: what is known that is nearest to it. */
void member_source_plan(struct member_reader *reader, struct tally_plan *plan,
			struct capture_source *source);

#endif
