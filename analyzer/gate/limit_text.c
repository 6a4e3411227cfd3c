/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate/limit_text.h"

#include "base/quote.h"

#define A_LIMIT "a limit such as 512K, 300 pages, 1 object or 20%"

/* A double holds all integers below this one. */
#define AMOUNT_END ((uint64_t)1 << 53)

bool limit_text_refuse(const char *expected, struct span found,
		       struct error *err)
{
	char quoted[QUOTE_CAPACITY];

	quote_text(found, QUOTE_LIMIT, quoted, sizeof(quoted));
	return error_set(err, ERROR_USAGE, "expected %s, found \"%s\"",
			 expected, quoted);
}

struct span limit_text_trim(struct span text)
{
	span_take_blanks(&text);
	return span_trim_end(text);
}

/* Take word where it ends there: "page" is not the begin of "pagers". */
static bool take_word(struct span *text, struct span word)
{
	struct span rest = *text;

	if (!span_take(&rest, word) ||
	    (rest.length && !span_is_blank(rest.at[0]) && rest.at[0] != '/'))
		return false;
	*text = rest;
	return true;
}

/* What a number without K, M or G is of. */
static bool take_measure(struct span *text, enum gate_measure *ret)
{
	static const struct {
		struct span word;
		enum gate_measure measure;
	} words[] = {
		{{"pages", 5}, GATE_PAGES},	{{"page", 4}, GATE_PAGES},
		{{"objects", 7}, GATE_RECORDS}, {{"object", 6}, GATE_RECORDS},
		{{"%", 1}, GATE_PERCENT},
	};
	struct span rest = *text;
	size_t i;

	span_take_blanks(&rest);
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!take_word(&rest, words[i].word))
			continue;
		*text = rest;
		*ret = words[i].measure;
		return true;
	}
	return false;
}

/* Take ".5". */
static bool take_fraction(struct span *text, double *amount)
{
	struct span rest = *text;
	double weight = 1;
	size_t i;

	if (!span_take(&rest, SPAN(".")) || !rest.length ||
	    !span_is_digit(rest.at[0]))
		return false;
	for (i = 0; i < rest.length && span_is_digit(rest.at[i]); i++) {
		weight /= 10;
		*amount += weight * (rest.at[i] - '0');
	}
	*text = span_skip(rest, i);
	return true;
}

/* Take "per iteration" or "/iteration"; false: something else is there. */
static bool take_iteration(struct span *text, bool *ret)
{
	struct span rest = *text;

	span_take_blanks(&rest);
	if (take_word(&rest, SPAN("per"))) {
		if (!span_take_blanks(&rest))
			return false;
	} else if (span_take(&rest, SPAN("/"))) {
		span_take_blanks(&rest);
	} else {
		return true;
	}
	if (!take_word(&rest, SPAN("iteration")))
		return false;
	*text = rest;
	*ret = true;
	return true;
}

static bool take_limit(struct span *text, struct gate_limit *ret)
{
	struct gate_limit limit = {.measure = GATE_BYTES};
	struct span rest = *text, after;
	uint64_t amount;
	bool fraction = false;

	if (!span_take_size(&rest, &amount) || amount >= AMOUNT_END)
		return false;
	limit.amount = (double)amount;
	if (span_is_digit(rest.at[-1])) {
		after = rest;
		fraction = take_fraction(&after, &limit.amount);
		if (take_measure(&after, &limit.measure))
			rest = after;
	}
	if (!take_iteration(&rest, &limit.per_iteration) ||
	    (rest.length && !span_is_blank(rest.at[0])))
		return false;
	/* There is no half of a page; but there is one in each other
	 * iteration. Of bytes ".5" is not even taken. */
	if (fraction && limit.measure != GATE_PERCENT && !limit.per_iteration)
		return false;
	*text = rest;
	*ret = limit;
	return true;
}

/* Take "and" with blanks on both sides. */
static bool take_and(struct span *text)
{
	struct span rest = *text;

	if (!span_take_blanks(&rest) || !span_take(&rest, SPAN("and")) ||
	    !span_take_blanks(&rest))
		return false;
	*text = rest;
	return true;
}

/* Whether one of before is of the same measure: it could say nothing new. */
static bool is_doubled(const struct gate_limit *limit,
		       const struct gate_limit *before, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (before[i].measure == limit->measure &&
		    before[i].per_iteration == limit->per_iteration)
			return true;
	return false;
}

bool limit_text_read(struct span text, struct gate_limit ret[GATE_LIMITS_MAX],
		     size_t *ret_count, struct error *err)
{
	struct gate_limit limits[GATE_LIMITS_MAX];
	struct span rest = text, here;
	size_t count = 0;

	do {
		if (count == GATE_LIMITS_MAX)
			return limit_text_refuse("at most 4 limits in a rule",
						 text, err);
		here = rest;
		if (!take_limit(&rest, &limits[count]))
			return limit_text_refuse(A_LIMIT, here, err);
		here = span_between(here.at, rest.at);
		if (limits[count].per_iteration &&
		    limits[count].measure == GATE_PERCENT)
			return limit_text_refuse(
				"a share of what was there before, which is of "
				"no iteration",
				here, err);
		if (is_doubled(&limits[count], limits, count))
			return limit_text_refuse("each measure once", here,
						 err);
		count++;
	} while (take_and(&rest));
	if (rest.length)
		return limit_text_refuse("'and' between two limits",
					 limit_text_trim(rest), err);
	memcpy(ret, limits, count * sizeof(*limits));
	*ret_count = count;
	return true;
}

bool limit_text_read_maximum(struct span text, struct suppression *ret,
			     struct error *err)
{
	static const char expected[] =
		"a maximum such as 8M, 4000 objects, or both with 'and'";
	struct gate_limit limits[GATE_LIMITS_MAX];
	uint64_t maximum[GATE_PERCENT + 1] = {0};
	size_t count, i;

	if (!limit_text_read(text, limits, &count, err))
		return limit_text_refuse(expected, text, err);
	for (i = 0; i < count; i++) {
		/* What grows by nothing needs no suppression. */
		if (limits[i].per_iteration || limits[i].amount < 1 ||
		    (limits[i].measure != GATE_BYTES &&
		     limits[i].measure != GATE_RECORDS))
			return limit_text_refuse(expected, text, err);
		maximum[limits[i].measure] = (uint64_t)limits[i].amount;
	}
	ret->max_bytes = maximum[GATE_BYTES];
	ret->has_bytes = maximum[GATE_BYTES] > 0;
	ret->max_records = maximum[GATE_RECORDS];
	ret->has_records = maximum[GATE_RECORDS] > 0;
	return true;
}
