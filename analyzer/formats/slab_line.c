/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/slab_line.h"

#include "formats/frame_text.h"

/* How far into a line another is looked for: no line of ours is longer. */
#define GLUE_MAX 1024

const struct span slab_line_not_available = {"<not-available>", 15};

static bool is_symbol(struct span symbol)
{
	return span_equal(symbol, slab_line_not_available) ||
	       frame_text_is_whole(symbol);
}

/* What stands before the first fact. */
static struct span symbol_before_facts(struct span text)
{
	static const struct span keys[] = {{" waste=", 7}, {" age=", 5}};
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *at = span_find(text, keys[i]);

		if (at)
			text = span_between(text.at, at);
	}
	return span_trim_end(text);
}

static struct span first_word(struct span text)
{
	const char *space =
		text.length ? memchr(text.at, ' ', text.length) : NULL;

	return span_between(text.at, space ? space : span_end(text));
}

/*
 * Take the symbol: "f+0x1/0x2 [mod]"; a word of any kind where an age follows,
 * "(____ptrval____)"; or what a cut has left of a symbol.
 */
static bool take_symbol(struct span *text, struct span *ret)
{
	struct span symbol = symbol_before_facts(*text);

	if (!is_symbol(symbol)) {
		symbol = first_word(*text);
		if (!symbol.length ||
		    (!span_find(symbol, SPAN("+0x")) &&
		     !span_starts_with(span_skip(*text, symbol.length),
				       SPAN(" age="))))
			return false;
	}
	*ret = symbol;
	*text = span_skip(*text, symbol.length);
	return true;
}

bool slab_line_split(struct span text, struct slab_line *ret)
{
	struct slab_line found;

	text = span_trim_end(text);
	span_take_blanks(&text);
	if (!span_take_digits(&text, &found.count) ||
	    !span_take(&text, SPAN(" ")))
		return false;
	span_take_blanks(&text);
	if (!take_symbol(&text, &found.symbol))
		return false;
	found.facts = text;
	*ret = found;
	return true;
}

bool slab_line_count(const struct slab_line *line, uint64_t *ret)
{
	struct span digits = line->count;

	return span_take_u64(&digits, ret);
}

bool slab_line_find_glued(struct span text, struct slab_line *ret)
{
	struct span rest = text, digits;
	struct slab_line line;

	span_take_blanks(&rest);
	span_take_digits(&rest, &digits);
	while (rest.length > 1 && rest.at - text.at < GLUE_MAX) {
		bool begins = rest.at[0] == ' ' && span_is_digit(rest.at[1]);

		rest = span_skip(rest, 1);
		if (begins && slab_line_split(rest, &line) &&
		    span_find(line.facts, SPAN(" age="))) {
			*ret = line;
			return true;
		}
	}
	return false;
}

bool slab_line_is_cut(struct span text)
{
	span_take_blanks(&text);
	return text.length && span_is_digit(text.at[0]);
}
