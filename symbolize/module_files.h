/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernel modules in trees of folders, by name: each tree is walked once,
 * however many modules are asked. '-' and '_' are the same, as for modprobe.
 */
#ifndef SYMBOLIZE_MODULE_FILES_H
#define SYMBOLIZE_MODULE_FILES_H

#include <stdbool.h>
#include <stddef.h>

struct module_files;

/* NULL: no memory. */
struct module_files *module_files_create(void);
void module_files_destroy(struct module_files *files);

/*
 * Add all modules below a directory: NAME.ko and NAME.ko.debug, which may be
 * compressed. Links to directories are not followed. What cannot be read, or
 * is too deep or too much, is left out. False: no memory.
 */
bool module_files_add(struct module_files *files, const char *directory);

/*
 * The index-th file of a module: those of the tree that was added first come
 * first, and in each what modprobe would prefer. NULL: there are no more.
 */
const char *module_files_path(struct module_files *files, const char *module,
			      size_t index);

#endif
