/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suppressions for what was found: --write-suppressions. */
#ifndef PAGEOWL_GATE_PROPOSAL_H
#define PAGEOWL_GATE_PROPOSAL_H

#include <stdio.h>

#include "gate/gate.h"

/* Nobody reads more of them: one entry is for all other stacks. */
#define PROPOSAL_STACKS_MAX 1000

/*
 * Work out suppressions with which input passes rules, the finest subject
 * first; the arena of ret, which is zeroed by the caller, holds them. Their
 * maxima are what was found, and at most a sixteenth or 1 KiB more.
 *
 * They are to stand before those of rules, if there are any: of one that is
 * exceeded there is a copy with a larger maximum. *ret_passes tells whether
 * they are enough: growth may be beyond any maximum, and entries too many.
 */
bool proposal_make(const struct gate_rules *rules,
		   const struct gate_input *input, struct gate_rules *ret,
		   bool *ret_passes, struct error *err);

/* Write them as gate_rules_parse() reads them. The caller checks the file. */
void proposal_write(const struct gate_rules *proposal, FILE *file);

#endif
