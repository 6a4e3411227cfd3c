/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "active_anon:1408kB inactive_anon:300kB": the fields of a line, one by one.
 */
#ifndef PAGEOWL_FORMATS_SHOW_MEM_FIELDS_H
#define PAGEOWL_FORMATS_SHOW_MEM_FIELDS_H

#include "formats/show_mem_report.h"

struct show_mem_field {
	struct span label;
	uint64_t value;
	bool kib; /* "kB" stands behind it, else they are pages */
};

/*
 * Take a field, blanks before it included; false: something else stands there.
 * Some kernels put a blank behind the colon.
 */
bool show_mem_take_field(struct span *line, struct show_mem_field *ret);

/* "active_anon:3060 inactive_anon:1925 isolated_anon:0", of the machine. */
enum show_mem_line show_mem_take_pages(struct show_mem_report *report,
				       struct span line);

/* Add a field of a node, "node 0", or of a zone, "node 0 zone DMA32". */
void show_mem_add_node(struct show_mem_report *report, struct span scope,
		       const struct show_mem_field *field);
void show_mem_add_zone(struct show_mem_report *report, struct span scope,
		       const struct show_mem_field *field);

#endif
