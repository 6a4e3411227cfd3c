/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A channel is what was found of one format in a mixed text: the lines that
 * are of it are counted into a snapshot, as those of a dump of its own would
 * be. A heading begins all channels anew.
 */
#ifndef PAGEOWL_INPUT_MIXED_CHANNEL_H
#define PAGEOWL_INPUT_MIXED_CHANNEL_H

#include "input/count_job.h"
#include "model/line_map.h"

/* What a channel is, for whoever takes what it holds. */
struct mixed_part {
	const struct format *format;
	struct span path; /* of the heading above it, or empty */
	bool of_log;	  /* it stands in a log */
	/* To be set when it begins: */
	bool wanted;		/* else its lines are passed over */
	struct tally_plan plan; /* what to count against */
	void *state;		/* of a joined format, or NULL */
	void *context;		/* of the taker */
};

/* Who takes the parts of a text, each as if it were a dump of its own. */
struct mixed_taker {
	bool (*begin)(struct mixed_taker *taker, struct mixed_part *part,
		      struct error *err);
	/* The snapshot is the taker's from now on, also on failure. */
	bool (*end)(struct mixed_taker *taker, const struct mixed_part *part,
		    struct snapshot *snapshot, struct error *err);
};

struct mixed_channel {
	struct mixed_channel *next;
	struct mixed_channel *companion; /* is given the same lines */
	struct mixed_part part;
	struct ingest_options options;
	struct ingestion ingestion;
	struct count_job job;
	struct line_map map;
	uint64_t given;	 /* lines since the state began */
	uint64_t follow; /* the line of the input that would follow */
	uint64_t lines;	 /* given in all */
	/* Of formats whose tables replace each other: */
	int rank;	     /* of the opening of the table that is counted */
	uint64_t tables;     /* that were seen */
	uint64_t table_line; /* where the one that is counted begins */
	/* Of reported formats: */
	uint64_t boots;	     /* that have records */
	uint64_t boot_begin; /* records before the boot that is read */
};

/* Zeroed, but for taker and options, is ready. */
struct mixed_channels {
	struct mixed_taker *taker;
	const struct ingest_options *options;
	bool of_log;
	struct span path;	     /* of the heading, or empty */
	struct mixed_channel *first; /* in order of finding */
	uint64_t strays; /* lines that ended channels had no use for */
};

/* After a failure, or at the end; harmless on what is empty. */
void mixed_channels_deinit(struct mixed_channels *channels);

/* The channel of a format, begun where there is none. */
bool mixed_channels_find(struct mixed_channels *channels,
			 const struct format *format,
			 struct mixed_channel **ret, struct error *err);

/* Hand on what all channels hold, and drop them. */
bool mixed_channels_end(struct mixed_channels *channels, struct error *err);

/* A boot begins: what is reported twice is so once in each of them. */
bool mixed_channels_boot(struct mixed_channels *channels, struct error *err);

/* Count lines, of which the first is that line of the input. */
bool mixed_channel_give(struct mixed_channel *channel, struct span lines,
			uint64_t line, struct error *err);

/* What is given next has nothing to do with what came before. */
bool mixed_channel_renew(struct mixed_channel *channel, struct error *err);

/*
 * A table of that opening begins, which replaces what came before. *ret_taken
 * false: a better one was counted.
 */
bool mixed_channel_table(struct mixed_channel *channel, int rank, uint64_t line,
			 bool *ret_taken, struct error *err);

#endif
