/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suppressions for what was found: --write-suppressions. */
#ifndef PAGEOWL_GATE_PROPOSAL_H
#define PAGEOWL_GATE_PROPOSAL_H

#include <stdio.h>

#include "gate/gate.h"

/*
 * Work out suppressions with which input passes rules, the finest subject
 * first; the arena of ret holds them. Their maxima are a little above what
 * was found.
 */
bool proposal_make(const struct gate_rules *rules,
		   const struct gate_input *input, struct gate_rules *ret,
		   struct error *err);

/* Write them as gate_rules_parse() reads them. The caller checks the file. */
void proposal_write(const struct gate_rules *proposal, FILE *file);

#endif
