/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/log_prefix.h"

static bool take_digits(struct span *line, size_t least, size_t most)
{
	size_t n = 0;

	while (n < line->length && n < most && span_is_digit(line->at[n]))
		n++;
	if (n < least)
		return false;
	*line = span_skip(*line, n);
	return true;
}

static void take_spaces(struct span *line)
{
	while (span_take(line, SPAN(" ")))
		;
}

/* One space, or the end of a line that lost its trailing spaces. */
static bool take_gap(struct span *line)
{
	return span_take(line, SPAN(" ")) || !line->length;
}

/* "> " of quoted mail; not all programs put the space. */
static bool take_quote(struct span *line)
{
	if (!span_take(line, SPAN(">")))
		return false;
	span_take(line, SPAN(" "));
	return true;
}

/* "\033[0;32m" */
static bool take_colour(struct span *line)
{
	if (!span_take(line, SPAN("\033[")))
		return false;
	while (line->length &&
	       (span_is_digit(line->at[0]) || line->at[0] == ';'))
		*line = span_skip(*line, 1);
	return span_take(line, SPAN("m"));
}

/* "<4>", of printk to a serial line or dmesg -r */
static bool take_level(struct span *line)
{
	return span_take(line, SPAN("<")) && take_digits(line, 1, 3) &&
	       span_take(line, SPAN(">"));
}

/*
 * "[  123.456789] ", with PRINTK_CALLER "[    T1] " or "[   C2] " behind it,
 * "[Mon Jan  4 09:53:54 2021] " of dmesg -T, "[2-3219.1870] " of vendors.
 */
static bool take_bracket(struct span *line)
{
	struct span inside;
	const char *close;
	size_t i;
	bool digit = false;

	if (!span_take(line, SPAN("[")))
		return false;
	close = line->length ? memchr(line->at, ']', line->length) : NULL;
	if (!close || close - line->at > 40)
		return false;
	inside = span_between(line->at, close);
	for (i = 0; i < inside.length; i++) {
		char c = inside.at[i];
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

		digit |= span_is_digit(c);
		if (!letter && !span_is_digit(c) && !memchr(" .:-,@", c, 6))
			return false;
	}
	/* "[<ffffffff8117e4e3>]" and "[ext4]" are no times */
	if (!digit ||
	    (!span_is_digit(inside.at[0]) && !memchr(" TC", inside.at[0], 3) &&
	     !memchr(inside.at, ':', inside.length)))
		return false;
	*line = span_between(close + 1, span_end(*line));
	return take_gap(line) || span_starts_with(*line, SPAN("["));
}

/* "kern  :warn  : " of dmesg -x */
static bool take_facility(struct span *line)
{
	if (!span_take(line, SPAN("kern ")))
		return false;
	take_spaces(line);
	if (!span_take(line, SPAN(":")))
		return false;
	while (line->length && line->at[0] >= 'a' && line->at[0] <= 'z')
		*line = span_skip(*line, 1);
	take_spaces(line);
	return span_take(line, SPAN(":")) && take_gap(line);
}

/* "12,345,6789,-;" of /dev/kmsg */
static bool take_kmsg(struct span *line)
{
	const char *end;

	if (!take_digits(line, 1, 5) || !span_take(line, SPAN(",")) ||
	    !take_digits(line, 1, 20) || !span_take(line, SPAN(",")) ||
	    !take_digits(line, 1, 20) || !span_take(line, SPAN(",")))
		return false;
	end = line->length ? memchr(line->at, ';', line->length) : NULL;
	if (!end || end - line->at > 40)
		return false;
	*line = span_between(end + 1, span_end(*line));
	return true;
}

/* "09:53:54" with a fraction and a zone, as far as they are there */
static bool take_clock(struct span *line)
{
	if (!take_digits(line, 2, 2) || !span_take(line, SPAN(":")) ||
	    !take_digits(line, 2, 2) || !span_take(line, SPAN(":")) ||
	    !take_digits(line, 2, 2))
		return false;
	while (line->length &&
	       (span_is_digit(line->at[0]) || memchr(".,+-:Z", line->at[0], 6)))
		*line = span_skip(*line, 1);
	return span_take(line, SPAN(" "));
}

/* "Jan  4 " or "2026-02-23T" */
static bool take_date(struct span *line)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	size_t i;

	for (i = 0; i + 3 < sizeof(months); i += 3) {
		if (!span_take(line, (struct span){months + i, 3}))
			continue;
		take_spaces(line);
		return take_digits(line, 1, 2) && span_take(line, SPAN(" "));
	}
	return take_digits(line, 4, 4) && span_take(line, SPAN("-")) &&
	       take_digits(line, 2, 2) && span_take(line, SPAN("-")) &&
	       take_digits(line, 2, 2) &&
	       (span_take(line, SPAN("T")) || span_take(line, SPAN(" ")));
}

/* "Jan  4 09:53:54 host kernel: ", and the ISO form; the host may be gone */
static bool take_syslog(struct span *line)
{
	const char *tag;

	if (!take_date(line) || !take_clock(line))
		return false;
	tag = span_find(
		(struct span){line->at, line->length < 90 ? line->length : 90},
		SPAN("kernel:"));
	if (!tag)
		return true;
	*line = span_between(tag + 7, span_end(*line));
	return take_gap(line);
}

/* "I kernel  : " of Android's logcat */
static bool take_logcat(struct span *line)
{
	if (!line->length || !memchr("VDIWEF", line->at[0], 6))
		return false;
	*line = span_skip(*line, 1);
	if (!span_take(line, SPAN(" kernel")))
		return false;
	take_spaces(line);
	return span_take(line, SPAN(":")) && take_gap(line);
}

size_t log_prefix_length(struct span line)
{
	static bool (*const take[])(struct span *) = {
		take_quote,    take_colour, take_level,	 take_bracket,
		take_facility, take_kmsg,   take_syslog, take_logcat,
	};
	struct span rest = line;
	size_t i = 0;

	while (i < sizeof(take) / sizeof(take[0])) {
		struct span attempt = rest;

		if (attempt.length && take[i](&attempt)) {
			rest = attempt;
			i = 0;
		} else {
			i++;
		}
	}
	return (size_t)(rest.at - line.at);
}
