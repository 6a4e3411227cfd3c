/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/process_report.h"

void process_report_deinit(struct process_report *report)
{
	arena_deinit(&report->arena);
	*report = (struct process_report){0};
}
