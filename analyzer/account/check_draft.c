/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/check_draft.h"

#include <stdarg.h>
#include <stdio.h>

/*
 * Pages that a CPU has put aside for an LRU list and that are not on it yet:
 * PAGEVEC_SIZE, which was 14, then 15, then 31.
 */
#define LRU_BATCH_PAGES 31

#define DEFAULT_PAGE_SIZE 4096

const char check_torn[] =
	"the kernel prints the one as the sum of the others, so this text is "
	"not what it printed: rows of two moments, an edited file or one of a "
	"container (lxcfs); take /proc/meminfo again in one read";

int64_t check_pages_kib(const struct check_machine *machine, uint64_t pages)
{
	uint64_t bytes;

	if (__builtin_mul_overflow(pages, machine->page_size, &bytes))
		return INT64_MAX;
	return (int64_t)(bytes / 1024);
}

static bool is_cpu(const struct counter *counter, const char *name)
{
	return span_equal(counter->group, SPAN("zoneinfo")) &&
	       span_equal(counter->name, span_of(name)) &&
	       span_find(counter->scope, SPAN(" cpu "));
}

/* "node 0 zone Normal" of "node 0 zone Normal cpu 1" */
static struct span zone_of(struct span scope)
{
	return span_between(scope.at, span_find(scope, SPAN(" cpu ")));
}

static void count_cpu(const struct counter *counter, struct span *zone,
		      uint64_t *in_zone, uint64_t *ret_most)
{
	struct span own = zone_of(counter->scope);

	if (!span_equal(own, *zone))
		*in_zone = 0;
	*zone = own;
	if (++*in_zone > *ret_most)
		*ret_most = *in_zone;
}

/*
 * A CPU adds to a counter of the machine only when its own share of it has
 * passed the zone's threshold, of 125 pages at most; zoneinfo prints it.
 */
void check_machine_look(const struct counters *counters,
			const struct budget *budget, struct check_machine *ret)
{
	const struct counter_entry *entry;
	struct span zone = {0};
	uint64_t in_zone = 0, drift = 0;

	*ret = (struct check_machine){
		.total_kib = budget->total.kib,
		.page_size = budget->page_size ? budget->page_size
					       : DEFAULT_PAGE_SIZE,
	};
	for (entry = counters->table; entry; entry = entry->hh.next) {
		const struct counter *counter = &entry->counter;

		if (is_cpu(counter, "count"))
			count_cpu(counter, &zone, &in_zone, &ret->cpus);
		else if (is_cpu(counter, "vm stats threshold") &&
			 counter->value <= INT32_MAX)
			drift += counter->value;
	}
	ret->drift_kib =
		check_pages_kib(ret, drift + ret->cpus * LRU_BATCH_PAGES);
}

static const struct counter *find(const struct check_draft *draft,
				  const char *group, const char *name)
{
	const struct counter *counter =
		counters_find(draft->facts->counters, group, SPAN(""), name);

	/* Without "kB" an amount of meminfo is something else. */
	if (!counter || counter->unit == COUNTER_TEXT ||
	    (strcmp(group, "meminfo") == 0 && counter->unit != COUNTER_KIB))
		return NULL;
	return counter;
}

static int64_t amount_of(const struct check_draft *draft,
			 const struct counter *counter)
{
	if (counter->unit == COUNTER_KIB)
		return sum_kib(counter->value);
	return check_pages_kib(draft->machine, counter->value);
}

bool check_amount(const struct check_draft *draft, const char *group,
		  const char *name, int64_t *ret_kib)
{
	const struct counter *counter = find(draft, group, name);

	*ret_kib = counter ? amount_of(draft, counter) : 0;
	return counter != NULL;
}

void check_gathered(struct check_draft *draft, struct sum *side,
		    const char *group, const char *name, int64_t kib,
		    uint64_t value, enum counter_unit unit)
{
	struct sum_term *term = sum_add(side, draft->arena, group, name, kib);

	if (!term) {
		draft->no_memory = true;
		return;
	}
	term->value = value;
	term->unit = unit;
}

static void add_counter(struct check_draft *draft, struct sum *side,
			const char *group, const char *name, int64_t kib,
			const struct counter *counter)
{
	check_gathered(draft, side, group, name, kib, counter->value,
		       counter->unit == COUNTER_KIB ? COUNTER_KIB
						    : COUNTER_PAGES);
}

int64_t check_have(struct check_draft *draft, struct sum *side,
		   const char *group, const char *name)
{
	const struct counter *counter = find(draft, group, name);
	int64_t kib;

	if (!counter)
		return 0;
	kib = amount_of(draft, counter);
	add_counter(draft, side, group, name, kib, counter);
	return kib;
}

int64_t check_need(struct check_draft *draft, struct sum *side,
		   const char *group, const char *name)
{
	if (!find(draft, group, name) && !draft->lacks_name) {
		draft->lacks_group = group;
		draft->lacks_name = name;
	}
	return check_have(draft, side, group, name);
}

void check_part(struct check_draft *draft, struct sum *side, const char *group,
		const char *name, int64_t kib)
{
	const struct counter *counter = find(draft, group, name);

	if (counter && kib)
		add_counter(draft, side, group, name, kib, counter);
}

int64_t check_tolerance(const struct check_machine *machine)
{
	int64_t least = 4 * 1024, share = machine->total_kib / 200;

	return sum_plus(share > least ? share : least, machine->drift_kib);
}

const char *check_text(struct check_draft *draft, const char *format, ...)
{
	char text[512];
	const char *copy;
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	copy = arena_string(draft->arena, span_of(text));
	if (copy)
		return copy;
	draft->no_memory = true;
	return "";
}

void check_cannot(struct check_draft *draft, const char *why)
{
	draft->check->state = CHECK_MISSING;
	draft->check->meaning = why;
}

static void tell_lack(struct check_draft *draft)
{
	check_cannot(draft,
		     draft->facts->budget->untold
			     ? check_text(draft,
					  "a report in a log does not "
					  "have %s of /proc/%s",
					  draft->lacks_name, draft->lacks_group)
			     : check_text(draft,
					  "the capture's /proc/%s lacks "
					  "%s",
					  draft->lacks_group,
					  draft->lacks_name));
}

void check_judge(struct check_draft *draft, int64_t tolerance_kib,
		 const char *excess, const char *shortfall)
{
	struct cross_check *check = draft->check;

	if (draft->lacks_name) {
		tell_lack(draft);
		return;
	}
	check->tolerance_kib = tolerance_kib;
	check->difference_kib = sum_minus(check->left.kib, check->right.kib);
	if (check->difference_kib > tolerance_kib) {
		check->state = CHECK_DIFFERS;
		check->meaning = excess;
	} else if (check->difference_kib < -tolerance_kib && !check->at_most) {
		check->state = CHECK_DIFFERS;
		check->meaning = shortfall;
	}
}
