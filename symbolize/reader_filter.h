/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which system calls a process that reads an object file may still make. */
#ifndef SYMBOLIZE_READER_FILTER_H
#define SYMBOLIZE_READER_FILTER_H

#include <stdbool.h>

/*
 * From now on, and for all children: memory that is not executable, pread()
 * of one file, write() to one pipe, children of its own and waiting for them.
 * All else fails with EPERM, and nothing takes that back. False: this kernel
 * or this container has no such filters, or the processor is one whose calls
 * we do not know.
 */
bool reader_filter_install(int file, int pipe);

#endif
