/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/slab_facts.h"

void slab_facts_init(struct slab_facts *facts, bool is_available)
{
	*facts = (struct slab_facts){
		.objects =
			{
				.age_min = AGE_NONE,
				.age_mean = AGE_NONE,
				.age_max = AGE_NONE,
				.jiffies_now = AGE_NONE,
			},
		.is_available = is_available,
	};
}

/* Numbers that a character divides; returns how many, 0: something else. */
static size_t parse_numbers(struct span text, char separator, size_t most,
			    uint64_t *ret)
{
	const char mark[] = {separator};
	size_t count = 0;

	do {
		if (count == most || !span_take_u64(&text, &ret[count]))
			return 0;
		count++;
	} while (span_take(&text, (struct span){mark, 1}));
	return text.length ? 0 : count;
}

static bool add_waste(struct slab_facts *facts, struct span value)
{
	uint64_t waste[2];

	if (parse_numbers(value, '/', 2, waste) != 2)
		return false;
	facts->objects.has_waste = true;
	facts->objects.waste_bytes = waste[0];
	return true;
}

static bool add_age(struct slab_facts *facts, struct span value)
{
	struct object_facts *objects = &facts->objects;
	uint64_t age[3];
	size_t count = parse_numbers(value, '/', 3, age);

	if (count != 1 && count != 3)
		return false;
	facts->has_age = true;
	if (!facts->is_available) {
		objects->jiffies_now = age[count - 1];
		return true;
	}
	objects->age_min = age[0];
	objects->age_mean = age[count / 2];
	objects->age_max = age[count - 1];
	return true;
}

static bool add_pid(struct slab_facts *facts, struct span value)
{
	uint64_t pid[2];
	size_t count = parse_numbers(value, '-', 2, pid);

	if (!count || pid[0] > UINT32_MAX || pid[count - 1] > UINT32_MAX)
		return false;
	facts->objects.pid_min = (uint32_t)pid[0];
	facts->objects.pid_max = (uint32_t)pid[count - 1];
	facts->pid = value;
	return true;
}

/* "0-3,7", as the kernel prints sets of CPUs and nodes */
static bool is_number_list(struct span value)
{
	size_t i;

	for (i = 0; i < value.length; i++)
		if (!span_is_digit(value.at[i]) &&
		    !memchr("-,", value.at[i], 2))
			return false;
	return true;
}

static bool add_numbers(struct span *list, struct span value)
{
	*list = value;
	return is_number_list(value);
}

static bool add_fact(struct slab_facts *facts, struct span fact)
{
	if (span_take(&fact, SPAN("waste=")))
		return add_waste(facts, fact);
	if (span_take(&fact, SPAN("age=")))
		return add_age(facts, fact);
	if (span_take(&fact, SPAN("pid=")))
		return add_pid(facts, fact);
	if (span_take(&fact, SPAN("cpus=")))
		return add_numbers(&facts->cpus, fact);
	if (span_take(&fact, SPAN("nodes=")))
		return add_numbers(&facts->nodes, fact);
	/* What kernels to come may add. */
	return memchr(fact.at, '=', fact.length) != NULL;
}

bool slab_facts_add(struct slab_facts *facts, struct span text)
{
	const char *space;
	struct span fact;

	for (span_take_blanks(&text); text.length; span_take_blanks(&text)) {
		space = memchr(text.at, ' ', text.length);
		fact = span_between(text.at, space ? space : span_end(text));
		if (!add_fact(facts, fact))
			return false;
		text = span_skip(text, fact.length);
	}
	return true;
}

bool slab_facts_is_start(struct span text)
{
	span_take_blanks(&text);
	return span_starts_with(text, SPAN("waste=")) ||
	       span_starts_with(text, SPAN("age=")) ||
	       span_starts_with(text, SPAN("pid=")) ||
	       span_starts_with(text, SPAN("cpus=")) ||
	       span_starts_with(text, SPAN("nodes="));
}

bool slab_facts_end_in_age(struct span text)
{
	const char *age = span_find(text, SPAN(" age="));

	return age &&
	       !memchr(age + 1, ' ', (size_t)(span_end(text) - (age + 1)));
}
