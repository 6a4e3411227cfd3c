/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the path of a file below /proc/<pid>/ tells: whose it is. */
#ifndef PAGEOWL_FORMATS_PROCESS_PATH_H
#define PAGEOWL_FORMATS_PROCESS_PATH_H

#include "base/span.h"

/*
 * The pid in "t1/proc/812/status.gz", as text; empty where the path is not
 * that of such a file, or the number is not as the kernel writes a pid.
 */
struct span process_path_pid(struct span path);

/* The name in it, with what suffixes it has: "status.gz". */
struct span process_path_name(struct span path);

#endif
