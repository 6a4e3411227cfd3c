/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where all of MemTotal is, NUMA node by NUMA node. */
#ifndef PAGEOWL_OUTPUT_TEXT_NODES_H
#define PAGEOWL_OUTPUT_TEXT_NODES_H

#include "output/account_view.h"

/* Nothing where the nodes were not asked for; whose as in text_checks.h. */
void text_nodes_write(struct account_view *view,
		      const struct account_side *side, const char *whose);

#endif
