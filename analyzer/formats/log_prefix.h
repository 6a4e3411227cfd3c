/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What logs and mail put before a line of a dump: "[  123.456789] ", "<4>",
 * "Jan  4 09:53:54 host kernel: ", "> ", colours, blanks before all of it.
 */
#ifndef PAGEOWL_FORMATS_LOG_PREFIX_H
#define PAGEOWL_FORMATS_LOG_PREFIX_H

#include "base/span.h"

struct log_prefix {
	size_t length; /* of all prefixes; 0: there is none */
	/* "T12" or "C1", which thread or CPU printed the line, or empty. */
	struct span caller;
	uint64_t time_ns; /* since boot; UINT64_MAX: it tells none */
	bool of_log;	  /* a time or a level, not just a quote mark */
	bool of_kmsg;	  /* of /dev/kmsg, where "\\x0a" is a newline */
};

struct log_prefix log_prefix_parse(struct span line);

/* The length of the prefixes at the front of line; 0: none. */
size_t log_prefix_length(struct span line);

/* Take what controls a terminal from the front of text: "\033[0;32m". */
bool log_prefix_take_control(struct span *text);

#endif
