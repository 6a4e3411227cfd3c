/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/remark_names.h"

#include "base/quote.h"
#include "formats/count_remark.h"

/* Longer names are cut. */
#define NAME_MAX_BYTES 32

/* What remarks of lists may be long. */
#define TEXT_MAX 250

static bool is_listed(const struct remark_names *names, struct span name)
{
	struct span rest = {names->text, names->length};
	const char *comma;

	while (rest.length) {
		comma = span_find(rest, SPAN(", "));
		if (span_equal(span_between(rest.at,
					    comma ? comma : span_end(rest)),
			       name))
			return true;
		if (!comma)
			return false;
		rest = span_between(comma + 2, span_end(rest));
	}
	return false;
}

void remark_names_add(struct remark_names *names, struct span name)
{
	char quoted[QUOTE_CAPACITY];
	struct span text;

	names->count++;
	quote_text(name, NAME_MAX_BYTES, quoted, sizeof(quoted));
	text = span_of(quoted);
	if (!text.length || is_listed(names, text))
		return;
	if (names->listed == REMARK_NAMES_MAX ||
	    text.length + 2 > sizeof(names->text) - names->length) {
		names->more = true;
		return;
	}
	if (names->listed++) {
		memcpy(names->text + names->length, ", ", 2);
		names->length += 2;
	}
	memcpy(names->text + names->length, text.at, text.length);
	names->length += text.length;
}

/* Append what fits; text stays terminated. */
static void append(char text[TEXT_MAX], size_t *length, struct span piece)
{
	if (piece.length > TEXT_MAX - 1 - *length)
		piece.length = TEXT_MAX - 1 - *length;
	memcpy(text + *length, piece.at, piece.length);
	*length += piece.length;
	text[*length] = '\0';
}

void remark_names_tell(const struct remark_names *names, struct sink *sink,
		       const char *one, const char *many)
{
	char text[TEXT_MAX] = "";
	size_t length = 0;

	append(text, &length, span_of(names->count == 1 ? one : many));
	if (names->length)
		append(text, &length, SPAN(": "));
	append(text, &length, (struct span){names->text, names->length});
	if (names->more)
		append(text, &length, SPAN(", ..."));
	count_remark(sink, names->count, text, text);
}
