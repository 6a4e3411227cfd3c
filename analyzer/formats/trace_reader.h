/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What both formats of kmem traces share: lines in, events to the format,
 * stacks to the allocation they are of, and what is live at the end out. The
 * state of such a format begins with a struct trace_reader.
 */
#ifndef PAGEOWL_FORMATS_TRACE_READER_H
#define PAGEOWL_FORMATS_TRACE_READER_H

#include "formats/format.h"
#include "formats/trace_facts.h"
#include "formats/trace_fields.h"
#include "formats/trace_line.h"
#include "formats/trace_live.h"
#include "formats/trace_stacks.h"

/* What an event's stack goes to where there is none of an allocation. */
#define TRACE_KEY_NONE 0

/* More processors no kernel knows. */
#define TRACE_CPUS_MAX 65536
#define TRACE_DEPTH    4

/* The last events of one processor whose stacks may still come. */
struct trace_open_events {
	uint64_t keys[TRACE_DEPTH];
	uint64_t losses; /* how often events were lost before these */
	unsigned count;
};

/* By the processor's number. */
struct trace_cpus {
	struct trace_open_events *slots;
	size_t count;
	uint64_t losses;		 /* how often events were lost */
	struct trace_open_events untold; /* of lines without a number */
};

struct trace_counts {
	uint64_t allocations, freed;
	uint64_t unknown;     /* freed, but never allocated in the trace */
	uint64_t replaced;    /* allocated where something was still live */
	uint64_t failed;      /* allocations that yielded nothing */
	uint64_t hidden;      /* allocations without an address */
	uint64_t beyond;      /* that there was no room to follow */
	uint64_t split;	      /* of which a part was freed */
	uint64_t beyond_cpus; /* stacks of a processor beyond the last */
	uint64_t lost;	      /* events, as far as their number is told */
	bool has_lost;
};

/* Zeroed is ready. */
struct trace_reader {
	/* Of the block now read. */
	struct sink *sink;
	struct error *err;
	struct span raw; /* the line now read, as it stands there */

	uint64_t line; /* lines read */
	struct trace_live live;
	struct trace_stacks stacks;
	struct trace_facts facts;
	struct trace_counts counts;
	/* Of the stack whose lines now come. */
	bool open;
	bool in_user;	 /* its frames of programs have begun */
	uint64_t target; /* the allocation that it is of */
	struct stack_text lines;
	struct trace_cpus cpus;
};

/*
 * Take an event. *ret_key is what a stack behind it is of: the allocation, or
 * left alone. False when the sink failed, or memory ran out.
 */
typedef bool trace_event(struct trace_reader *reader,
			 const struct trace_line *line, uint64_t *ret_key);

bool trace_reader_block(struct trace_reader *reader, trace_event *take,
			struct span lines, struct sink *sink,
			struct error *err);

/*
 * Note an allocation of units at key, whose stack, until another comes, is the
 * site; evidence is enum evidence. One that is there already was freed, and
 * the event of that is lost.
 */
bool trace_reader_allocate(struct trace_reader *reader,
			   const struct trace_line *line,
			   const struct trace_fields *fields, uint64_t key,
			   uint64_t units, unsigned evidence);

/* Free what is at key; false: nothing is. */
bool trace_reader_free(struct trace_reader *reader, uint64_t key);

/* The line now read is damaged: an event is lost with it. */
void trace_reader_damage(struct trace_reader *reader, const char *expected);

/* How a record of an entry differs between the formats. */
typedef void trace_record(const struct trace_entry *entry,
			  struct record *record);

/* Hand on what is live; free what the reader holds. noun: "pages". */
bool trace_reader_finish(struct trace_reader *reader, const char *noun,
			 trace_record *fill, struct sink *sink,
			 struct error *err);

/* The line in head with the first event that decides fits, or NULL. */
const char *trace_reader_sniff(struct span head,
			       bool (*decides)(struct span event));

#endif
