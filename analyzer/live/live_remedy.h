/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why a source of the machine cannot be read, or tells less than it might, and
 * what to do about it: "reason; remedy", the most fundamental reason first.
 * The functions are those that live_sources[] wants.
 */
#ifndef PAGEOWL_LIVE_LIVE_REMEDY_H
#define PAGEOWL_LIVE_LIVE_REMEDY_H

#include "live/live_machine.h"

#define EXPLAINS(name)                                                   \
	void live_explain_##name(const struct live_machine *machine,     \
				 const char *path, int error, char *ret, \
				 size_t capacity)
#define LIMITS(name)                                                          \
	bool live_limit_##name(const struct live_machine *machine, char *ret, \
			       size_t capacity)

EXPLAINS(page_owner);
EXPLAINS(page_owner_stacks);
EXPLAINS(slab_traces);
EXPLAINS(slab);
EXPLAINS(allocinfo);
EXPLAINS(kmemleak);
EXPLAINS(log);
EXPLAINS(processes);
EXPLAINS(modules);
EXPLAINS(plain);

LIMITS(page_owner_stacks);
LIMITS(slab_traces);
LIMITS(allocinfo);
LIMITS(kallsyms);
LIMITS(kmemleak);
LIMITS(processes);
LIMITS(counters);
LIMITS(identity);
LIMITS(modules);

#undef EXPLAINS
#undef LIMITS

#endif
