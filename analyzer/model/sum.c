/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/sum.h"

int64_t sum_plus(int64_t a, int64_t b)
{
	int64_t sum;

	if (!__builtin_add_overflow(a, b, &sum))
		return sum;
	return a < 0 ? INT64_MIN : INT64_MAX;
}

int64_t sum_minus(int64_t a, int64_t b)
{
	int64_t difference;

	if (!__builtin_sub_overflow(a, b, &difference))
		return difference;
	return a < 0 ? INT64_MIN : INT64_MAX;
}

int64_t sum_kib(uint64_t value)
{
	return value > INT64_MAX ? INT64_MAX : (int64_t)value;
}

struct sum_term *sum_add(struct sum *sum, struct arena *arena,
			 const char *group, const char *name, int64_t kib)
{
	struct sum_term *term = arena_alloc(arena, sizeof(*term));

	if (!term)
		return NULL;
	*term = (struct sum_term){
		.name = name,
		.group = group,
		.kib = kib,
		.value = kib < 0 ? 0 - (uint64_t)kib : (uint64_t)kib,
		.unit = COUNTER_KIB,
	};
	if (sum->last)
		sum->last->next = term;
	else
		sum->first = term;
	sum->last = term;
	sum->kib = sum_plus(sum->kib, kib);
	return term;
}
