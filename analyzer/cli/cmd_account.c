/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pageowl account: where all of MemTotal is, and who holds the rest. */
#include "cli/account_join.h"
#include "cli/comparison.h"
#include "cli/source_lines.h"
#include "diff/diff.h"

static bool read_all(struct account_join *join, struct cli *cli,
		     struct error *err)
{
	struct reading_want want = {.processes = true, .account = true};
	uint64_t began_ns;

	join->count = cli->operand_count == 2 ? 2 : 1;
	join->live = !cli->operand_count;
	if (!comparison_can_read(cli, err) ||
	    !reading_open(&join->readings[0], cli, cli->operands[0], &want,
			  err))
		return false;
	if (join->count == 1)
		return true;
	began_ns = reading_began(&join->readings[0]);
	want.before_ns = &began_ns;
	return reading_open(&join->readings[1], cli, cli->operands[1], &want,
			    err);
}

static void say_warnings(struct cli *cli, struct account_join *join)
{
	if (join->count == 2 && join->report.holders) {
		diff_warn(&join->holders);
		comparison_say(cli, &join->holders);
	}
	if (join->count == 2 && join->report.objects)
		comparison_say(cli, &join->objects);
}

struct account_output {
	const struct output *output;
	const struct account_report *report;
};

static bool write_account(const void *report, const struct output_options *show,
			  FILE *file, struct error *err)
{
	const struct account_output *shown = report;

	return shown->output->account(shown->report, show, file, err);
}

static int show(struct cli *cli, struct account_join *join)
{
	const struct settings *settings = cli->settings;
	const struct account_output shown = {settings->output, &join->report};
	const struct rendering rendering = {write_account, &shown};
	struct output_options show = settings->show;
	struct error err = {0};

	show.colour = console_colours(&cli->console, settings->colour);
	show.width = console_width(&cli->console);
	show.verbose = settings->verbose;
	if (!source_lines_write(cli, join->readings, join->count, &rendering,
				&show, &err)) {
		console_error(&cli->console, "%s", err.text);
		return STATUS_TROUBLE;
	}
	if (!console_flush(&cli->console))
		return STATUS_TROUBLE;
	return reading_status(cli, join->readings, join->count);
}

static int run_account(struct cli *cli)
{
	struct account_join join = {0};
	struct error err = {0};
	int status = STATUS_TROUBLE;

	if (read_all(&join, cli, &err) && account_join_make(&join, cli, &err)) {
		say_warnings(cli, &join);
		status = show(cli, &join);
	} else {
		console_error(&cli->console, "%s", err.text);
	}
	account_join_deinit(&join);
	return status;
}

static const struct cli_option *const options[] = {
	account_options, show_options,	  source_options,  diff_options,
	symbol_options,	 address_options, general_options, NULL,
};

const struct command command_account = {
	.name = "account",
	.operands = "[CAPTURE | OLD NEW]",
	.operand_most = 2,
	.summary = "where all of MemTotal is, and who holds what no counter "
		   "has",
	.details =
		"CAPTURE is as `pageowl help top` describes it, with "
		"/proc/meminfo in it; best\n"
		"one that `pageowl capture` took. Without it the live machine "
		"is read. Of two\n"
		"captures the change is shown, that of the remainder first.",
	.examples = {"pageowl account", "pageowl account before/ after/"},
	.options = options,
	.answer = ANSWER_ACCOUNT,
	.run = run_account,
};
