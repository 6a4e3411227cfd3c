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

/* Zeroed is "nothing known". */
struct jiffies_facts {
	uint64_t oldest;     /* the largest age */
	bool known;	     /* jiffies were printed: */
	int64_t first, last; /* jiffies minus 2^32, when dumps were read */
	/* CONFIG_HZ * 300 cannot be less: an object is at least that old. */
	int64_t least;
};

void jiffies_note(struct jiffies_facts *facts,
		  const struct object_facts *objects);

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
