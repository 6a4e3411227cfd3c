/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text of a kallsyms, read into a table. Inline, as dump_text.h is. */
#ifndef PAGEOWL_TESTS_SUPPORT_SYMBOL_LIST_H
#define PAGEOWL_TESTS_SUPPORT_SYMBOL_LIST_H

#include <stdlib.h>

#include "formats/format.h"
#include "model/address_table.h"

static inline bool symbol_list_counter(struct sink *sink,
				       const struct counter *counter,
				       struct error *err)
{
	(void)sink;
	(void)counter;
	(void)err;
	return true;
}

static inline void symbol_list_damage(struct sink *sink,
				      const struct damage *damage)
{
	(void)sink;
	(void)damage;
}

static inline void symbol_list_remark(struct sink *sink, const char *text)
{
	(void)sink;
	(void)text;
}

/* Fill an empty table, and sort it. Damage is passed over. */
static inline void symbol_list_read(struct address_table *table,
				    struct span text)
{
	const struct format *format = format_named("kallsyms");
	struct sink sink = {
		.counter = symbol_list_counter,
		.damage = symbol_list_damage,
		.remark = symbol_list_remark,
		.addresses = table,
	};
	void *state = calloc(1, format->state_size);
	struct error err;

	if (!state || !format->block(state, text, &sink, &err) ||
	    !format->finish(state, ENDING_INPUT, &sink, &err) ||
	    !address_table_sort(table, &err))
		abort();
	free(state);
}

#endif
