/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/account_report.h"

void account_report_deinit(struct account_report *report)
{
	arena_deinit(&report->arena);
	*report = (struct account_report){0};
}
