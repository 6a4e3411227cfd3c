/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The slab cache that a file's path tells: the text of alloc_traces and its
 * siblings does not say whose objects it lists.
 */
#ifndef PAGEOWL_FORMATS_SLAB_PATH_H
#define PAGEOWL_FORMATS_SLAB_PATH_H

#include "base/span.h"

/*
 * The name of the cache: of ".../slab/kmalloc-64/alloc_traces" the directory,
 * of names that somebody made up, "kmalloc-64-alloc_traces.txt", what is left
 * without the known words. Empty where nothing sensible is left.
 */
struct span slab_path_cache(struct span path);

#endif
