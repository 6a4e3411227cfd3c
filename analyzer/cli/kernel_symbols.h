/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of a kernel's symbols: of a capture, or a file that was named. */
#ifndef PAGEOWL_CLI_KERNEL_SYMBOLS_H
#define PAGEOWL_CLI_KERNEL_SYMBOLS_H

#include "cli/reading.h"
#include "model/address_table.h"

/* Zeroed is valid to deinit. */
struct kernel_symbols {
	struct address_table table;
	uint64_t stext; /* where it has _stext; 0: it has none */
	bool usable;	/* there is one, and its addresses are not hidden */
};

void kernel_symbols_deinit(struct kernel_symbols *symbols);

/*
 * Read the /proc/kallsyms of a capture, or a lone list. Says what was lost of
 * it. Fails when the path cannot be read at all, or memory runs out.
 */
bool kernel_symbols_read(struct kernel_symbols *symbols, struct cli *cli,
			 const char *path, struct error *err);

#endif
