/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/page_table_levels.h"

static bool is_function(struct span name, struct span wanted)
{
	while (span_take(&name, SPAN("_")))
		;
	return span_starts_with(name, wanted);
}

/* The level that a function allocates; TABLE_NONE: it allocates none. */
static enum table_level level_of(struct span name)
{
	static const struct {
		struct span function;
		enum table_level level;
	} functions[] = {
		{{"pgd_alloc", 9}, TABLE_PGD},
		{{"p4d_alloc", 9}, TABLE_PGD},
		{{"pud_alloc", 9}, TABLE_PUD},
		{{"pmd_alloc", 9}, TABLE_PMD},
		{{"pte_alloc_kernel", 16}, TABLE_KERNEL},
		{{"pte_alloc", 9}, TABLE_PTE},
	};
	size_t i;

	for (i = 0; i < sizeof(functions) / sizeof(functions[0]); i++)
		if (is_function(name, functions[i].function))
			return functions[i].level;
	return TABLE_NONE;
}

enum table_level page_table_level(const struct row *row)
{
	const struct stack *stack = row->key.stack;
	bool of_process = stack->class.counted_as == CATEGORY_PAGE_TABLE;
	enum table_level level = TABLE_NONE;
	size_t i;

	if (!of_process && stack->class.counted_as != CATEGORY_SYSTEM_TABLES)
		return TABLE_NONE;
	for (i = 0; i < stack->frame_count && level == TABLE_NONE; i++)
		level = level_of(stack->frames[i].name);
	if (!of_process)
		return level == TABLE_NONE ? TABLE_NONE : TABLE_KERNEL;
	/* Made for later, or for huge pages. */
	return level == TABLE_NONE ? TABLE_PTE : level;
}

void page_table_misfits(const struct snapshot *stacks, uint64_t unit_bytes,
			bool timed, int64_t counter_kib,
			uint64_t misfits[TABLE_LEVELS])
{
	uint64_t units[TABLE_LEVELS] = {0}, bytes, sum = 0;
	uint64_t counter = counter_kib < 0 ? 0 : (uint64_t)counter_kib;
	const struct row *row;
	unsigned i;

	for (row = stacks->rows; row; row = row->hh.next) {
		enum table_level level = page_table_level(row);

		if (level != TABLE_NONE)
			units[level] += row->tally.units -
					(timed ? row->tally.units_fresh : 0);
	}
	for (i = 0; i < TABLE_LEVELS; i++) {
		sum += units[i];
		if (__builtin_mul_overflow(sum, unit_bytes, &bytes))
			bytes = UINT64_MAX;
		bytes /= 1024;
		bytes = bytes > counter ? bytes - counter : counter - bytes;
		if (__builtin_add_overflow(misfits[i], bytes, &misfits[i]))
			misfits[i] = UINT64_MAX;
	}
}

unsigned page_table_levels(const uint64_t misfits[TABLE_LEVELS])
{
	unsigned best = 0, i;

	for (i = 1; i < TABLE_LEVELS; i++)
		if (misfits[i] <= misfits[best])
			best = i;
	return best + 1;
}
