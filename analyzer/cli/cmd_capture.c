/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pageowl capture: take the evidence of a live machine. */
#include "base/quote.h"
#include "cli/capture_series.h"
#include "cli/check_text.h"
#include "live/live_check.h"
#include "live/live_root.h"

static int check(struct cli *cli)
{
	const struct settings *settings = cli->settings;
	struct live_machine *machine = NULL;
	struct live_check found = {0};
	struct error err = {0};
	int status = STATUS_TROUBLE;

	if (!live_machine_create(settings->capture.root, &machine, &err) ||
	    !live_root_check(machine, &err) ||
	    !live_check_run(machine, &found, &err)) {
		console_error(&cli->console, "%s", err.text);
		goto out;
	}
	if (settings->output == output_named("json"))
		check_json_write(&found, cli->console.out);
	else
		check_text_write(&found, console_width(&cli->console),
				 cli->console.out);
	if (console_flush(&cli->console))
		status = STATUS_DONE;
out:
	live_check_deinit(&found);
	live_machine_destroy(machine);
	return status;
}

/* What other commands read from is what this one would write to. */
static int refuse_operand(struct cli *cli)
{
	char quoted[QUOTE_PATH_CAPACITY];

	quote_path(cli->operands[0], quoted);
	console_error(&cli->console, "what to write is said with '-o %s'",
		      quoted);
	return STATUS_TROUBLE;
}

static int run_capture(struct cli *cli)
{
	const struct capture_settings *capture = &cli->settings->capture;

	if (cli->operand_count)
		return refuse_operand(cli);
	if (capture->check)
		return check(cli);
	if (!capture->to) {
		console_error(&cli->console,
			      "no name for the capture; say -o DIR, -o "
			      "FILE.tar.gz, or --check");
		return STATUS_TROUBLE;
	}
	if (capture->count && !capture->every_ns) {
		console_error(&cli->console,
			      "'--count' is for a series; say --every=SECONDS "
			      "with it");
		return STATUS_TROUBLE;
	}
	return capture_series_run(cli);
}

static const struct cli_option *const options[] = {
	capture_options,
	general_options,
	NULL,
};

const struct command command_capture = {
	.name = "capture",
	.operands = "-o PATH",
	.operand_most = 1,
	.summary = "take the evidence: all that the kernel tells of its memory",
	.details =
		"Reads what there is of page_owner, page_owner_stacks, slab "
		"traces, allocinfo,\n"
		"kmemleak, vmallocinfo, the counters, processes, modules, "
		"symbols and the kernel\n"
		"log, and writes the kernel's own text under the kernel's own "
		"paths, with a\n"
		"manifest of what was taken, when, and what could not be. "
		"Nothing on the machine\n"
		"is changed; page_owner is read last. A capture that was "
		"interrupted can be read\n"
		"up to where it stopped.",
	.examples = {"pageowl capture -o before.tar.gz",
		     "pageowl capture --every=600 --count=24 -o night"},
	.options = options,
	.answer = ANSWER_CHECK,
	.run = run_capture,
};
