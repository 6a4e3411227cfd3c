/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/jiffies.h"

#define INITIAL_SECONDS 300
#define WRAP		((int64_t)1 << 32)

static const unsigned rates[JIFFIES_RATES] = {100, 250, 300, 1000};
#define RATE_COUNT ((size_t)JIFFIES_RATES)

/* Less between two creations tells no rate: ages are printed one by one. */
#define PAIR_LEAST_NS 500000000

int64_t jiffies_of_wrap(uint64_t jiffies)
{
	int64_t ret = jiffies < INT64_MAX ? (int64_t)jiffies : INT64_MAX;

	return ret >= WRAP / 2 ? ret - WRAP : ret;
}

uint64_t jiffies_to_ns(int64_t jiffies, unsigned hz)
{
	int64_t ticks = jiffies + (int64_t)hz * INITIAL_SECONDS;
	uint64_t seconds;

	/* Of 32 bits, on their way to the next wrap. */
	if (ticks < 0)
		ticks += WRAP;
	if (ticks < 0)
		return 0;
	seconds = (uint64_t)ticks / hz;
	/* Of 100 years and more nothing is true. */
	if (seconds > UINT32_MAX)
		return UINT32_MAX * (uint64_t)1000000000u;
	return seconds * 1000000000u + (uint64_t)ticks % hz * 1000000000u / hz;
}

static void settle_least(struct jiffies_facts *facts)
{
	/* Now is at least `oldest` jiffies after boot. */
	int64_t least = (int64_t)facts->oldest - facts->last;

	if (facts->known && facts->oldest < INT64_MAX / 2 &&
	    least > facts->least)
		facts->least = least;
}

void jiffies_note(struct jiffies_facts *facts,
		  const struct object_facts *objects)
{
	if (objects->age_max != AGE_NONE && objects->age_max > facts->oldest)
		facts->oldest = objects->age_max;
	if (objects->jiffies_now != AGE_NONE &&
	    objects->jiffies_now < INT64_MAX / 2) {
		int64_t now = jiffies_of_wrap(objects->jiffies_now);

		if (!facts->known || now < facts->first)
			facts->first = now;
		if (!facts->known || now > facts->last)
			facts->last = now;
		facts->known = true;
	}
	settle_least(facts);
}

/* What the jiffies and the ages of two creations say, which differ. */
static void vote(struct jiffies_facts *facts, const struct creation *a,
		 const struct creation *b)
{
	double jiffies = (double)jiffies_of_wrap(b->jiffies) -
			 (double)jiffies_of_wrap(a->jiffies);
	double ns = (double)a->age_ns - (double)b->age_ns;
	size_t i;

	if (ns < PAIR_LEAST_NS && ns > -PAIR_LEAST_NS)
		return;
	for (i = 0; i < RATE_COUNT; i++) {
		double off = jiffies / (ns / 1e9) / rates[i] - 1;

		if (off > -0.02 && off < 0.02) {
			facts->votes[i]++;
			return;
		}
	}
	facts->blank_votes++;
}

void jiffies_note_creation(struct jiffies_facts *facts,
			   const struct creation *creation)
{
	int64_t before_wrap = -jiffies_of_wrap(creation->jiffies);

	/* Nothing is older than the machine. What is further before the wrap
	 * than that allows is of 32 bits, and weeks of uptime. */
	if (before_wrap > facts->least &&
	    before_wrap <= (int64_t)rates[RATE_COUNT - 1] * INITIAL_SECONDS)
		facts->least = before_wrap;
	if (creation->age_ns == TS_NONE)
		return;
	if (facts->has_creation)
		vote(facts, &facts->creation, creation);
	/* Pairs of the first with all others are the furthest apart. */
	else
		facts->creation = *creation;
	facts->has_creation = true;
}

void jiffies_add(struct jiffies_facts *facts, const struct jiffies_facts *other)
{
	size_t i;

	/* Dumps are read one after the other: the oldest object of one says
	 * nothing about the moment of another, so `least` is not renewed. */
	if (other->oldest > facts->oldest)
		facts->oldest = other->oldest;
	if (other->least > facts->least)
		facts->least = other->least;
	for (i = 0; i < RATE_COUNT; i++)
		facts->votes[i] += other->votes[i];
	facts->blank_votes += other->blank_votes;
	if (!other->known)
		return;
	if (!facts->known || other->first < facts->first)
		facts->first = other->first;
	if (!facts->known || other->last > facts->last)
		facts->last = other->last;
	facts->known = true;
}

/*
 * The rate that is no less than a third of a percent below `least`. With an
 * object from the first seconds of the boot it is exact. Else there must be one
 * only: that rates are possible does not tell which of them it is. 0: unknown.
 */
static unsigned rate_from(double least)
{
	unsigned found = 0, possible = 0;
	size_t i;

	for (i = 0; i < RATE_COUNT; i++)
		if (rates[i] * 1.003 >= least && !possible++)
			found = rates[i];
	return possible == 1 || least > 0.97 * found ? found : 0;
}

/*
 * The oldest objects of a machine were made as it started, and the traces were
 * read a while after the uptime was: so this many jiffies a second are the rate
 * or somewhat more. The objects of one cache may all be younger, and then it is
 * no rate: far above one, and below the next. 0: unknown.
 */
static unsigned rate_near(double ratio)
{
	const unsigned highest = rates[RATE_COUNT - 1];
	unsigned found = 0;
	size_t i;

	for (i = 0; i < RATE_COUNT; i++)
		if (rates[i] <= ratio * 1.01)
			found = rates[i];
	return found == highest || ratio <= found * 1.1 ? found : 0;
}

/* The rate that most pairs of creations speak for. 0: unknown. */
static unsigned rate_voted(const struct jiffies_facts *facts)
{
	uint64_t all = facts->blank_votes;
	size_t best = 0, i;

	for (i = 0; i < RATE_COUNT; i++) {
		all += facts->votes[i];
		if (facts->votes[i] > facts->votes[best])
			best = i;
	}
	return 2 * facts->votes[best] > all ? rates[best] : 0;
}

static void infer(const struct jiffies_facts *facts, uint64_t uptime_ns,
		  struct jiffies_clock *clock)
{
	double seconds = (double)uptime_ns / 1e9;
	double least = (double)facts->least / INITIAL_SECONDS;

	clock->origin = HZ_JIFFIES;
	clock->hz = rate_voted(facts);
	if (!clock->hz && facts->least > 0)
		clock->hz = rate_from(least);
	if (clock->hz)
		return;
	if (uptime_ns != TS_NONE && seconds >= 1 && facts->oldest) {
		unsigned hz = rate_near((double)facts->oldest / seconds);

		if (hz && (double)hz * 1.003 >= least) {
			clock->hz = hz;
			clock->origin = HZ_UPTIME;
		}
	}
	if (!clock->hz)
		clock->origin = HZ_UNKNOWN;
}

static uint64_t since_boot(int64_t jiffies, unsigned hz)
{
	int64_t ticks = jiffies + (int64_t)hz * INITIAL_SECONDS;

	return ticks > 0 ? (uint64_t)ticks : 0;
}

struct jiffies_clock jiffies_clock(const struct jiffies_facts *facts,
				   unsigned hz, enum hz_origin origin,
				   uint64_t uptime_ns)
{
	struct jiffies_clock clock = {.hz = hz, .origin = origin};

	if (!hz)
		infer(facts, uptime_ns, &clock);
	if (!clock.hz)
		return clock;
	if (facts->known) {
		clock.known = true;
		clock.first = since_boot(facts->first, clock.hz);
		clock.last = since_boot(facts->last, clock.hz);
	} else if (uptime_ns != TS_NONE) {
		clock.known = true;
		clock.first = (uint64_t)((double)uptime_ns / 1e9 * clock.hz);
		clock.last = clock.first;
		if (facts->oldest > clock.last)
			clock.last = facts->oldest;
	}
	return clock;
}
