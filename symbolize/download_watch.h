/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When a download is given up: a server that was reached and says nothing
 * would be waited for during minutes.
 */
#ifndef SYMBOLIZE_DOWNLOAD_WATCH_H
#define SYMBOLIZE_DOWNLOAD_WATCH_H

#include <stdbool.h>
#include <stdint.h>

/* Without a byte for longer, there will be none. */
#define DOWNLOAD_PATIENCE_S 10

struct download_watch {
	uint64_t since_ns; /* the last byte, or the begin; 0: not begun */
	long done;
	bool stalled;
};

/*
 * Tell what libdebuginfod tells its progress function: bytes that came, of so
 * many. As long as it has no size, which it has once a server answers, done
 * merely counts how often it looked. True: give up.
 */
bool download_watch_tell(struct download_watch *watch, uint64_t now_ns,
			 long done, long total);

#endif
