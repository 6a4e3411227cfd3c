/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Debug information from the servers that DEBUGINFOD_URLS names. libdebuginfod
 * is loaded when it is asked for, for most machines do without; it keeps what
 * it got in a cache of its own, and knows its own environment variables.
 */
#ifndef SYMBOLIZE_DEBUGINFOD_H
#define SYMBOLIZE_DEBUGINFOD_H

#include "symbolize/object_file.h"

/* Whether the environment names servers. */
bool debuginfod_is_wanted(void);

/*
 * Get and open the debug information of a build id. *ret_broken tells, where
 * it was not had, whether asking for another one makes no sense either.
 */
bool debuginfod_fetch(const struct build_id *id, struct object_file *ret,
		      bool *ret_broken, struct reason *why);

#endif
