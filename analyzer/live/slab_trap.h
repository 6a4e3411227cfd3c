/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The slab caches that page_owner itself takes objects of.
 *
 * The traces of a slab cache are collected under a lock of that cache, and
 * pages are allocated meanwhile. Where page_owner counts pages by stack, each
 * stack that it has not seen takes an object of two pointers: of kmalloc-16.
 * While the traces of that very cache are collected, the kernel waits for a
 * lock that it holds itself.
 */
#ifndef PAGEOWL_LIVE_SLAB_TRAP_H
#define PAGEOWL_LIVE_SLAB_TRAP_H

#include <sys/types.h>

#include "base/span.h"

enum { SLAB_TRAP_CACHES = 64 };

/* A folder below sys/kernel/slab, which several names may lead to. */
struct slab_folder {
	dev_t device;
	ino_t node;
};

struct slab_trap {
	uint64_t wide;	 /* bytes of the objects that are taken */
	uint64_t narrow; /* of a kernel with 32 bits; 0: it has 64 */
	struct slab_folder caches[SLAB_TRAP_CACHES]; /* with such objects */
	size_t count;
	bool more; /* than fit */
};

/* Look at the caches below root; is_narrow: pointers may have 32 bits. */
void slab_trap_find(const char *root, bool is_narrow, struct slab_trap *ret);

/* Whether the cache is one of them, or an alias of one; yes, when in doubt. */
bool slab_trap_has(const struct slab_trap *trap, const char *root,
		   struct span cache);

#endif
