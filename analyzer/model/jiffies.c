/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/jiffies.h"

#define INITIAL_SECONDS 300
#define WRAP		((int64_t)1 << 32)

static const unsigned rates[JIFFIES_RATES] = {100, 200, 250, 300, 500, 1000};
#define RATE_COUNT ((size_t)JIFFIES_RATES)

/* The uptime is read first, and what was made until all is read comes later. */
#define READING_SECONDS 30
#define READING_SHARE	1.1

/* The first task starts the kernel within so many seconds. */
#define START_SECONDS 10

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

/* 200 and 500 are of 32-bit Arm only. */
static bool is_common(unsigned rate)
{
	return rate != 200 && rate != 500;
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

static void add_started(struct jiffies_facts *facts, int64_t jiffies)
{
	if (!facts->has_started || jiffies > facts->started_last)
		facts->started_last = jiffies;
	facts->has_started = true;
}

static void add_created(struct jiffies_facts *facts, int64_t first,
			int64_t last)
{
	if (!facts->has_created || first < facts->created_first)
		facts->created_first = first;
	if (!facts->has_created || last > facts->created_last)
		facts->created_last = last;
	facts->has_created = true;
}

void jiffies_note_creation(struct jiffies_facts *facts,
			   const struct creation *creation)
{
	int64_t created = jiffies_of_wrap(creation->jiffies);

	/* What is further before the wrap than any rate allows is of 32 bits,
	 * and weeks of uptime. */
	if (created < -(int64_t)rates[RATE_COUNT - 1] * INITIAL_SECONDS)
		created += WRAP;
	add_created(facts, created, created);
	if (creation->starting)
		add_started(facts, created);
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
	if (other->has_created)
		add_created(facts, other->created_first, other->created_last);
	if (other->has_started)
		add_started(facts, other->started_last);
	if (!other->known)
		return;
	if (!facts->known || other->first < facts->first)
		facts->first = other->first;
	if (!facts->known || other->last > facts->last)
		facts->last = other->last;
	facts->known = true;
}

/*
 * Whether all creations lie behind the boot, and before they were read, at
 * uptime_ns if that is known.
 */
static bool fits_creations(const struct jiffies_facts *facts, unsigned hz,
			   uint64_t uptime_ns)
{
	int64_t before_wrap = (int64_t)hz * INITIAL_SECONDS;
	double last;

	if (!facts->has_created)
		return true;
	if (facts->created_first < -before_wrap ||
	    (facts->has_started &&
	     facts->started_last > START_SECONDS * (int64_t)hz - before_wrap))
		return false;
	last = ((double)facts->created_last + (double)before_wrap) / hz;
	return uptime_ns == TS_NONE ||
	       last <= (double)uptime_ns / 1e9 * READING_SHARE +
			       READING_SECONDS;
}

/*
 * The rate that is no less than a third of a percent below `least`. With an
 * object from the first seconds of the boot it is exact; creations are those
 * of a few objects, and near the boot by chance only. Else there must be one
 * only: that rates are possible does not tell which of them it is. 0: unknown.
 */
static unsigned rate_from(const struct jiffies_facts *facts, uint64_t uptime_ns)
{
	double least = (double)facts->least / INITIAL_SECONDS;
	unsigned found = 0, possible = 0;
	size_t i;

	for (i = 0; i < RATE_COUNT; i++)
		if (rates[i] * 1.003 >= least &&
		    (facts->has_created || is_common(rates[i])) &&
		    fits_creations(facts, rates[i], uptime_ns) && !possible++)
			found = rates[i];
	if (possible == 1 ||
	    (is_common(found) && possible && least > 0.97 * found))
		return found;
	return 0;
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
		if (rates[i] <= ratio * 1.01 && is_common(rates[i]))
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

static unsigned rate_inferred(const struct jiffies_facts *facts,
			      uint64_t uptime_ns, enum hz_origin *ret_origin)
{
	double seconds = (double)uptime_ns / 1e9;
	double least = (double)facts->least / INITIAL_SECONDS;
	unsigned hz = rate_voted(facts);

	*ret_origin = HZ_JIFFIES;
	if (!hz && (facts->least > 0 || facts->has_created))
		hz = rate_from(facts, uptime_ns);
	if (hz || uptime_ns == TS_NONE || seconds < 1 || !facts->oldest)
		return hz;
	*ret_origin = HZ_UPTIME;
	hz = rate_near((double)facts->oldest / seconds);
	return (double)hz * 1.003 >= least ? hz : 0;
}

static void infer(const struct jiffies_facts *facts, uint64_t uptime_ns,
		  struct jiffies_clock *clock)
{
	clock->hz = rate_inferred(facts, uptime_ns, &clock->origin);
	if (clock->hz && fits_creations(facts, clock->hz, uptime_ns))
		return;
	clock->hz = 0;
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
