/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Addresses of one boot to the functions that lie there, as /proc/kallsyms or
 * a System.map lists them. A kernel has 130,000 symbols, and some 50,000 more
 * in modules: 16 bytes for each, and the names of functions in one piece.
 */
#ifndef PAGEOWL_MODEL_ADDRESS_TABLE_H
#define PAGEOWL_MODEL_ADDRESS_TABLE_H

#include "base/string_pool.h"

/* Ten times what a machine has: it bounds what a hostile file can cost. */
#define ADDRESS_TABLE_SYMBOLS_MAX ((size_t)1 << 22)

/* KSYM_NAME_LEN, and room for what may come. */
#define KERNEL_SYMBOL_NAME_MAX 2048

/* A line of the list; borrowed. */
struct kernel_symbol {
	uint64_t address;
	struct span name;
	struct span module; /* without brackets; empty: the kernel itself */
	char type;	    /* as nm(1) has it: 'T' */
};

struct address_entry {
	uint64_t address;
	uint32_t name;	      /* where it begins in names; of functions only */
	unsigned module : 24; /* string_id in modules */
	unsigned kind : 8;    /* enum address_kind */
};

/* Zeroed is empty and valid. */
struct address_table {
	struct address_entry *entries; /* by address, once sorted */
	size_t count, capacity;
	char *names; /* each with a zero byte behind it */
	size_t names_length, names_capacity;
	struct string_pool modules; /* the kernel is "" */
	string_id module;	    /* of the line before */
	size_t shown;		    /* symbols with an address other than 0 */
	uint64_t offset;	    /* what KASLR added to all of them */
	/*
	 * A System.map has the names of one address in nm's order, not in that
	 * of the kernel's own list, of which the first is printed.
	 */
	bool ranked;
};

/* Where an address lies. */
struct address_place {
	struct span symbol; /* borrowed from the table, as is: */
	struct span module; /* empty: the kernel itself */
	uint64_t offset;
	uint64_t size; /* bytes to the next symbol */
};

void address_table_deinit(struct address_table *table);

/*
 * Add a copy of symbol. What is no function only tells where another one ends.
 * Above ADDRESS_TABLE_SYMBOLS_MAX nothing is added. False when memory ran out.
 */
bool address_table_add(struct address_table *table,
		       const struct kernel_symbol *symbol, struct error *err);

/* All are added: they can be searched from here on. */
bool address_table_sort(struct address_table *table, struct error *err);

/* Whether the kernel has hidden all addresses (kptr_restrict). */
bool address_table_is_hidden(const struct address_table *table);

/*
 * The function that called, by its return address: it is searched for the
 * byte before, since a call may be the last instruction of a function. False:
 * there is none, or none that is sure.
 */
bool address_table_find(const struct address_table *table,
			uint64_t return_address, struct address_place *ret);

/*
 * Whether the kernel itself has a function `name`; *ret_fits: one of this size.
 */
bool address_table_has(const struct address_table *table, struct span name,
		       uint64_t size, bool *ret_fits);

#endif
