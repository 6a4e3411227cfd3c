/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the running kernel prints page_owner; and when it does not, why not
 * and what to do about it.
 */
#ifndef PAGEOWL_LIVE_LIVE_DUMP_H
#define PAGEOWL_LIVE_LIVE_DUMP_H

#include "live/live_machine.h"

/*
 * Write the path of the dump to ret_path. When the file cannot be opened, err
 * gives the most fundamental reason that can be known, and the remedy.
 */
bool live_dump_find(const struct live_machine *machine, char *ret_path,
		    size_t capacity, struct error *err);

/* The same, asking this machine; root is "", or a directory for tests. */
bool live_dump_path(const char *root, char *ret_path, size_t capacity,
		    struct error *err);

#endif
