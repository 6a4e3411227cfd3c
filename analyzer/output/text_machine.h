/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which capture of which machine: the line above what is told of it. */
#ifndef PAGEOWL_OUTPUT_TEXT_MACHINE_H
#define PAGEOWL_OUTPUT_TEXT_MACHINE_H

#include <stdio.h>

#include "model/report.h"

/* "t2   Linux 6.12   up 1:04"; kernel may be NULL, uptime_ns TS_NONE. */
void text_machine_write(FILE *file, const char *path, const char *kernel,
			uint64_t uptime_ns);

/* "   same boot, 33 s later" */
void text_machine_relation(FILE *file, enum same_boot boot, uint64_t old_ns,
			   uint64_t new_ns);

#endif
