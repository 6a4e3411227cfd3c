/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small files below a root: "" is the machine itself, where links are followed
 * as the kernel has them. Any other root may be hostile: below it no link is
 * followed and nothing but regular files is opened, and a file may be there
 * compressed, "proc/meminfo.gz".
 */
#ifndef PAGEOWL_LIVE_LIVE_FILE_H
#define PAGEOWL_LIVE_LIVE_FILE_H

#include <stdint.h>
#include <sys/stat.h>

#include "base/span.h"

enum { LIVE_PATH_CAPACITY = 4096 };

/* A question about the machine may have no answer. */
enum answer { ANSWER_UNKNOWN, ANSWER_NO, ANSWER_YES };

/* Write root and path, "proc/meminfo", as one; false where it is too long. */
bool live_file_path(const char *root, const char *path, char *ret,
		    size_t capacity);

/* Like open(2): a descriptor, or an errno below 0. */
int live_file_open(const char *root, const char *path, int flags);

/* The errno of looking at path, which may be a folder; 0: it is there. */
int live_file_look(const char *root, const char *path, struct stat *ret);

/*
 * Whether what is at path can be read without waiting for ever: a file, or
 * the kernel's log, which is a device.
 */
bool live_file_is_text(const char *root, const char *path,
		       const struct stat *at);

/*
 * Where the text of path is: with root, and with the suffix of a compression,
 * if it has one. False when there is no such file.
 */
bool live_file_locate(const char *root, const char *path, char *ret,
		      size_t capacity);

/* Whether a text has word in it; unknown when it is empty or not there. */
enum answer live_file_has(const char *root, const char *path, struct span word);

/* What fits of a text, in buffer; empty when it cannot be read. */
struct span live_file_read(const char *root, const char *path, char *buffer,
			   size_t capacity);

/* The same of its first line, without blanks at the end, terminated. */
bool live_file_line(const char *root, const char *path, char *ret,
		    size_t capacity);

/* The number that a file begins with. */
bool live_file_number(const char *root, const char *path, uint64_t *ret);

#endif
