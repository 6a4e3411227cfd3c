/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands behind the symbol of a line of slab traces, in any order (the
 * kernel's is this one):
 *
 *   [" waste=%lu/%lu"] " age=%ld[/%ld/%ld]" " pid=%ld[-%ld]"
 *   [" cpus=%*pbl"] [" nodes=%*pbl"]
 */
#ifndef PAGEOWL_FORMATS_SLAB_FACTS_H
#define PAGEOWL_FORMATS_SLAB_FACTS_H

#include "model/record.h"

struct slab_facts {
	struct object_facts objects;
	struct span pid, cpus, nodes; /* as printed; empty: not told */
	bool is_available; /* else age= is jiffies - 0: the kernel's clock */
	bool has_age;
};

/* Nothing told yet. */
void slab_facts_init(struct slab_facts *facts, bool is_available);

/*
 * Add what text, words with '=' in them, tells; unknown keys are passed over.
 * The spans borrow from it. False: a number is wrong, or a word is no fact;
 * what was told before it is kept.
 */
bool slab_facts_add(struct slab_facts *facts, struct span text);

/* Whether the first word of text is a fact that is known. */
bool slab_facts_is_start(struct span text);

/*
 * Whether the age is the last word: where the text was cut behind it, it may
 * have been longer.
 */
bool slab_facts_end_in_age(struct span text);

#endif
