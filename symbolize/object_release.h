/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Of which release of the kernel an object file says it is: a module in its
 * vermagic, a kernel in its banner. A file of debug information alone has
 * neither.
 */
#ifndef SYMBOLIZE_OBJECT_RELEASE_H
#define SYMBOLIZE_OBJECT_RELEASE_H

#include "symbolize/object_file.h"

/* As uname(2) has it, with the zero behind. */
#define OBJECT_RELEASE_CAPACITY 65

/* False: the file does not tell. */
bool object_release_read(const struct object_file *file,
			 char ret[OBJECT_RELEASE_CAPACITY]);

#endif
