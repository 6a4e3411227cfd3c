/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A member that holds several things: each is taken into the capture as if it
 * were a member of its own.
 */
#ifndef PAGEOWL_INPUT_MIXED_MEMBER_H
#define PAGEOWL_INPUT_MIXED_MEMBER_H

#include "input/member_place.h"
#include "input/mixed_text.h"

/*
 * Whether a member of that format, or of none that is known, holds several;
 * *ret is what its head tells then.
 */
bool mixed_member_is_one(const struct member_reader *reader,
			 const struct format *format,
			 const struct source *input,
			 const struct ingest_head *head,
			 struct mixed_head *ret);

/* Read it; only: look for that format alone, unless it is NULL. */
bool mixed_member_read(struct member_reader *reader, struct source *input,
		       struct ingest_head *head, const struct mixed_head *text,
		       const struct format *only, struct error *err);

#endif
