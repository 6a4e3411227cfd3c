/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads the members of a package into a capture, each as what it is. For
 * capture.c, which draws the conclusions.
 */
#ifndef PAGEOWL_INPUT_CAPTURE_READER_H
#define PAGEOWL_INPUT_CAPTURE_READER_H

#include "input/capture.h"

/* Fill all that members tell themselves; *capture is overwritten. */
bool capture_reader_run(struct capture *capture, const char *path,
			const struct capture_options *options,
			struct error *err);

/* Free the state of a joined format that was not ended. */
void capture_source_drop_state(struct capture_source *source);

#endif
