/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stable output for programs; docs/json.md describes each field. */
#include "output/json_account.h"
#include "output/json_contents.h"
#include "output/json_gate.h"
#include "output/json_processes.h"
#include "output/json_report.h"
#include "output/output.h"

static bool write_json(const struct report *report,
		       const struct output_options *options, FILE *file,
		       struct error *err)
{
	struct json_writer json = {.file = file};

	(void)err;
	json_open_object(&json, NULL);
	json_string(&json, "tool", SPAN("pageowl " PAGEOWL_VERSION));
	json_string(&json, "command",
		    span_of(report->side_count == 1 ? "top" : "diff"));
	json_report_body(&json, report, options);
	if (report->objects) {
		json_open_object(&json, "objects");
		json_report_body(&json, report->objects, options);
		json_close_object(&json);
	}
	json_gate_write(&json, report, options);
	json_close_object(&json);
	return true;
}

const struct output output_json = {
	.name = "json",
	.title = "for programs; stable, documented in docs/json.md",
	.write = write_json,
	.contents = json_contents_write,
	.account = json_account_write,
	.processes = json_processes_write,
};
