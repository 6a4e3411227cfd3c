/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A capture that is being taken; only for collect*.c. */
#ifndef PAGEOWL_LIVE_COLLECT_RUN_H
#define PAGEOWL_LIVE_COLLECT_RUN_H

#include "live/collect.h"
#include "live/old_manifest.h"
#include "live/reader.h"
#include "store/member_store.h"

struct collect_run {
	const struct collect_options *options;
	const struct collect_watch *watch;
	struct live_machine *machine;
	struct reader_pool *pool;
	struct member_store *store;
	struct manifest manifest;
	struct old_manifest old; /* of the capture that the root is */
	struct collect_summary *summary;
	const char *scan_failed; /* why kmemleak could not scan, or NULL */
	char scan_text[120];
	char late_name[64]; /* of files that hang: "smaps_rollup" */
	unsigned late_count;
};

/* Nanoseconds on the clock of the manifest. */
uint64_t collect_now(void);

/* Whether to stop, for a reason that is noted. */
bool collect_stopped(struct collect_run *run);
void collect_stop(struct collect_run *run, const char *why);

/* Add a line to the manifest, without counting or telling it. */
bool collect_put_line(struct collect_run *run, const struct member_note *note,
		      struct error *err);

/* Add a line to the manifest: what became of a member. */
bool collect_note(struct collect_run *run, const struct member_note *note,
		  struct error *err);

/*
 * Remember that the file at path hung. Where three of one name did, others of
 * that name will: each of them would cost its time, and leave a process.
 */
void collect_was_late(struct collect_run *run, const char *path);
bool collect_will_hang(const struct collect_run *run, const char *path);

/* Have what the manifest says now in the store. */
bool collect_put_manifest(struct collect_run *run, struct error *err);

/* The same while there is room for the last one as well. */
bool collect_save_manifest(struct collect_run *run, struct error *err);

/* Before anything that may take the machine down: all of it on the disk. */
void collect_make_safe(struct collect_run *run);

/*
 * Take the member at path, whatever becomes of it. False only when we cannot
 * go on: memory, or the manifest cannot be written.
 */
bool collect_member(struct collect_run *run, const struct live_source *source,
		    const char *path, struct error *err);

/* Let kmemleak look for leaks now, at the user's word. */
void collect_scan(struct collect_run *run);

#endif
