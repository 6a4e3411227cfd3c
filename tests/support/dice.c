/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/dice.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

uint64_t dice_seed(void)
{
	const char *given = getenv("SEED");
	struct timespec now;
	uint64_t seed;

	clock_gettime(CLOCK_REALTIME, &now);
	seed = given ? strtoull(given, NULL, 0)
		     : (uint64_t)now.tv_sec * 1000003 + (uint64_t)now.tv_nsec;
	fprintf(stderr, "SEED=%" PRIu64 "\n", seed);
	return seed;
}

/* splitmix64 */
uint64_t dice_roll(struct dice *dice)
{
	uint64_t mixed = dice->state += 0x9e3779b97f4a7c15;

	mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
	mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
	return mixed ^ mixed >> 31;
}

uint64_t dice_below(struct dice *dice, uint64_t sides)
{
	return dice_roll(dice) % sides;
}

bool dice_one_in(struct dice *dice, uint64_t sides)
{
	return dice_below(dice, sides) == 0;
}
