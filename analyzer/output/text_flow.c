/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_flow.h"

#include <string.h>

#include "base/quote.h"
#include "output/text_width.h"

#define QUOTED_LIMIT 1024

struct text_flow text_flow_begin(FILE *file, size_t width, size_t indent,
				 size_t column)
{
	return (struct text_flow){
		.file = file,
		.width = width,
		.indent = indent,
		.column = column,
		.begins = true,
	};
}

void text_flow_piece(struct text_flow *flow, const char *piece)
{
	size_t width = text_width(piece);

	if (!width)
		return;
	if (flow->width && !flow->begins &&
	    flow->column + 1 + width > flow->width) {
		putc('\n', flow->file);
		flow->column = 0;
		flow->begins = true;
	}
	if (!flow->begins) {
		putc(' ', flow->file);
		flow->column++;
	}
	while (flow->begins && flow->column < flow->indent) {
		putc(' ', flow->file);
		flow->column++;
	}
	fputs(piece, flow->file);
	flow->column += width;
	flow->begins = false;
}

void text_flow_words(struct text_flow *flow, const char *text)
{
	char word[256];

	while (*text) {
		size_t length = strcspn(text, " ");

		/* Longer than any line: in pieces, which may stand apart. */
		if (length >= sizeof(word))
			length = sizeof(word) - 1;
		memcpy(word, text, length);
		word[length] = '\0';
		text_flow_piece(flow, word);
		text += length;
		text += *text == ' ';
	}
}

void text_flow_quoted(struct text_flow *flow, const char *text)
{
	char quoted[4 * QUOTED_LIMIT + 16];

	quote_text(span_of(text), QUOTED_LIMIT, quoted, sizeof(quoted));
	text_flow_words(flow, quoted);
}

void text_flow_paragraph(FILE *file, const char *text, size_t indent,
			 size_t width)
{
	struct text_flow flow = text_flow_begin(file, width, indent, 0);

	text_flow_quoted(&flow, text);
	putc('\n', file);
}
