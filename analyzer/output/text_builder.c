/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_builder.h"

#include <string.h>

#include "base/quote.h"
#include "output/text_view.h"

static bool make_room(struct text_builder *builder, size_t more)
{
	size_t capacity = builder->capacity ? 2 * builder->capacity : 128;
	char *text;

	if (builder->length + more < builder->capacity)
		return true;
	while (capacity <= builder->length + more)
		capacity *= 2;
	text = builder->table->no_memory
		       ? NULL
		       : arena_alloc(&builder->table->arena, capacity);
	if (!text) {
		*builder = (struct text_builder){.table = builder->table};
		builder->table->no_memory = true;
		return false;
	}
	if (builder->length)
		memcpy(text, builder->text, builder->length);
	builder->text = text;
	builder->capacity = capacity;
	return true;
}

void text_builder_put(struct text_builder *builder, const char *text)
{
	size_t length = strlen(text);

	if (!make_room(builder, length))
		return;
	memcpy(builder->text + builder->length, text, length + 1);
	builder->length += length;
}

void text_builder_quote(struct text_builder *builder, struct span text)
{
	char quoted[TEXT_NAME_CAPACITY];

	quote_text(text, TEXT_NAME_LIMIT, quoted, sizeof(quoted));
	text_builder_put(builder, quoted);
}

void text_builder_spaces(struct text_builder *builder, size_t count)
{
	while (count-- > 0)
		text_builder_put(builder, " ");
}
