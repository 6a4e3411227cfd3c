/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pageowl contents: what a capture holds, and how it is understood. */
#include "cli/reading.h"

static int run_contents(struct cli *cli)
{
	const struct settings *settings = cli->settings;
	struct output_options show = settings->show;
	const struct reading_want want = {.processes = true,
					  .symbols = cli->operands[0] != NULL};
	struct reading reading = {0};
	struct contents contents;
	struct error err = {0};
	int status = STATUS_TROUBLE;

	show.width = console_width(&cli->console);
	if (reading_open(&reading, cli, cli->operands[0], &want, &err) &&
	    reading_is_known(&reading, &err)) {
		capture_contents(&reading.capture, &contents);
		if (settings->output->contents(&contents, &show,
					       cli->console.out, &err) &&
		    console_flush(&cli->console))
			status = STATUS_DONE;
	}
	if (err.text[0])
		console_error(&cli->console, "%s", err.text);
	reading_close(&reading);
	return status;
}

static const struct cli_option *const options[] = {
	contents_options,
	general_options,
	NULL,
};

const struct command command_contents = {
	.name = "contents",
	.operands = "[CAPTURE]",
	.operand_most = 1,
	.summary = "what a capture holds, and as what each part is read",
	.details = "CAPTURE is as `pageowl help top` describes it. JSON has "
		   "the counters with\n"
		   "their values, too.",
	.examples = {"pageowl contents sosreport.tar.xz",
		     "pageowl contents --full --output=json before/"},
	.options = options,
	.answer = ANSWER_CONTENTS,
	.run = run_contents,
};
