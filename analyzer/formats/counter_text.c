/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/counter_text.h"

#include "base/table.h"
#include "formats/count_remark.h"

#define NS_PER_SECOND 1000000000u

bool counter_text_is_clean(struct span text)
{
	size_t i;

	for (i = 0; i < text.length; i++)
		if ((unsigned char)text.at[i] < ' ' || text.at[i] == 127)
			return false;
	return true;
}

bool counter_text_take_seconds(struct span *line, uint64_t *ret_ns)
{
	uint64_t seconds, part = 0, unit = NS_PER_SECOND;
	struct span rest = *line, digits;
	size_t i;

	if (!span_take_u64(&rest, &seconds) || !span_take(&rest, SPAN(".")) ||
	    !span_take_digits(&rest, &digits) || digits.length > 9)
		return false;
	for (i = 0; i < digits.length; i++)
		unit /= 10;
	span_take_u64(&digits, &part);
	if (__builtin_mul_overflow(seconds, NS_PER_SECOND, &seconds) ||
	    __builtin_add_overflow(seconds, part * unit, ret_ns))
		return false;
	*line = rest;
	return true;
}

bool counter_scope_add(struct counter_scope *scope, struct span part)
{
	if (part.length > sizeof(scope->bytes) - scope->length)
		return false;
	if (part.length)
		memcpy(scope->bytes + scope->length, part.at, part.length);
	scope->length += part.length;
	return true;
}

bool counter_scope_add_number(struct counter_scope *scope, uint64_t number)
{
	char digits[SPAN_U64_DIGITS];

	return counter_scope_add(scope, span_from_u64(number, digits));
}

/* "/proc/meminfo:", of `grep -r` and `grep -H` */
static struct span without_path(struct span line, struct span group)
{
	struct span rest = line, word;
	const char *at;

	if (!span_take_word(&rest, &word))
		return line;
	at = span_find(word, group);
	if (!at || (at > line.at && at[-1] != '/'))
		return line;
	rest = span_between(at + group.length, span_end(line));
	return span_take(&rest, SPAN(":")) ? rest : line;
}

/* A number before which the file was cut may lack digits. */
static bool is_cut(const struct counter_text *text, struct span line)
{
	return !text->cursor.rest.length && line.length &&
	       span_is_digit(span_end(line)[-1]) &&
	       span_end(line) == text->cursor.rest.at;
}

bool counter_text_has_end(const struct counter_text *text)
{
	return span_end(text->cursor.raw) != text->cursor.rest.at;
}

static void begin(struct counter_text *text, const char *group,
		  struct span lines, struct sink *sink, struct error *err)
{
	text->sink = sink;
	text->err = err;
	text->group = span_of(group);
	text->cursor = (struct text_cursor){.rest = lines, .line = text->line};
}

bool counter_text_block(struct counter_text *text, const char *group,
			counter_line *take, struct span lines,
			struct sink *sink, struct error *err)
{
	struct span line;
	bool done = true;

	begin(text, group, lines, sink, err);
	text->cursor.prefixed = true;
	while (done && text_cursor_next(&text->cursor, &line)) {
		if (is_cut(text, line)) {
			counter_text_skip(text, "a line that ends");
			continue;
		}
		line = without_path(span_trim_end(line), text->group);
		if (!line.length || span_starts_with(line, SPAN("zzz ")))
			continue;
		if (span_starts_with(line, SPAN("cat: ")))
			counter_text_stray(text, "what the kernel prints");
		else
			done = take(text, line);
	}
	text->line = text->cursor.line;
	return done;
}

bool counter_text_single(struct counter_text *text, const char *group,
			 counter_line *take, struct span lines,
			 struct sink *sink, struct error *err)
{
	struct span line;
	bool done = true;

	begin(text, group, lines, sink, err);
	while (done && text_cursor_next(&text->cursor, &line)) {
		line = span_trim_end(line);
		if (!line.length)
			continue;
		if (text->given || span_starts_with(line, SPAN("cat: ")))
			counter_text_stray(text, "one line");
		else
			done = take(text, line);
	}
	text->line = text->cursor.line;
	return done;
}

bool counter_text_finish(void *state, enum ending ending, struct sink *sink,
			 struct error *err)
{
	const struct counter_text *text = state;

	(void)ending;
	(void)err;
	if (text->snapshots > 1)
		count_remark(sink, text->snapshots, "",
			     "snapshots in it: the last one is taken");
	sink->lines = text->line;
	return true;
}

static bool give(struct counter_text *text, struct counter *counter)
{
	uint64_t hash =
		(uint64_t)table_hash(counter->scope.at, counter->scope.length)
			<< 32 |
		table_hash(counter->name.at, counter->name.length);

	if (!text->given++)
		text->first = hash;
	text->snapshots += hash == text->first;
	counter->group = text->group;
	return text->sink->counter(text->sink, counter, text->err);
}

bool counter_text_give(struct counter_text *text, struct span scope,
		       struct span name, uint64_t value, enum counter_unit unit)
{
	struct counter counter = {
		.scope = scope,
		.name = name,
		.text = SPAN(""),
		.value = value,
		.unit = unit,
	};

	return give(text, &counter);
}

bool counter_text_give_text(struct counter_text *text, struct span scope,
			    struct span name, struct span string)
{
	struct counter counter = {
		.scope = scope,
		.name = name,
		.text = string,
		.unit = COUNTER_TEXT,
	};

	return give(text, &counter);
}

static bool tell_damage(struct counter_text *text, const char *expected,
			bool stray)
{
	const struct damage damage = {
		.line = text->cursor.line,
		.expected = expected,
		.found = text->cursor.raw,
		.stray = stray,
	};

	text->sink->damage(text->sink, &damage);
	return true;
}

bool counter_text_stray(struct counter_text *text, const char *expected)
{
	return tell_damage(text, expected, true);
}

bool counter_text_skip(struct counter_text *text, const char *expected)
{
	return tell_damage(text, expected, false);
}

struct span counter_text_bare(struct span line, const char *group)
{
	return without_path(span_trim_end(line), span_of(group));
}

const char *counter_text_find(struct span head, const char *group,
			      struct span needle,
			      bool (*fits)(struct span line, struct span rest))
{
	const char *at, *begin, *floor = head.at;

	while ((at = span_find(span_between(floor, span_end(head)), needle))) {
		struct text_cursor cursor = {.prefixed = true};
		struct span line;

		for (begin = at; begin > floor && begin[-1] != '\n'; begin--)
			;
		cursor.rest = span_between(begin, span_end(head));
		text_cursor_next(&cursor, &line);
		line = counter_text_bare(line, group);
		if (fits(line, cursor.rest))
			return begin;
		floor = cursor.rest.at;
	}
	return NULL;
}
