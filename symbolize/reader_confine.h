/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A process that gives up all it does not need for reading one file and
 * answering through one pipe. A sanitizer gets what it needs: with it, there
 * is no limit of memory and no filter.
 */
#ifndef SYMBOLIZE_READER_CONFINE_H
#define SYMBOLIZE_READER_CONFINE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Where the file and the pipe are found after reader_confine(). */
enum { READER_FILE = 3, READER_PIPE = 4 };

struct reader_bounds {
	uint64_t memory;      /* bytes, besides what the process has already */
	uint64_t cpu_seconds; /* of each process */
};

/* Of so many bytes, what limits that were set before leave of them. */
uint64_t reader_confine_memory(uint64_t memory);

/*
 * Confine the calling process, a child of parent that has no threads, for
 * ever. It dies with its parent. Where the kernel refuses a part of it, the
 * rest is done. When file and pipe cannot be had, it ends with
 * READER_NO_DESCRIPTOR of reader_end.h.
 */
void reader_confine(int file, int pipe, pid_t parent,
		    const struct reader_bounds *bounds);

/* For a child that a confined process makes, its parent. */
void reader_confine_child(pid_t parent);

#endif
