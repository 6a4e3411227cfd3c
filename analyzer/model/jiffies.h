/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernel's clock as slab traces show it. Ages are printed in jiffies,
 * 1/CONFIG_HZ seconds, and no file states CONFIG_HZ. But the lines that say
 * "<not-available>" print jiffies themselves, which begin at 2^32 - 300 * HZ
 * (INITIAL_JIFFIES, so that they wrap five minutes after boot); and no object
 * is older than the machine.
 */
#ifndef PAGEOWL_MODEL_JIFFIES_H
#define PAGEOWL_MODEL_JIFFIES_H

#include "model/record.h"

/* What kernels are built with; others have to be given. */
#define JIFFIES_RATES 6

/* Zeroed is "nothing known". */
struct jiffies_facts {
	uint64_t oldest;     /* the largest age */
	bool known;	     /* jiffies were printed: */
	int64_t first, last; /* jiffies minus 2^32, when dumps were read */
	/* CONFIG_HZ * 300 cannot be less: an object is at least that old. */
	int64_t least;
	/*
	 * Of creations that say how old they are, two tell how long a jiffy is:
	 * how many pairs speak for each rate, and for none.
	 */
	uint64_t votes[JIFFIES_RATES], blank_votes;
	bool has_creation; /* the one that the next are paired with: */
	struct creation creation;
	/* Of all creations: jiffies minus 2^32, and those of 32 bits that are
	 * on their way to the next wrap as what they are without it. */
	bool has_created;
	int64_t created_first, created_last;
	/* The last of those that were made as the kernel started. */
	bool has_started;
	int64_t started_last;
};

void jiffies_note(struct jiffies_facts *facts,
		  const struct object_facts *objects);

void jiffies_note_creation(struct jiffies_facts *facts,
			   const struct creation *creation);

/*
 * Jiffies as the kernel prints them, minus 2^32: those of the first minutes
 * are negative; 32-bit kernels print what is left after the wrap.
 */
int64_t jiffies_of_wrap(uint64_t jiffies);

/* When that was, in ns since boot. */
uint64_t jiffies_to_ns(int64_t jiffies, unsigned hz);

/* Add what one more dump of the same machine says. */
void jiffies_add(struct jiffies_facts *facts,
		 const struct jiffies_facts *other);

enum hz_origin {
	HZ_UNKNOWN,
	HZ_GIVEN,   /* by the user */
	HZ_CONFIG,  /* the kernel's configuration lies in the capture */
	HZ_JIFFIES, /* from jiffies and ages */
	HZ_UPTIME,  /* from ages and the uptime */
};

/* The clock of a capture. */
struct jiffies_clock {
	unsigned hz; /* 0: not known */
	enum hz_origin origin;
	/* Jiffies since boot when the first and the last dump were read. */
	bool known;
	uint64_t first, last;
};

/*
 * Work out the clock. hz, where not 0, comes from origin. uptime_ns is the
 * time when the capture began, or TS_NONE.
 */
struct jiffies_clock jiffies_clock(const struct jiffies_facts *facts,
				   unsigned hz, enum hz_origin origin,
				   uint64_t uptime_ns);

#endif
