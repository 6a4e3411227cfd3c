/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was taken, when, and what could not be: the text of the member
 * "manifest". Fields are divided by tabs; what a field must not hold is
 * escaped (base/quote.h), and nothing is cut.
 *
 *   pageowl capture manifest 1
 *   machine	live
 *   kernel	6.12.117-lab x86_64
 *   boot	<boot id>
 *   began	2026-11-22T16:02:03Z	31.123456789
 *   # status	began	ended	bytes	path	why
 *   whole	31.124000000	31.125000000	1488	proc/meminfo
 *   missing	-	-	0	proc/allocinfo	this kernel has no ...
 *   ended	2026-11-22T16:02:08Z	35.223000000	whole
 *
 * The machine is "folder" where a root is read that no kernel prints; what is
 * not known is "-". Where that root is a capture with a manifest, its lines are
 * taken over: old_manifest.h.
 *
 * Moments are seconds of CLOCK_MONOTONIC_RAW: the clock nearest to that of
 * page_owner's ts (local_clock(): no time asleep, no NTP). A manifest without
 * the line "ended" is that of a capture that was interrupted. "ended" tells
 * "whole", or why the capture ended early.
 */
#ifndef PAGEOWL_STORE_MANIFEST_H
#define PAGEOWL_STORE_MANIFEST_H

#include <stdint.h>

#include "base/error.h"
#include "base/span.h"

#define MANIFEST_PATH "manifest"

enum member_status {
	MEMBER_WHOLE,	 /* "whole": read to its end */
	MEMBER_PART,	 /* "part": some of it is there */
	MEMBER_FAILED,	 /* "failed": it exists and could not be read */
	MEMBER_MISSING,	 /* "missing": this kernel, or this boot, has it not */
	MEMBER_LEFT_OUT, /* "left out": by an option, or for safety */
	MEMBER_BEGUN,	 /* "begun": a later line tells what became of it */
	MEMBER_STATUSES,
};

struct member_note {
	const char *path;
	enum member_status status;
	uint64_t began_ns, ended_ns; /* 0: it was not opened */
	uint64_t bytes;		     /* of text */
	const char *why;	     /* reason and remedy, or NULL */
};

/* Zeroed is empty and valid to deinit. */
struct manifest {
	char *text;
	size_t length, capacity;
	size_t counts[MEMBER_STATUSES]; /* of notes, by status */
};

struct manifest_head {
	bool live;	     /* the files are printed by the running kernel */
	const char *kernel;  /* release and machine; NULL: not known */
	const char *boot_id; /* NULL: not known */
	int64_t wall_s;	     /* seconds since 1970 */
	uint64_t began_ns;
};

bool manifest_begin(struct manifest *manifest, const struct manifest_head *head,
		    struct error *err);
bool manifest_add(struct manifest *manifest, const struct member_note *note,
		  struct error *err);

/* Add lines that are written already, or a part of one. */
bool manifest_copy(struct manifest *manifest, struct span text,
		   struct error *err);

/* why is NULL where the capture is whole. */
bool manifest_end(struct manifest *manifest, int64_t wall_s, uint64_t ended_ns,
		  const char *why, struct error *err);

void manifest_deinit(struct manifest *manifest);

#endif
