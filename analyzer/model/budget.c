/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/budget.h"

#include <string.h>

const struct budget_row *budget_row(const struct budget *budget, const char *id)
{
	size_t i;

	for (i = 0; i < budget->row_count; i++)
		if (strcmp(budget->rows[i].id, id) == 0)
			return &budget->rows[i];
	return NULL;
}
