/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A capture as the user names it: a dump, a directory in which the kernel's
 * own paths lead to one, standard input, or the live machine. What lies beside
 * the dump tells which kernel it was and when reading began.
 */
#ifndef PAGEOWL_INPUT_CAPTURE_H
#define PAGEOWL_INPUT_CAPTURE_H

#include "input/source.h"

#define CAPTURE_PATH_MAX 4096

/* Zeroed is valid to deinit. */
struct capture {
	char *path;	    /* as it was given */
	char *dump_path;    /* of the dump itself */
	char kernel[128];   /* release, or empty */
	char boot_id[64];   /* or empty */
	uint64_t uptime_ns; /* when the capture began, or UINT64_MAX */
};

/*
 * Find the dump of path. "/" in front of the kernel's own paths is the live
 * machine. Fails only when path is a directory without a dump.
 */
bool capture_init(struct capture *capture, const char *path, struct error *err);
void capture_deinit(struct capture *capture);

#endif
