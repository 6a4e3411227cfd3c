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

static bool is_between(struct span text, char first, char last)
{
	return text.length && text.at[0] >= first && text.at[0] <= last;
}

/* "\033[0;32m", "\033[0K" */
bool log_prefix_take_control(struct span *text)
{
	struct span rest = *text;

	if (!span_take(&rest, SPAN("\033[")))
		return false;
	while (is_between(rest, '0', '?'))
		rest = span_skip(rest, 1);
	if (!is_between(rest, '@', '~'))
		return false;
	*text = span_skip(rest, 1);
	return true;
}

/* "<4>", of printk to a serial line or dmesg -r */
static bool take_level(struct span *line)
{
	return span_take(line, SPAN("<")) && take_digits(line, 1, 3) &&
	       span_take(line, SPAN(">"));
}

/* "[<ffffffff8117e4e3>]" and "[ext4]" are none. */
static bool is_time(struct span inside)
{
	char first = inside.at[0];

	return span_is_digit(first) || memchr(" TC", first, 3) ||
	       memchr(inside.at, first == '<' ? '.' : ':', inside.length);
}

/*
 * "[  123.456789] ", with PRINTK_CALLER "[    T1] " or "[   C2] " behind it,
 * "[Mon Jan  4 09:53:54 2021] " of dmesg -T, "[Nov23 04:42] " and then
 * "[  +0.000172] " of dmesg -e, "[    8.812345 <    0.000076>] " of dmesg -d,
 * "[2-3219.1870] " of vendors.
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
		if (!letter && !span_is_digit(c) && !memchr(" .:-,@+<>", c, 9))
			return false;
	}
	if (!digit || !is_time(inside))
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

/* "host kernel: ", which journalctl -o short-monotonic has behind the time. */
static bool take_host(struct span *line)
{
	struct span host;

	if (line->length && line->at[0] == ' ')
		return false;
	return span_take_word(line, &host) && host.length <= 64 &&
	       span_take(line, SPAN(" kernel:")) && take_gap(line);
}

/* ---- what they tell ---- */

/* "123.456789", in nanoseconds. */
static bool parse_time(struct span text, uint64_t *ret)
{
	uint64_t seconds, part;
	size_t digits;

	while (span_take(&text, SPAN(" ")))
		;
	if (!span_take_u64(&text, &seconds) || !span_take(&text, SPAN(".")))
		return false;
	digits = text.length;
	if (!span_take_u64(&text, &part) || text.length || digits > 9 ||
	    seconds > UINT32_MAX)
		return false;
	for (; digits < 9; digits++)
		part *= 10;
	*ret = seconds * 1000000000 + part;
	return true;
}

/* "T12", "C1" */
static bool is_caller(struct span text)
{
	uint64_t number;

	return (span_take(&text, SPAN("T")) || span_take(&text, SPAN("C"))) &&
	       span_take_u64(&text, &number) && !text.length;
}

static void note_bracket(struct span piece, struct log_prefix *prefix)
{
	struct span inside = span_trim_end(piece);
	const char *passed;

	span_take(&inside, SPAN("["));
	span_drop(&inside, SPAN("]"));
	passed = span_find(inside, SPAN(" <"));
	if (passed)
		inside = span_between(inside.at, passed);
	while (span_take(&inside, SPAN(" ")))
		;
	if (is_caller(inside))
		prefix->caller = inside;
	else
		parse_time(inside, &prefix->time_ns);
}

static void note_kmsg(struct span piece, struct log_prefix *prefix)
{
	static const struct span mark = {"caller=", 7};
	struct span rest = piece, word;
	const char *at = span_find(piece, mark);
	uint64_t number, time_us;

	prefix->of_kmsg = true;
	if (span_take_u64(&rest, &number) && span_take(&rest, SPAN(",")) &&
	    span_take_u64(&rest, &number) && span_take(&rest, SPAN(",")) &&
	    span_take_u64(&rest, &time_us) && time_us < UINT64_MAX / 1000)
		prefix->time_ns = time_us * 1000;
	if (!at)
		return;
	word = span_between(at + mark.length, span_end(piece));
	span_drop(&word, SPAN(";"));
	if (is_caller(word))
		prefix->caller = word;
}

enum part {
	PART_QUOTE,
	PART_COLOUR,
	PART_LEVEL,
	PART_BRACKET,
	PART_FACILITY,
	PART_KMSG,
	PART_SYSLOG,
	PART_LOGCAT,
	PART_HOST,
	PART_COUNT,
};

static void note_part(enum part part, struct span piece,
		      struct log_prefix *prefix)
{
	if (part == PART_BRACKET)
		note_bracket(piece, prefix);
	else if (part == PART_KMSG)
		note_kmsg(piece, prefix);
	prefix->of_log |= part != PART_QUOTE && part != PART_COLOUR;
}

static struct log_prefix parse(struct span line)
{
	static bool (*const take[PART_COUNT])(struct span *) = {
		take_quote,    log_prefix_take_control,
		take_level,    take_bracket,
		take_facility, take_kmsg,
		take_syslog,   take_logcat,
		take_host,
	};
	struct log_prefix prefix = {.time_ns = UINT64_MAX};
	enum part last = PART_COUNT, i = PART_QUOTE;
	struct span rest = line;

	while (i < PART_COUNT && rest.length) {
		struct span attempt = rest;

		if ((i != PART_HOST || last == PART_BRACKET) &&
		    take[i](&attempt)) {
			note_part(i, span_between(rest.at, attempt.at),
				  &prefix);
			rest = attempt;
			last = i;
			i = PART_QUOTE;
		} else {
			i++;
		}
	}
	prefix.length = (size_t)(rest.at - line.at);
	return prefix;
}

/* Lines that are a block of code to Markdown: "    [    1.000000] ". */
static bool is_indented(struct span line)
{
	return span_starts_with(line, SPAN("    ")) ||
	       span_starts_with(line, SPAN("\t"));
}

struct log_prefix log_prefix_parse(struct span line)
{
	struct log_prefix prefix;
	struct span rest = line;

	if (!is_indented(line))
		return parse(line);
	span_take_blanks(&rest);
	prefix = parse(rest);
	if (!prefix.of_log)
		return (struct log_prefix){.time_ns = UINT64_MAX};
	prefix.length += line.length - rest.length;
	return prefix;
}

size_t log_prefix_length(struct span line)
{
	return log_prefix_parse(line).length;
}
