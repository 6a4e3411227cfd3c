/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as text of kallsyms, see format_fuzzer.h; and the table that is
 * made of it is asked about each of its own addresses.
 */
#include <assert.h>

#include "tests/fuzz/format_fuzzer.h"
#include "tests/support/symbol_list.h"

static void ask(const struct address_table *table, uint64_t address)
{
	struct address_place place;
	bool fits;

	if (!address_table_find(table, address, &place))
		return;
	assert(place.symbol.length);
	assert(place.offset > 0 && place.offset <= place.size);
	assert(place.size <= (uint64_t)16 << 20);
	if (!place.module.length && table->count < 1000) {
		assert(address_table_has(table, place.symbol, place.size,
					 &fits));
		assert(fits);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct address_table table = {0};
	size_t i;

	if (size < 1)
		return 0;
	format_fuzzer_run(format_named("kallsyms"), "proc/kallsyms", data,
			  size);
	symbol_list_read(&table,
			 (struct span){(const char *)data + 1, size - 1});
	table.ranked = data[0] & 1;
	for (i = 0; i < table.count; i++) {
		assert(i == 0 || table.entries[i - 1].address <=
					 table.entries[i].address);
		ask(&table, table.entries[i].address);
		ask(&table, table.entries[i].address + 1);
		ask(&table, table.entries[i].address + 0x1000);
	}
	address_table_deinit(&table);
	return 0;
}
