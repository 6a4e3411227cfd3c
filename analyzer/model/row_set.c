/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/row_set.h"

#include <stdlib.h>

void row_set_deinit(struct row_set *set)
{
	HASH_CLEAR(hh, set->rows);
	arena_deinit(&set->arena);
}
