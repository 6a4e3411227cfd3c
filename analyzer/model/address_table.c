/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/address_table.h"

#include <stdlib.h>

enum address_kind {
	KIND_BOUND, /* data, or no symbol of its own: ends what is before it */
	KIND_TEXT,
	KIND_WEAK,
};

/* No function is as large; an address so far behind one is not its own. */
#define FUNCTION_MAX ((uint64_t)16 << 20)

/* The text of a module, at most: behind it lies another piece of it. */
#define MODULE_FUNCTION_MAX ((uint64_t)1 << 20)

/*
 * The smallest page: modules get whole ones. Where pages are larger the last
 * function of a module ends too soon, never too late.
 */
#define MODULE_PAGE ((uint64_t)4096)

#define NAMES_MAX ((size_t)1 << 30)

void address_table_deinit(struct address_table *table)
{
	free(table->entries);
	free(table->names);
	string_pool_deinit(&table->modules);
	*table = (struct address_table){0};
}

/*
 * "[bpf]", "[__builtin__ftrace]", "[__builtin__kprobes]": where one of these
 * ends no list tells, and what was freed behind it is soon somebody else's.
 */
static bool is_pseudo_module(struct span module)
{
	return span_equal(module, SPAN("bpf")) ||
	       span_starts_with(module, SPAN("__builtin__"));
}

/* Labels of the assembler, which the kernel passes over, too. */
static bool is_label(struct span name)
{
	return span_starts_with(name, SPAN("$")) ||
	       span_starts_with(name, SPAN(".L")) ||
	       span_starts_with(name, SPAN("L0"));
}

/* The ends of text: the linker's, and no function. */
static bool is_end(struct span name)
{
	return span_equal(name, SPAN("_etext")) ||
	       span_equal(name, SPAN("_einittext"));
}

static enum address_kind kind_of(const struct kernel_symbol *symbol)
{
	if (is_pseudo_module(symbol->module))
		return KIND_BOUND;
	switch (symbol->type) {
	case 'T':
	case 't':
	case 'i':
		return KIND_TEXT;
	case 'W':
	case 'w':
		return KIND_WEAK;
	default:
		return KIND_BOUND;
	}
}

/* Room for one more of size bytes; at may move. */
static bool grow(void **at, size_t needed, size_t *capacity, size_t size)
{
	size_t wanted = *capacity ? *capacity : 4096;
	void *grown;

	if (needed <= *capacity)
		return true;
	while (wanted < needed)
		wanted *= 2;
	grown = realloc(*at, wanted * size);
	if (!grown)
		return false;
	*at = grown;
	*capacity = wanted;
	return true;
}

static bool add_name(struct address_table *table, struct span name)
{
	void *names = table->names;

	if (!grow(&names, table->names_length + name.length + 1,
		  &table->names_capacity, 1))
		return false;
	table->names = names;
	memcpy(table->names + table->names_length, name.at, name.length);
	table->names[table->names_length + name.length] = '\0';
	table->names_length += name.length + 1;
	return true;
}

/* Modules come in runs. *ret_room: there is room for one more of them. */
static bool find_module(struct address_table *table, struct span module,
			bool *ret_room, struct error *err)
{
	*ret_room = true;
	if (!table->modules.count &&
	    !string_pool_intern(&table->modules, SPAN(""), &table->module, err))
		return false;
	if (span_equal(string_pool_text(&table->modules, table->module),
		       module))
		return true;
	*ret_room = table->modules.count < 1 << 24;
	return !*ret_room ||
	       string_pool_intern(&table->modules, module, &table->module, err);
}

bool address_table_add(struct address_table *table,
		       const struct kernel_symbol *symbol, struct error *err)
{
	struct address_entry entry = {.address = symbol->address,
				      .kind = kind_of(symbol)};
	void *entries = table->entries;
	bool room;

	if (is_label(symbol->name) || !symbol->name.length ||
	    symbol->name.length > KERNEL_SYMBOL_NAME_MAX ||
	    table->count == ADDRESS_TABLE_SYMBOLS_MAX ||
	    table->names_length > NAMES_MAX)
		return true;
	/* What a module wants of others has their address, not its own. */
	if (symbol->module.length &&
	    (symbol->type == 'U' || symbol->type == 'u'))
		return true;
	if (!find_module(table, symbol->module, &room, err))
		return false;
	if (!room)
		return true;
	entry.module = table->module.index & 0xffffff;
	entry.name = (uint32_t)table->names_length;
	if (entry.kind != KIND_BOUND && !add_name(table, symbol->name))
		return error_no_memory(err);
	if (!grow(&entries, table->count + 1, &table->capacity,
		  sizeof(*table->entries)))
		return error_no_memory(err);
	table->entries = entries;
	table->entries[table->count++] = entry;
	table->shown += symbol->address != 0;
	return true;
}

bool address_table_is_hidden(const struct address_table *table)
{
	return table->count && !table->shown;
}

/* ---- sorting ---- */

static bool is_sorted(const struct address_table *table)
{
	size_t i;

	for (i = 1; i < table->count; i++)
		if (table->entries[i].address < table->entries[i - 1].address)
			return false;
	return true;
}

/* By one byte of the address; equals keep their order. */
static bool sort_byte(const struct address_entry *from,
		      struct address_entry *to, size_t count, unsigned shift)
{
	size_t places[256] = {0}, at = 0, i;

	for (i = 0; i < count; i++)
		places[from[i].address >> shift & 0xff]++;
	if (places[from[0].address >> shift & 0xff] == count)
		return false;
	for (i = 0; i < 256; i++) {
		size_t here = places[i];

		places[i] = at;
		at += here;
	}
	for (i = 0; i < count; i++)
		to[places[from[i].address >> shift & 0xff]++] = from[i];
	return true;
}

/*
 * Byte by byte, which is linear and keeps the order of names that share an
 * address: the kernel prints the first one.
 */
bool address_table_sort(struct address_table *table, struct error *err)
{
	struct address_entry *from = table->entries, *to, *swap;
	unsigned shift;

	if (is_sorted(table))
		return true;
	to = malloc(table->count * sizeof(*to));
	if (!to)
		return error_no_memory(err);
	for (shift = 0; shift < 64; shift += 8) {
		if (!sort_byte(from, to, table->count, shift))
			continue;
		swap = from;
		from = to;
		to = swap;
	}
	table->entries = from;
	table->capacity = table->count;
	free(to);
	return true;
}

/* ---- searching ---- */

static struct span name_of(const struct address_table *table,
			   const struct address_entry *entry)
{
	if (entry->kind == KIND_BOUND)
		return (struct span){0};
	return span_of(table->names + entry->name);
}

static struct span module_of(const struct address_table *table,
			     const struct address_entry *entry)
{
	const string_id id = {entry->module};

	return string_pool_text(&table->modules, id);
}

/* The first entry above address, or count. */
static size_t find_above(const struct address_table *table, uint64_t address)
{
	size_t low = 0, high = table->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (table->entries[middle].address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* "__start_x", "__stop_x", "__end_x", "__x_start", "__x_end" */
static bool is_of_linker_script(struct span name)
{
	struct span rest = name;

	if (name.length < 7 || !span_take(&rest, SPAN("__")))
		return false;
	return span_starts_with(rest, SPAN("start_")) ||
	       span_starts_with(rest, SPAN("stop_")) ||
	       span_starts_with(rest, SPAN("end_")) ||
	       span_ends_with(rest, SPAN("_start")) ||
	       span_ends_with(rest, SPAN("_end"));
}

static size_t underscores(struct span name)
{
	size_t count = 0;

	while (count < name.length && name.at[count] == '_')
		count++;
	return count;
}

/* compare_symbols() of the kernel's scripts/kallsyms.c, since 2.6.32 */
static bool goes_before(const struct address_table *table,
			const struct address_entry *a,
			const struct address_entry *b)
{
	struct span name = name_of(table, a), other = name_of(table, b);

	if (a->kind != b->kind)
		return a->kind < b->kind;
	if (is_of_linker_script(name) != is_of_linker_script(other))
		return is_of_linker_script(other);
	return underscores(name) < underscores(other);
}

/* Of the names of one address the one that the kernel prints, or NULL. */
static const struct address_entry *choose_alias(
	const struct address_table *table, size_t above)
{
	const struct address_entry *best = NULL;
	uint64_t address = table->entries[above - 1].address;
	size_t i = above;

	while (i > 0 && table->entries[i - 1].address == address)
		i--;
	for (; i < above; i++) {
		const struct address_entry *entry = &table->entries[i];

		if (entry->kind == KIND_BOUND)
			continue;
		if (!best || (table->ranked && goes_before(table, entry, best)))
			best = entry;
	}
	return best;
}

static uint64_t page_end(uint64_t address)
{
	return address > UINT64_MAX - MODULE_PAGE
		       ? UINT64_MAX
		       : (address & ~(MODULE_PAGE - 1)) + MODULE_PAGE;
}

/*
 * The end of entry's function, in what the kernel counts as its own: up to the
 * next symbol of any kind. What is behind the last function of a module is
 * not told: its text ends with a page, and may be followed by memory that
 * another module has given back.
 */
static uint64_t end_of(const struct address_table *table,
		       const struct address_entry *entry, size_t above)
{
	const struct address_entry *next = &table->entries[above];
	uint64_t end = page_end(entry->address);

	if (above == table->count)
		return end;
	if (next->module == entry->module) {
		uint64_t distance = next->address - entry->address;

		if (!entry->module)
			return distance > FUNCTION_MAX ? end : next->address;
		if (next->kind != KIND_BOUND && distance <= MODULE_FUNCTION_MAX)
			return next->address;
	}
	return next->address < end ? next->address : end;
}

bool address_table_find(const struct address_table *table,
			uint64_t return_address, struct address_place *ret)
{
	/* An offset downwards has gone round, as has what it is taken from. */
	uint64_t address = return_address - 1 - table->offset;
	size_t above = find_above(table, address);
	const struct address_entry *entry;
	uint64_t end;

	if (!return_address || !above)
		return false;
	entry = choose_alias(table, above);
	if (!entry || !entry->address)
		return false;
	end = end_of(table, entry, above);
	if (address >= end || is_end(name_of(table, entry)))
		return false;
	*ret = (struct address_place){
		.symbol = name_of(table, entry),
		.module = module_of(table, entry),
		.offset = address + 1 - entry->address,
		.size = end - entry->address,
	};
	return true;
}

bool address_table_has(const struct address_table *table, struct span name,
		       uint64_t size, bool *ret_fits)
{
	bool found = false, fits = false;
	size_t i;

	for (i = 0; i < table->count && !fits; i++) {
		const struct address_entry *entry = &table->entries[i];
		uint64_t end;

		if (entry->kind == KIND_BOUND || entry->module ||
		    !span_equal(name_of(table, entry), name))
			continue;
		found = true;
		end = end_of(table, entry, find_above(table, entry->address));
		fits = end - entry->address == size;
	}
	*ret_fits = fits;
	return found;
}
