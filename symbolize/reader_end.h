/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a process that reads an object file came to its end. */
#ifndef SYMBOLIZE_READER_END_H
#define SYMBOLIZE_READER_END_H

#include "symbolize/reason.h"

/* The status of one that could not even begin. */
enum { READER_NO_DESCRIPTOR = 100 };

/* status is of waitpid(). False: it ended as it should, and ret is untouched.
 */
bool reader_end_describe(int status, struct reason *ret);

#endif
