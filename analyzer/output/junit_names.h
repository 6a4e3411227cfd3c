/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the test cases of findings are called. Servers follow a case from run
 * to run by its names: they tell no numbers, and no two are the same.
 */
#ifndef PAGEOWL_OUTPUT_JUNIT_NAMES_H
#define PAGEOWL_OUTPUT_JUNIT_NAMES_H

#include "base/arena.h"
#include "base/error.h"
#include "model/gate_result.h"

struct junit_name {
	const char *class; /* "pageowl.function.leaky": subject and module */
	const char *name;  /* "do_leak [leaky]" */
};

/*
 * The names of all findings, in their order, escaped as for a terminal; they
 * live in arena. Where two would be the same each tells its rule, and its
 * fingerprint; where that is the same, too, all but the first have a number,
 * "#2". False when memory ran out.
 */
bool junit_names_make(const struct gate_result *gate, struct arena *arena,
		      struct junit_name **ret, struct error *err);

#endif
