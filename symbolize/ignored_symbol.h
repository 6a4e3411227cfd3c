/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Symbols that an object file has, and that kallsyms may pass over. */
#ifndef SYMBOLIZE_IGNORED_SYMBOL_H
#define SYMBOLIZE_IGNORED_SYMBOL_H

#include <stdbool.h>

/*
 * Whether there is a kernel that leaves this name out when it tells how far
 * one symbol is from the next.
 */
bool symbol_is_ignored(const char *name);

#endif
