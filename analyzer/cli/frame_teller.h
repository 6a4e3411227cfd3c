/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who tells the source lines of frames: a symbolizer, or what a test has. */
#ifndef PAGEOWL_CLI_FRAME_TELLER_H
#define PAGEOWL_CLI_FRAME_TELLER_H

#include "symbolize/symbolizer.h"

/* The functions are those of the symbolizer; false: no memory. */
struct frame_teller {
	bool (*resolve)(void *context, const struct frame_query *queries,
			size_t count, struct frame_answer *answers);
	void *context;
};

#endif
