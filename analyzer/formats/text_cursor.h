/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a piece of text, without line ends and log prefixes. */
#ifndef PAGEOWL_FORMATS_TEXT_CURSOR_H
#define PAGEOWL_FORMATS_TEXT_CURSOR_H

#include "base/span.h"

struct text_cursor {
	struct span rest; /* text not taken yet */
	uint64_t line;	  /* number of the line taken last */
	struct span raw;  /* that line as it stood there */
	bool prefixed;	  /* take log prefixes off the lines */
	size_t indent;	  /* take off as many spaces or tabs at most */
};

/* Take the next line; false: there is none. */
bool text_cursor_next(struct text_cursor *cursor, struct span *ret);

#endif
