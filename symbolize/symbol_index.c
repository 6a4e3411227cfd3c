/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/symbol_index.h"

#include "symbolize/ignored_symbol.h"

#include <stdlib.h>
#include <string.h>

/*
 * Symbols stand in the order of their addresses, those of a module section by
 * section. So the distance to the next one is a look at the neighbour, as it
 * is in the kernel's get_symbol_pos() and find_kallsyms_symbol().
 */
struct symbol_index {
	const struct object_section *sections;
	const struct object_symbol *symbols;
	size_t section_count;
	uint32_t *order; /* numbers of symbols, by address */
	uint32_t *heads; /* of a name's hash: a place in order + 1; 0: none */
	uint32_t *next;	 /* of each place in order: as in heads */
	uint32_t count;	 /* of order: symbols in a section that exists */
	uint32_t mask;	 /* of heads: a power of two, less one */
	bool relocatable;
};

/* FNV-1a. Whoever makes names collide makes his own file slow. */
static uint32_t name_hash(const char *name)
{
	uint32_t hash = 2166136261u;

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619u;
	return hash ^ hash >> 15;
}

static const struct object_symbol *symbol_at(const struct symbol_index *index,
					     uint32_t place)
{
	return &index->symbols[index->order[place]];
}

/*
 * One pass of a radix sort, which is stable: qsort() of a kernel's symbols
 * takes four times as long as all passes. A pass where all digits are the same
 * changes nothing and is left out.
 */
enum { DIGIT_BITS = 16, DIGITS = 1 << DIGIT_BITS };

static uint64_t key_of(const struct object_symbol *symbol, bool by_section)
{
	return by_section ? symbol->section : symbol->address;
}

static void sort_pass(struct symbol_index *index, uint32_t **spare,
		      uint32_t *counts, bool by_section, unsigned shift)
{
	uint32_t *sorted = *spare, sum = 0, i;

	memset(counts, 0, DIGITS * sizeof(*counts));
	for (i = 0; i < index->count; i++)
		counts[key_of(symbol_at(index, i), by_section) >> shift &
		       (DIGITS - 1)]++;
	for (i = 0; i < DIGITS; i++) {
		uint32_t count = counts[i];

		if (count == index->count)
			return;
		counts[i] = sum;
		sum += count;
	}
	for (i = 0; i < index->count; i++) {
		uint64_t key = key_of(symbol_at(index, i), by_section);

		sorted[counts[key >> shift & (DIGITS - 1)]++] = index->order[i];
	}
	*spare = index->order;
	index->order = sorted;
}

static bool sort_symbols(struct symbol_index *index)
{
	uint32_t *spare = calloc((size_t)index->count + 1, sizeof(*spare));
	uint32_t *counts = malloc(DIGITS * sizeof(*counts));
	bool fine = spare && counts;
	unsigned shift;

	for (shift = 0; fine && shift < 64; shift += DIGIT_BITS)
		sort_pass(index, &spare, counts, false, shift);
	for (shift = 0; fine && index->relocatable && shift < 32;
	     shift += DIGIT_BITS)
		sort_pass(index, &spare, counts, true, shift);
	free(spare);
	free(counts);
	return fine;
}

static bool is_code(const struct symbol_index *index,
		    const struct object_symbol *symbol)
{
	return index->sections[symbol->section].code;
}

/* Frames are of code: no other symbol is asked for. */
static bool hash_names(struct symbol_index *index)
{
	uint32_t place;

	for (index->mask = 15; index->mask < index->count / 2;)
		index->mask = index->mask * 2 + 1;
	index->heads = calloc((size_t)index->mask + 1, sizeof(*index->heads));
	index->next = calloc((size_t)index->count + 1, sizeof(*index->next));
	if (!index->heads || !index->next)
		return false;
	/* From the last to the first: a chain goes up in addresses. */
	for (place = index->count; place-- > 0;) {
		const struct object_symbol *symbol = symbol_at(index, place);
		uint32_t *head;

		if (!is_code(index, symbol))
			continue;
		head = &index->heads[name_hash(symbol->name) & index->mask];
		index->next[place] = *head;
		*head = place + 1;
	}
	return true;
}

struct symbol_index *symbol_index_create(const struct object_section *sections,
					 size_t section_count,
					 const struct object_symbol *symbols,
					 size_t symbol_count, bool relocatable)
{
	struct symbol_index *index;
	uint32_t i;

	if (symbol_count >= UINT32_MAX)
		return NULL;
	index = calloc(1, sizeof(*index));
	if (!index)
		return NULL;
	*index = (struct symbol_index){
		.sections = sections,
		.section_count = section_count,
		.symbols = symbols,
		.relocatable = relocatable,
		.order = calloc(symbol_count + 1, sizeof(*index->order)),
	};
	if (!index->order)
		goto out_index;
	for (i = 0; i < symbol_count; i++)
		if (symbols[i].section < section_count)
			index->order[index->count++] = i;
	if (!sort_symbols(index) || !hash_names(index))
		goto out_index;
	return index;

out_index:
	symbol_index_destroy(index);
	return NULL;
}

void symbol_index_destroy(struct symbol_index *index)
{
	if (!index)
		return;
	free(index->order);
	free(index->heads);
	free(index->next);
	free(index);
}

/* Whether a symbol is one that each kernel knows, so that a size ends there. */
static bool is_bound(const struct symbol_index *index,
		     const struct object_symbol *symbol)
{
	return is_code(index, symbol) && !symbol_is_ignored(symbol->name);
}

/* Bytes from a symbol to the end of its section; 0: it is not in it. */
static uint64_t to_section_end(const struct symbol_index *index,
			       const struct object_symbol *symbol)
{
	const struct object_section *section =
		&index->sections[symbol->section];
	uint64_t offset =
		symbol->address - (index->relocatable ? 0 : section->address);

	return offset < section->size ? section->size - offset : 0;
}

/* How far a symbol reaches, and whether a printed size agrees. */
struct extent {
	uint64_t limit; /* bytes to what every kernel takes for its end */
	bool fits;	/* the size, something up to there */
};

/*
 * The printed size is the distance to a following symbol, where those between
 * may be ignored. Behind the last one of a module's section the kernel put
 * another section, or the end of the memory.
 */
static struct extent symbol_extent(const struct symbol_index *index,
				   uint32_t place, uint64_t size)
{
	const struct object_symbol *symbol = symbol_at(index, place);
	const uint64_t section_end = to_section_end(index, symbol);
	struct extent extent = {.limit = section_end};
	uint32_t i;

	for (i = place + 1; i < index->count; i++) {
		const struct object_symbol *next = symbol_at(index, i);
		uint64_t distance = next->address - symbol->address;

		if (index->relocatable && next->section != symbol->section)
			break;
		if (distance == 0)
			continue;
		extent.fits |= distance == size;
		/* Of one address the first that bounds may come late. */
		if (is_bound(index, next)) {
			if (distance < section_end || !section_end)
				extent.limit = distance;
			return extent;
		}
		if (distance > size && distance > section_end)
			return extent;
	}
	extent.fits |= size >= section_end;
	return extent;
}

/* Whether symbol, offset and size of a query may be those of this symbol. */
static bool symbol_fits(const struct symbol_index *index, uint32_t place,
			const struct frame_query *query)
{
	struct extent extent = symbol_extent(index, place, query->size);
	uint64_t size = query->size ? query->size : extent.limit;

	/* A return address may be the byte behind: a call that is the last. */
	if (query->offset > size || (query->offset == size && query->exact))
		return false;
	return !query->size || extent.fits;
}

/* The section of code that holds an address; section_count: none does. */
static size_t section_of(const struct symbol_index *index, uint64_t address,
			 size_t likely)
{
	const struct object_section *section = &index->sections[likely];
	size_t i;

	if (address - section->address < section->size)
		return likely;
	for (i = 0; i < index->section_count; i++) {
		section = &index->sections[i];
		if (section->code && address >= section->address &&
		    address - section->address < section->size)
			return i;
	}
	return i;
}

/* The byte meant. False: it lies before the section, or nowhere. */
static bool find_byte(const struct symbol_index *index,
		      const struct object_symbol *symbol,
		      const struct frame_query *query, struct symbol_place *ret)
{
	uint64_t address = symbol->address + query->offset;
	size_t section;

	if (address < symbol->address || (address == 0 && !query->exact))
		return false;
	address -= !query->exact;
	if (index->relocatable) {
		*ret = (struct symbol_place){symbol->section, address};
		return true;
	}
	section = section_of(index, address, symbol->section);
	if (section == index->section_count)
		return false;
	*ret = (struct symbol_place){
		.section = (unsigned)section,
		.offset = address - index->sections[section].address,
	};
	return true;
}

enum frame_status symbol_index_find(const struct symbol_index *index,
				    const struct frame_query *query,
				    struct symbol_place *ret, size_t *ret_count)
{
	const struct object_symbol *last = NULL;
	bool named = false, fits = false;
	struct symbol_place place;
	size_t count = 0;
	uint32_t at;

	at = index->heads[name_hash(query->symbol) & index->mask];
	for (; at; at = index->next[at - 1]) {
		const struct object_symbol *symbol = symbol_at(index, at - 1);

		if (strcmp(symbol->name, query->symbol) != 0)
			continue;
		/* A chain goes up: what is the same place follows at once. */
		if (last && last->section == symbol->section &&
		    last->address == symbol->address)
			continue;
		last = symbol;
		named = true;
		if (!symbol_fits(index, at - 1, query))
			continue;
		fits = true;
		if (count < SYMBOL_PLACES_MAX &&
		    find_byte(index, symbol, query, &place))
			ret[count++] = place;
	}
	*ret_count = count;
	if (count)
		return FRAME_RESOLVED;
	return named && !fits ? FRAME_OTHER_SIZE : FRAME_NO_SYMBOL;
}
