/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* winsize */
#include "cli/console.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/quote.h"
#include "output/quantity.h"

/* Progress is for what takes longer; then it is renewed this often. */
#define PROGRESS_AFTER_S 1.0
#define PROGRESS_EVERY_S 0.1

static double seconds_since(const struct timespec *then)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - then->tv_sec) +
	       (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

/* "62 %, 1 min 5 s left": what the total allows to be said. */
static void put_estimate(FILE *file, uint64_t done, uint64_t total,
			 double elapsed)
{
	char left[QUANTITY_CAPACITY];
	double share;

	if (!total || done > total || !done)
		return;
	share = (double)done / (double)total;
	fprintf(file, "  %d %%  %s left", (int)(share * 99.99),
		quantity_uptime((uint64_t)(elapsed / share - elapsed + 0.5),
				left));
}

static void report(struct progress_sink *sink, uint64_t done, uint64_t total,
		   uint64_t records)
{
	struct console *console = (struct console *)sink;
	char size[QUANTITY_CAPACITY], rate[QUANTITY_CAPACITY];
	char count[QUANTITY_CAPACITY];
	double elapsed;

	if (!console->shows_progress)
		return;
	elapsed = seconds_since(&console->started);
	if (elapsed < PROGRESS_AFTER_S ||
	    (console->progress_shown &&
	     seconds_since(&console->reported) < PROGRESS_EVERY_S))
		return;
	clock_gettime(CLOCK_MONOTONIC, &console->reported);
	console->progress_shown = true;
	fprintf(console->err, "\r\033[K%s  %s  %s/s  %s records",
		console->subject, quantity_bytes(done, size),
		quantity_bytes((uint64_t)((double)done / elapsed), rate),
		quantity_count(records, count));
	put_estimate(console->err, done, total, elapsed);
	fflush(console->err);
}

static bool is_terminal(FILE *file)
{
	int fd = fileno(file);

	return fd >= 0 && isatty(fd);
}

void console_init(struct console *console, FILE *out, FILE *err)
{
	*console = (struct console){
		.progress.report = report,
		.out = out,
		.err = err,
		.shows_progress = is_terminal(err),
	};
}

void console_begin(struct console *console, const char *subject)
{
	quote_text(span_of(subject), 40, console->subject,
		   sizeof(console->subject));
	clock_gettime(CLOCK_MONOTONIC, &console->started);
}

void console_wait(struct console *console, const char *text)
{
	char quoted[QUOTE_PATH_CAPACITY];

	if (!console->shows_progress)
		return;
	quote_path(text, quoted);
	fprintf(console->err, "\r\033[K%s", quoted);
	fflush(console->err);
	console->progress_shown = true;
}

void console_end(struct console *console)
{
	if (!console->progress_shown)
		return;
	fputs("\r\033[K", console->err);
	fflush(console->err);
	console->progress_shown = false;
}

static void say(struct console *console, const char *format, va_list args)
{
	console_end(console);
	fputs("pageowl: ", console->err);
	vfprintf(console->err, format, args);
	putc('\n', console->err);
}

void console_error(struct console *console, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(console, format, args);
	va_end(args);
}

void console_warn(struct console *console, const char *format, ...)
{
	va_list args;

	if (console->quiet)
		return;
	va_start(args, format);
	say(console, format, args);
	va_end(args);
}

bool console_colours(const struct console *console, enum colour_when when)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	switch (when) {
	case COLOUR_ALWAYS:
		return true;
	case COLOUR_NEVER:
		return false;
	case COLOUR_AUTO:
		break;
	}
	return is_terminal(console->out) && !(no_color && no_color[0]) &&
	       term && strcmp(term, "dumb") != 0;
}

size_t console_width(const struct console *console)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long width;

	if (!is_terminal(console->out))
		return 0;
	width = columns ? strtol(columns, NULL, 10) : 0;
	if (width > 0 && width < 10000)
		return (size_t)width;
	if (ioctl(fileno(console->out), TIOCGWINSZ, &size) == 0 && size.ws_col)
		return size.ws_col;
	return 80;
}

bool console_flush(struct console *console)
{
	if (fflush(console->out) == 0 && !ferror(console->out))
		return true;
	console_error(console, "cannot write: %s", strerror(errno));
	return false;
}
