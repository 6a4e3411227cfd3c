/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table for spreadsheets and scripts; docs/csv.md describes the columns. */
#include "output/csv_account.h"
#include "output/csv_contents.h"
#include "output/csv_processes.h"
#include "output/csv_rows.h"

const struct output output_csv = {
	.name = "csv",
	.title = "a table for spreadsheets and scripts",
	.write = csv_rows_write,
	.contents = csv_contents_write,
	.account = csv_account_write,
	.processes = csv_processes_write,
};
