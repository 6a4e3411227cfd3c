/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A capture as the user names it: a dump, a folder, an archive, or standard
 * input. Reading it counts each source of stacks in it into a snapshot, and
 * gathers its counters. The kernel's own paths tell what a member is; where
 * they are missing, its content does.
 */
#ifndef PAGEOWL_INPUT_CAPTURE_H
#define PAGEOWL_INPUT_CAPTURE_H

#include "account/object_sizes.h"
#include "input/capture_source.h"
#include "input/traced_caches.h"
#include "model/jiffies.h"

#define CAPTURE_SOURCES_MAX 16

/* Zeroed is valid to deinit. */
struct capture {
	const char *path; /* as it was given */
	struct capture_source sources[CAPTURE_SOURCES_MAX];
	size_t source_count;
	/* One that is there and was not read, another one being wanted. */
	const struct format *unread;
	struct counters counters;
	/* Until all is read: what logs tell, and what a report on memory in
	 * one does. See told_counters.h. */
	struct counters told, reported;
	const char *reported_path; /* of the member with the report, or NULL */
	bool counters_lost;	   /* rows of theirs could not be read */
	bool cut; /* the archive, or the capture, ended early */
	struct traced_caches caches;
	struct content *members; /* in the order of reading */
	size_t member_count;
	struct remark *remarks; /* on members, in order */
	struct remark *last_remark;

	const char *kernel;  /* release, or NULL */
	const char *boot_id; /* or NULL */
	uint64_t uptime_ns;  /* when the capture began, or TS_NONE */
	struct jiffies_clock clock;
	bool single;	 /* one dump, with at most its counters beside it */
	bool rereadable; /* not a pipe, and reading did no harm */
	struct arena arena;
};

struct capture_options {
	struct ingest_options ingest;
	const char *only; /* the format whose stacks are wanted, or NULL */
	/* Names of the formats that are read at all, ended by NULL; of others
	 * not even the first byte, where their place tells what they are.
	 * NULL: all. */
	const char *const *wanted;
	unsigned hz;		    /* CONFIG_HZ; 0: find out */
	bool symbols;		    /* read kallsyms, too */
	bool processes;		    /* read the files that each process has */
	bool ignore_clocks;	    /* T0 has to come from the records */
	enum began_from began_from; /* of ingest.plan.began_ns, if given */
	/*
	 * The kernel's path of the member whose moment in the manifest is T0 of
	 * all dumps; NULL: that of each dump itself.
	 */
	const char *clock_member;
	/*
	 * It is the running machine: dumps with times and the traces of slab
	 * caches are passed over, which it may not survive being read.
	 */
	bool live;
	/*
	 * Where a dump is named that lies in the kernel's own place, read the
	 * sums of stacks beside it, too, not its counters alone.
	 */
	bool beside;
	/* Opens what is no folder; NULL: source_create() does. */
	const struct source_opener *opener;
	/* Told the path of each member before it is read; may be NULL. */
	void (*begins)(void *context, const char *path);
	void *context;
};

/*
 * Read all of a capture (capture_read.c). A member that cannot be read is told
 * in a remark and left out, but for the only one. Deinit after a failure, too.
 */
bool capture_read(struct capture *capture, const char *path,
		  const struct capture_options *options, struct error *err);
void capture_deinit(struct capture *capture);

/*
 * Add a remark on path, which is escaped and put in front of it; what else is
 * not to be trusted has to be escaped already.
 */
__attribute__((format(printf, 4, 5))) bool capture_say(struct capture *capture,
						       struct error *err,
						       const char *path,
						       const char *format, ...);

/* The same on a line of it. */
__attribute__((format(printf, 5, 6))) bool capture_say_at(
	struct capture *capture, struct error *err, const char *path,
	uint64_t line, const char *format, ...);

/*
 * Say what the manifest tells of a capture that ended early, before all else;
 * and note as lost of each source what was not read of it. capture_manifest.c
 */
bool capture_tell_manifest(struct capture *capture, struct error *err);

/* What it holds; borrowed. */
void capture_contents(const struct capture *capture, struct contents *ret);

/*
 * How many caches the newer capture has traces of and the older, which knows
 * them, has not: their objects look new. *ret_name is one of them.
 */
size_t capture_untraced(const struct capture *older,
			const struct capture *newer, struct span *ret_name);

/*
 * Size the objects of a capture again, with the counters of another one of
 * the same machine for what its own do not tell.
 */
void capture_size_objects(struct capture *capture, const struct capture *other);

/* When the dump at own, a kernel's path, began to be read, as the manifest
 * tells; or TS_NONE. */
uint64_t capture_began(const struct capture *capture,
		       const struct capture_options *options, struct span own);

/*
 * The source that counts the objects of slab caches, or NULL: slab_traces,
 * which SLUB has, or else slab_allocators, which SLAB had.
 */
struct capture_source *capture_objects(struct capture *capture);

/* The source of a format, or NULL. */
struct capture_source *capture_source(struct capture *capture,
				      const char *format);

#endif
