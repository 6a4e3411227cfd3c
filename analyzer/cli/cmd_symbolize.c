/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pageowl symbolize: any text with kernel frames, and their source lines. */
#include <inttypes.h>

#include "base/quote.h"
#include "cli/annotate.h"
#include "cli/settings.h"
#include "cli/text_feed.h"
#include "cli/text_kernel.h"

struct symbolizing {
	struct cli *cli;
	struct text_kernel kernel;
	struct annotator annotator;
	bool copies; /* there are no source lines to be had */
	bool said_assumed, said_full;
};

/* Lines of one or more kernels. */
static bool add_lines(struct symbolizing *run, struct span lines)
{
	struct text_kernel *kernel = &run->kernel;
	struct kernel_mentions mentions;
	struct kernel_mention mention;
	const char *begin = lines.at;

	kernel_mentions_init(&mentions, lines);
	while (kernel_mentions_next(&mentions, &mention)) {
		if (text_kernel_differs(kernel, &mention)) {
			if (!annotator_add(
				    &run->annotator,
				    span_between(begin, mention.line.at)))
				return false;
			frame_book_clear(&run->annotator.book);
			begin = mention.line.at;
		}
		if (!text_kernel_enter(kernel, &mention))
			return false;
	}
	return annotator_add(&run->annotator,
			     span_between(begin, span_end(lines)));
}

/* What cannot wait for the end, which may never come. */
static void warn_now(struct symbolizing *run)
{
	struct console *console = &run->cli->console;

	text_kernel_warn(&run->kernel);
	if (run->kernel.assumed && run->annotator.annotated &&
	    !run->said_assumed) {
		console_warn(console,
			     "the text tells no kernel release; source lines "
			     "are those of the running kernel, %s "
			     "(--vmlinux names another)",
			     run->kernel.release);
		run->said_assumed = true;
	}
	if (run->annotator.book.full && !run->said_full) {
		console_warn(console,
			     "too many distinct frames; from here on new ones "
			     "pass without a source line");
		run->said_full = true;
	}
}

static bool add_part(struct symbolizing *run, const struct text_part *part,
		     struct error *err)
{
	struct console *console = &run->cli->console;

	if (run->copies || part->part)
		fwrite(part->text.at, 1, part->text.length, console->out);
	else if (!add_lines(run, part->text))
		return error_no_memory(err);
	warn_now(run);
	if (part->pause)
		fflush(console->out);
	return true;
}

static bool pass_text(struct symbolizing *run, struct text_feed *feed,
		      struct error *err)
{
	struct text_part part;

	do {
		if (!text_feed_next(feed, &part, err) ||
		    !add_part(run, &part, err))
			return false;
	} while (part.text.length && !ferror(run->cli->console.out));
	return true;
}

/* Where the lines might have been. */
static void warn_no_lines(struct symbolizing *run, const char *quoted)
{
	struct text_kernel *kernel = &run->kernel;
	char gaps[SYMBOL_GAPS_CAPACITY];
	bool tells = kernel->release[0] && !kernel->assumed;

	text_kernel_gaps(kernel, gaps);
	console_warn(&run->cli->console, "%s: no frame has a source line%s%s%s",
		     quoted, gaps[0] ? ": " : "", gaps,
		     gaps[0] && !tells ? "; the text tells no kernel release"
				       : "");
}

/* Nothing was found at all: what would help. */
static void warn_useless(struct symbolizing *run, const char *path)
{
	char quoted[QUOTE_PATH_CAPACITY];

	/* What the symbolizer has warned of is the reason. */
	if (run->annotator.annotated || run->annotator.told || run->copies ||
	    run->kernel.told)
		return;
	quote_path(path, quoted);
	if (run->annotator.frames)
		warn_no_lines(run, quoted);
	else
		console_warn(&run->cli->console,
			     "%s: no kernel frame (symbol+0x1a/0x2c) in it",
			     quoted);
}

static void say_counts(struct symbolizing *run)
{
	const struct annotator *annotator = &run->annotator;

	if (!run->cli->settings->verbose || run->copies)
		return;
	console_warn(&run->cli->console,
		     "%" PRIu64 " of %" PRIu64 " frames have a source line",
		     annotator->annotated, annotator->frames);
	if (annotator->told)
		console_warn(&run->cli->console,
			     "%" PRIu64 " more had one already",
			     annotator->told);
}

static void choose_way(struct symbolizing *run)
{
	run->copies = run->cli->settings->symbols.never;
	if (run->copies || symbolizer_is_built())
		return;
	console_warn(&run->cli->console,
		     "built without libbfd, which reads debug information: "
		     "the text passes as it is");
	run->copies = true;
}

static bool pass_path(struct symbolizing *run, const char *path,
		      struct error *err)
{
	struct text_feed *feed;
	bool done;

	if (!text_feed_create(path, &feed, err))
		return false;
	choose_way(run);
	done = pass_text(run, feed, err);
	if (done && text_feed_loss(feed)[0]) {
		char quoted[QUOTE_PATH_CAPACITY];

		quote_path(path, quoted);
		done = error_set(err, ERROR_IO, "%s: %s", quoted,
				 text_feed_loss(feed));
	}
	text_feed_destroy(feed);
	return done;
}

static int run_symbolize(struct cli *cli)
{
	const char *path = cli->operands[0] ? cli->operands[0] : "-";
	struct symbolizing run = {.cli = cli, .kernel.cli = cli};
	struct frame_teller teller = text_kernel_teller(&run.kernel);
	int status = STATUS_DONE;
	struct error err;

	run.annotator.teller = &teller;
	run.annotator.out = cli->console.out;
	run.annotator.book.count_max = FRAME_BOOK_MAX;
	if (!pass_path(&run, path, &err)) {
		console_error(&cli->console, "%s", err.text);
		status = STATUS_TROUBLE;
	} else {
		warn_useless(&run, path);
		say_counts(&run);
	}
	if (!console_flush(&cli->console) ||
	    text_kernel_is_useless(&run.kernel))
		status = STATUS_TROUBLE;
	text_kernel_deinit(&run.kernel);
	annotator_deinit(&run.annotator);
	return status;
}

static const struct cli_option *const options[] = {
	symbol_options,
	general_options,
	NULL,
};

const struct command command_symbolize = {
	.name = "symbolize",
	.operands = "[FILE]",
	.operand_most = 1,
	.summary = "put source lines behind the kernel frames of any text",
	.details = "The text, FILE or standard input, passes as it is: an "
		   "oops, a kernel log,\n"
		   "page_owner, kmemleak, traces of slab caches. Behind each "
		   "symbol+0x1a/0x2c whose\n"
		   "source line is known stands (file:line); functions that "
		   "were inlined there have\n"
		   "lines of their own above it. The release of the kernel is "
		   "taken from the text,\n"
		   "where that tells it; else it is that of the running "
		   "kernel, unless a\n"
		   "kernel or a folder is named.",
	.examples = {"dmesg -w | pageowl symbolize",
		     "pageowl symbolize --vmlinux=vmlinux oops.txt"},
	.options = options,
	.run = run_symbolize,
};
