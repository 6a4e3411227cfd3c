/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/creation_times.h"

#include <stdlib.h>

#include "model/jiffies.h"

#define MARKS_FIRST 4

static bool grow(struct creation_times *times, struct arena *arena)
{
	size_t capacity = times->capacity ? 2 * times->capacity : MARKS_FIRST;
	struct creation_mark *marks =
		arena_alloc(arena, capacity * sizeof(*marks));

	if (!marks)
		return false;
	if (times->count)
		memcpy(marks, times->marks, times->count * sizeof(*marks));
	times->marks = marks;
	times->capacity = capacity;
	return true;
}

static int compare_marks(const void *a, const void *b)
{
	const struct creation_mark *one = a, *other = b;

	return (one->jiffies > other->jiffies) -
	       (one->jiffies < other->jiffies);
}

static bool are_one(const struct creation_times *times, int64_t a, int64_t b)
{
	return a >> times->shift == b >> times->shift;
}

/* Put neighbours together that are one by now. */
static void join(struct creation_times *times)
{
	size_t to = 0, i;

	for (i = 1; i < times->count; i++) {
		struct creation_mark *last = &times->marks[to];

		if (are_one(times, last->jiffies, times->marks[i].jiffies))
			last->units += times->marks[i].units;
		else
			times->marks[++to] = times->marks[i];
	}
	times->count = to + 1;
}

/* Leave room for as many again. */
static void thin(struct creation_times *times)
{
	qsort(times->marks, times->count, sizeof(*times->marks), compare_marks);
	join(times);
	while (times->count > CREATION_MARKS_MAX / 2) {
		times->shift++;
		join(times);
	}
}

bool creation_times_add(struct creation_times *times, struct arena *arena,
			int64_t jiffies, uint64_t units)
{
	if (!times->count || jiffies < times->first)
		times->first = jiffies;
	if (!times->count || jiffies > times->last)
		times->last = jiffies;
	/* Those of a stack come in bursts. */
	if (times->count &&
	    are_one(times, times->marks[times->count - 1].jiffies, jiffies)) {
		times->marks[times->count - 1].units += units;
		return true;
	}
	if (times->count == CREATION_MARKS_MAX)
		thin(times);
	if (times->count == times->capacity && !grow(times, arena))
		return false;
	times->marks[times->count++] = (struct creation_mark){jiffies, units};
	return true;
}

bool creation_times_merge(struct creation_times *times, struct arena *arena,
			  const struct creation_times *later)
{
	size_t i;

	if (later->shift > times->shift)
		times->shift = later->shift;
	for (i = 0; i < later->count; i++)
		if (!creation_times_add(times, arena, later->marks[i].jiffies,
					later->marks[i].units))
			return false;
	/* A mark stands for several: these are of each one. */
	if (later->count && later->first < times->first)
		times->first = later->first;
	if (later->count && later->last > times->last)
		times->last = later->last;
	return true;
}

void creation_times_tell(const struct creation_times *times, unsigned hz,
			 const struct tally_cuts *cuts, struct tally *tally)
{
	size_t i;

	for (i = 0; i < times->count; i++) {
		const struct creation_mark *mark = &times->marks[i];
		uint64_t ts_ns = jiffies_to_ns(mark->jiffies, hz);

		tally_time(tally, ts_ns, mark->units);
		tally_cut(tally, ts_ns, mark->units, cuts);
	}
	/* Of marks that stand for several, the ends are known all the same. */
	if (times->count) {
		tally_time(tally, jiffies_to_ns(times->first, hz), 0);
		tally_time(tally, jiffies_to_ns(times->last, hz), 0);
	}
}
