/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of SLUB's reports, without a log's prefix (mm/slub.c: slab_bug(),
 * print_slab_info(), print_track()). Up to 5.12 "INFO: " stands before some.
 */
#ifndef PAGEOWL_FORMATS_SLUB_LINE_H
#define PAGEOWL_FORMATS_SLUB_LINE_H

#include "base/span.h"

enum slub_line_kind {
	SLUB_LINE_RULE, /* "=====…", "-----…" */
	/* "BUG <cache> (<taint>): Objects remaining …" */
	SLUB_LINE_REMAINING,
	SLUB_LINE_CORRUPTED, /* "BUG <cache> (<taint>): <anything else>" */
	SLUB_LINE_SLAB, /* "Slab 0x… objects=21 used=3 fp=0x… flags=…" */
	SLUB_LINE_OBJECT,    /* "Object 0x… @offset=448" */
	SLUB_LINE_DUMPED,    /* the same with fp=: of a report of corruption */
	SLUB_LINE_ALLOCATED, /* "Allocated in f+0x1/0x2 age=1 cpu=0 pid=7" */
	SLUB_LINE_FREED,
	SLUB_LINE_NO_STACK, /* "object allocation/free stack trace missing" */
	/* "kmem_cache_destroy <cache>: Slab cache still has objects" */
	SLUB_LINE_DESTROY,
};

struct slub_line {
	enum slub_line_kind kind;
	struct span cache;	      /* of BUG and DESTROY */
	struct span text;	      /* of BUG: behind the taint */
	struct span caller;	      /* of DESTROY: the symbol, or empty */
	struct span address, offset;  /* of an object, or a slab, as text */
	struct span symbol, cpu, pid; /* of a track, as text */
	uint64_t age;		      /* of a track: jiffies */
	uint64_t pid_number;	      /* of a track; fits 32 bits */
	uint64_t slab_objects, used;  /* of a slab */
};

/* False: line is none of these. */
bool slub_line_parse(struct span line, struct slub_line *ret);

#endif
