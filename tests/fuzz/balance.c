/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/balance.h"

#include <assert.h>

void balance_check(const struct snapshot *snapshot, const struct row_set *set)
{
	const struct keyed_row *keyed;
	uint64_t records = 0, units = 0;
	const struct row *row;
	unsigned i;

	assert(snapshot->seen == snapshot->counted.records +
					 snapshot->filtered.records +
					 snapshot->loss.records);
	for (row = snapshot->rows; row; row = row->hh.next) {
		records += row->tally.records;
		units += row->tally.units;
	}
	assert(records == snapshot->counted.records);
	assert(units == snapshot->counted.units);
	records = set->filtered.records;
	units = set->filtered.units;
	for (keyed = set->rows; keyed; keyed = keyed->hh.next) {
		records += keyed->tally->records;
		units += keyed->tally->units;
	}
	assert(records == snapshot->counted.records);
	assert(units == snapshot->counted.units);
	records = units = 0;
	for (i = 0; i < CATEGORY_COUNT; i++) {
		records += set->categories[i].records;
		units += set->categories[i].units;
	}
	assert(records == set->total.records);
	assert(units == set->total.units);
}
