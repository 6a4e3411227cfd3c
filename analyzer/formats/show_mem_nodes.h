/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a report that are of one node, or of one of its zones. */
#ifndef PAGEOWL_FORMATS_SHOW_MEM_NODES_H
#define PAGEOWL_FORMATS_SHOW_MEM_NODES_H

#include "formats/show_mem_report.h"

/* "Node 0 active_anon:12240kB …"; since 4.8 */
enum show_mem_line show_mem_take_node(struct show_mem_report *report,
				      struct span line);

/* "Node 0 DMA32 free:8704kB boost:0kB min:1716kB …" */
enum show_mem_line show_mem_take_zone(struct show_mem_report *report,
				      struct span line);

/* "lowmem_reserve[]: 0 194 194 194 194", of the zone before it */
enum show_mem_line show_mem_take_reserve(struct show_mem_report *report,
					 struct span line);

/* "Node 0 DMA: 4*4kB (UM) 31*8kB (UM) … = 904kB" */
enum show_mem_line show_mem_take_blocks(struct show_mem_report *report,
					struct span line);

/* "Node 0 hugepages_total=0 hugepages_free=0 … hugepages_size=2048kB" */
enum show_mem_line show_mem_take_huge(struct show_mem_report *report,
				      struct span line);

/* "Node 0 DMA per-cpu:", "CPU    0: hi:    0, btch:   1 usd:   0"; up to 4.0 */
enum show_mem_line show_mem_take_lists(struct show_mem_report *report,
				       struct span line);

#endif
