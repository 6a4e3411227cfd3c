/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Makes page_owner text of any kernel from records that are known, so that
 * what is read can be held against what was written.
 */
#ifndef PAGEOWL_TESTS_SUPPORT_DUMP_MAKER_H
#define PAGEOWL_TESTS_SUPPORT_DUMP_MAKER_H

#include "tests/support/dice.h"
#include "tests/support/text_buffer.h"

/* Named after the first kernel that prints like this. */
enum dump_variant {
	DUMP_3_19,	   /* a number for the mask, letters for the flags */
	DUMP_4_6,	   /* names; raw pointers before the symbols */
	DUMP_4_12,	   /* no raw pointers */
	DUMP_5_11,	   /* pid, ts */
	DUMP_5_13,	   /* free_ts; node and zone among the flags */
	DUMP_5_18,	   /* tgid, comm, memcg lines */
	DUMP_6_5,	   /* PFN in hex */
	DUMP_6_8,	   /* no free_ts */
	DUMP_STACK_HANDLE, /* to come: a number behind the stack */
	DUMP_HANDLE,	   /* to come: a number in place of the stack */
};
#define DUMP_VARIANTS (DUMP_HANDLE + 1)

/* What a variant prints. */
struct dump_traits {
	const char *name;
	bool letters, raw_pointers, names, pid, free_ts, node, task, hex_pfn;
	bool handle, frames;
};

const struct dump_traits *dump_traits(enum dump_variant variant);

#define DUMP_FRAMES_MAX 16

struct dump_stack {
	const char *frames[DUMP_FRAMES_MAX];
	size_t frame_count;
	uint32_t handle;
};

enum dump_charge {
	CHARGE_NONE,
	CHARGE_TO,	     /* "Charged to memcg x" */
	CHARGE_OBJCG,	     /* "Charged (via objcg) to memcg x" */
	CHARGE_OFFLINE,	     /* "Charged to offline memcg x" */
	CHARGE_EARLY_OFFLINE /* "Charged to offlined memcg x." */
};

struct dump_record {
	const struct dump_stack *stack;
	const char *gfp; /* names */
	const char *migratetype, *pageblock;
	const char *comm; /* at most 15 bytes, any but NUL */
	const char *memcg;
	enum dump_charge charge;
	uint64_t ts_ns, free_ts_ns, pfn;
	unsigned order, mask, pid, tgid, node, zone;
	bool slab_line, migrated;
};

/* Zeroed is empty and valid. */
struct dump {
	struct dump_record *records;
	size_t count;
	struct dump_stack *stacks;
	size_t stack_count;
};

/* What kind of records to make. */
struct dump_recipe {
	size_t records, stacks;
	bool tame;	   /* no hostile task names, no empty stacks */
	uint64_t first_ts; /* times begin here … */
	uint64_t ts_span;  /* … and cover this; 0: 100 seconds */
};

void dump_make(struct dump *dump, struct dice *dice,
	       const struct dump_recipe *recipe);
void dump_deinit(struct dump *dump);

/* How lines are written. */
struct dump_style {
	enum dump_variant variant;
	const char *prefix;  /* before each line, or NULL */
	bool crlf;	     /* line ends of mail and serial lines */
	bool wrapped;	     /* long headers broken after a comma */
	bool no_indent;	     /* no spaces before frames */
	bool no_blank_lines; /* nothing between records */
};

void dump_write_record(struct text_buffer *text,
		       const struct dump_record *record,
		       const struct dump_style *style);

void dump_write(struct text_buffer *text, const struct dump *dump,
		const struct dump_style *style);

/* The stack of a record as stack_table has it. */
void dump_stack_text(struct text_buffer *text, const struct dump_record *record,
		     const struct dump_style *style);

/*
 * Damage text as files get damaged: cuts, lost lines, glued and doubled
 * pieces, foreign lines, flipped bytes.
 */
void dump_damage(struct text_buffer *text, struct dice *dice, unsigned times);

#endif
