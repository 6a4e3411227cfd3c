/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All tallies of one capture, with what was lost on the way. A row is what is
 * counted under one key: a stack, and the values of the fields that --by asked
 * for. Its memory follows the distinct keys, never the records.
 */
#ifndef PAGEOWL_MODEL_SNAPSHOT_H
#define PAGEOWL_MODEL_SNAPSHOT_H

#include "base/string_pool.h"
#include "model/creation_times.h"
#include "model/jiffies.h"
#include "model/loss.h"
#include "model/stack_table.h"
#include "model/tally.h"

struct row_key {
	struct stack *stack;
	string_id values[FIELD_COUNT]; /* 0 ("") for fields not asked for */
};

struct row {
	UT_hash_handle hh;
	struct row_key key;
	struct tally tally;
	struct creation_times *created; /* not in tally yet; or NULL */
	bool reclaimable; /* objects of a cache that memory pressure shrinks */
	bool counted;	  /* a counter has it: see account/coverage.h */
};

/* One stack may allocate from several slab caches, of which some shrink. */
static inline enum category row_category(const struct row *row)
{
	enum category category = row->key.stack->class.category;

	return category == CATEGORY_SLAB && row->reclaimable
		       ? CATEGORY_SLAB_RECLAIMABLE
		       : category;
}

/* Records and what they hold, where nothing else is asked. */
struct amount {
	uint64_t records;
	uint64_t units;
};

/*
 * A record that the end of a text cut into, or that of a boot in a log; kept
 * until all stacks are known.
 */
struct unfinished {
	struct unfinished *next;
	bool has_objects, has_creation;
	struct record record; /* its text lies in the snapshot's arena */
	struct object_facts objects;
	struct creation creation;
};

/* So many are kept; each is compared with all stacks. */
#define UNFINISHED_MAX 256

/* By what the objects of slab traces were counted. */
struct object_sizes {
	uint64_t requested;	 /* objects counted by what was asked for */
	uint64_t slots;		 /* objects counted by their slots */
	uint64_t whole;		 /* objects counted by the size of one */
	uint64_t unsized;	 /* objects counted as 0 bytes */
	string_id unsized_cache; /* one of theirs */
	size_t unsized_caches;
};

/* Nobody reads more, and a hostile text could make any number. */
#define REMARKS_MAX 200

/* What a format found to say of a whole dump. */
struct remark {
	struct remark *next;
	char text[512];
};

/* Where T0 comes from, when reading began; the later the better. */
enum began_from {
	BEGAN_RECORDS,	/* the first of them */
	BEGAN_UPTIME,	/* proc/uptime, which was read first of all */
	BEGAN_MANIFEST, /* the moment at which this very dump was opened */
};

struct snapshot {
	struct stack_table stacks;
	struct row *rows;	  /* uthash head */
	struct string_pool names; /* values of fields; id 0 is "" */
	struct arena arena;
	field_set by;	    /* the fields in row keys */
	field_set identity; /* of those: what the format needs itself */
	enum unit unit;	    /* of all that is counted */

	uint64_t entries; /* records as the text has them, damaged ones too */
	uint64_t seen;	  /* records: counted + filtered + skipped */
	struct amount counted;
	struct amount filtered;
	struct loss loss;
	uint64_t counters; /* that were handed on */
	uint64_t strays;   /* lines passed over that are no damage */
	uint64_t lines;	   /* lines of text read */
	uint64_t bytes;	   /* of text */

	struct amount offline; /* charged to removed memory cgroups */
	struct string_pool offline_names;

	struct tally_cuts cuts; /* what the tallies were counted against */
	uint64_t began_ns;	/* when reading began (T0), or TS_NONE */
	uint64_t youngest_ns;	/* the largest time of all seen; 0: none */
	uint64_t head_ns;	/* the largest time of the head; or TS_NONE */
	field_set fields_seen;	/* of those wanted, in any record */
	unsigned block_shift;	/* PFN >> it is the block; 0: not known */
	uint64_t first_pfn, last_pfn;  /* in file order; PFN_NONE: none */
	uint64_t first_line;	       /* of the first record that has a PFN */
	struct unfinished *unfinished; /* in order */
	size_t unfinished_count;
	struct remark *remarks; /* in order */
	struct jiffies_facts jiffies;
	bool has_times;	    /* told by snapshot_tell_times() */
	uint64_t page_size; /* bytes, where the dump tells it; else 0 */
};

bool snapshot_init(struct snapshot *snapshot, field_set by, struct error *err);
void snapshot_deinit(struct snapshot *snapshot);

/* Find or add the row of a key. */
bool snapshot_row(struct snapshot *snapshot, const struct row_key *key,
		  struct row **ret, struct error *err);

/*
 * What tells a row from others of its stack, by the snapshot's identity: a
 * slab cache, a source line, the kind of an area. Empty: nothing does.
 */
struct span snapshot_detail(const struct snapshot *snapshot,
			    const struct row *row);

/* Note when a record of row was made. */
bool snapshot_note_creation(struct snapshot *snapshot, struct row *row,
			    const struct record *record, struct error *err);

/*
 * The kernel's clock is known: tell the tallies when their records were made,
 * against these cuts. Done once.
 */
void snapshot_tell_times(struct snapshot *snapshot, unsigned hz,
			 const struct tally_cuts *cuts);

/* Note the PFN of a record that stands at line, in file order. */
void snapshot_note_pfn(struct snapshot *snapshot, uint64_t pfn, uint64_t line);

/* A record that was kept; borrowed pieces live in the snapshot. */
struct record unfinished_record(const struct unfinished *unfinished);

/* Keep a copy of a record that was cut into; of too many, skip it. */
bool snapshot_keep_unfinished(struct snapshot *snapshot,
			      const struct record *record, struct error *err);

/* An unfinished record is not counted: nothing tells what it was. */
void snapshot_skip_unfinished(struct snapshot *snapshot,
			      const struct record *record);

/* Add a remark, unless it was made already. */
bool snapshot_remark(struct snapshot *snapshot, const char *text,
		     struct error *err);

/* Add what was read of a later piece of the same input. */
bool snapshot_merge(struct snapshot *snapshot, const struct snapshot *later,
		    struct error *err);

#endif
