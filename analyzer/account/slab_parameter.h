/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the kernel's command line says of the debugging of slab caches
 * (mm/slub.c, setup_slub_debug()): "slub_debug", since 6.9 "slab_debug",
 * followed by "=FLAGS", or by blocks "=FLAGS,NAME,...;FLAGS,NAME,...".
 */
#ifndef PAGEOWL_ACCOUNT_SLAB_PARAMETER_H
#define PAGEOWL_ACCOUNT_SLAB_PARAMETER_H

#include "base/span.h"

/* Whether it has the kernel note who allocates the objects of a cache. */
bool slab_parameter_traces(struct span command_line, struct span cache);

#endif
