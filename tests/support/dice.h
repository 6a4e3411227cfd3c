/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random numbers that a seed repeats, on every machine. */
#ifndef PAGEOWL_TESTS_SUPPORT_DICE_H
#define PAGEOWL_TESTS_SUPPORT_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
	uint64_t state;
};

/* What the environment's SEED says, else the time; printed either way. */
uint64_t dice_seed(void);

uint64_t dice_roll(struct dice *dice);

/* 0 to sides - 1; sides must not be 0. */
uint64_t dice_below(struct dice *dice, uint64_t sides);

bool dice_one_in(struct dice *dice, uint64_t sides);

#endif
