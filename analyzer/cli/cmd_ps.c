/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pageowl ps: what each process costs. */
#define _GNU_SOURCE /* fgetpwent */
#include <pwd.h>
#include <stdio.h>

#include "account/processes.h"
#include "base/quote.h"
#include "cli/comparison.h"

/* ---- names of users, of the machine that we run on ---- */

static bool name_processes(struct process_side *side,
			   const struct passwd *entry, struct arena *arena)
{
	struct span name = {0};
	size_t i;

	for (i = 0; i < side->process_count; i++) {
		struct process *process = &side->processes[i];

		/* Of two names of a number the first one counts. */
		if (process->uid != entry->pw_uid ||
		    (process->user.length &&
		     !span_is_digit(process->user.at[0])))
			continue;
		if (!name.length &&
		    !arena_copy(arena, span_of(entry->pw_name), &name))
			return false;
		process->user = name;
	}
	return true;
}

/* getpwuid() would load libraries, and a static program cannot. */
static bool name_users(struct process_side *side, struct arena *arena,
		       struct error *err)
{
	FILE *file = fopen("/etc/passwd", "re");
	const struct passwd *entry;
	bool done = true;

	if (!file)
		return true;
	while (done && (entry = fgetpwent(file)))
		done = name_processes(side, entry, arena);
	fclose(file);
	return done || error_no_memory(err);
}

/* ---- the captures ---- */

static bool refuse_empty(const struct reading *reading, bool live,
			 struct error *err)
{
	char path[QUOTE_PATH_CAPACITY];

	if (live)
		return error_set(err, ERROR_FORMAT,
				 "no process can be seen in /proc");
	quote_path(reading->capture.path, path);
	return error_set(err, ERROR_FORMAT,
			 "%s: it has no files of processes "
			 "(proc/PID/smaps_rollup, smaps or status below it); "
			 "'pageowl capture' takes them",
			 path);
}

static bool make_side(const struct reading *reading, bool live,
		      struct arena *arena, struct process_side *ret,
		      struct error *err)
{
	const struct capture *capture = &reading->capture;

	*ret = (struct process_side){
		.path = live ? "live" : capture->path,
		.kernel = capture->kernel,
		.uptime_ns = capture->uptime_ns,
	};
	if (!processes_gather(&capture->counters, arena, ret, err))
		return false;
	if (!ret->process_count)
		return refuse_empty(reading, live, err);
	return !live || name_users(ret, arena, err);
}

static bool read_sides(struct cli *cli, struct reading readings[2],
		       struct process_report *report, struct error *err)
{
	const struct reading_want want = {.processes_only = true};
	unsigned i;

	report->side_count = cli->operands[0] && cli->operands[1] ? 2 : 1;
	if (!comparison_can_read(cli, err))
		return false;
	for (i = 0; i < report->side_count; i++) {
		const char *path = cli->operands[i];

		if (!reading_open(&readings[i], cli, path, &want, err) ||
		    !make_side(&readings[i], !path, &report->arena,
			       &report->sides[i], err))
			return false;
	}
	return true;
}

/* Another boot has given the numbers to other processes. */
static void warn_boot(struct cli *cli, bool by_pid)
{
	console_warn(&cli->console, "OLD and NEW are of two boots%s",
		     by_pid ? ", where a pid is that of another process; "
			      "'--by=comm' compares them better"
			    : "");
}

static void warn_pair(struct cli *cli, const struct reading readings[2])
{
	uint64_t old = readings[0].capture.uptime_ns;
	uint64_t new = readings[1].capture.uptime_ns;

	if (comparison_boot(&readings[0], &readings[1]) == BOOT_OTHER)
		warn_boot(cli, cli->settings->processes_by == PROCESS_BY_PID);
	else if (old != TS_NONE && new != TS_NONE &&new < old)
		console_warn(&cli->console,
			     "OLD was taken later than NEW; swap them, unless "
			     "the machine was booted in between");
}

static int show(struct cli *cli, const struct process_report *report)
{
	const struct settings *settings = cli->settings;
	struct output_options options = settings->show;
	struct error err;

	options.width = console_width(&cli->console);
	options.colour = console_colours(&cli->console, settings->colour);
	options.verbose = settings->verbose;
	if (settings->output->processes(report, &options, cli->console.out,
					&err))
		return console_flush(&cli->console) ? STATUS_DONE
						    : STATUS_TROUBLE;
	console_error(&cli->console, "%s", err.text);
	return STATUS_TROUBLE;
}

static int run_ps(struct cli *cli)
{
	struct process_report report = {0};
	struct reading readings[2] = {0};
	int status = STATUS_TROUBLE;
	struct error err;

	if (read_sides(cli, readings, &report, &err) &&
	    processes_rank(&report, cli->settings->processes_by, &err)) {
		if (report.side_count == 2)
			warn_pair(cli, readings);
		status = show(cli, &report);
	} else {
		console_error(&cli->console, "%s", err.text);
	}
	process_report_deinit(&report);
	reading_close(&readings[0]);
	reading_close(&readings[1]);
	return status;
}

static const struct cli_option *const options[] = {
	ps_options,
	show_options,
	general_options,
	NULL,
};

const struct command command_ps = {
	.name = "ps",
	.operands = "[CAPTURE | OLD NEW]",
	.operand_most = 2,
	.summary = "what each process costs: RSS, PSS, USS, swap",
	.details = "RSS is what a process has mapped and resident, PSS the "
		   "same with shared pages\n"
		   "divided by those who share them, USS what it has for "
		   "itself; anon, file and\n"
		   "shmem are parts of PSS. Of two captures the growth is "
		   "shown. Without CAPTURE the\n"
		   "running machine is read, and as root all of it.",
	.examples = {"pageowl ps --by=user",
		     "pageowl ps --by=cgroup before.tar.gz after.tar.gz"},
	.options = options,
	.answer = ANSWER_PROCESSES,
	.run = run_ps,
};
