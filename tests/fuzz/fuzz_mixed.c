/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a text that may hold several dumps: what is found does not
 * depend on how it is read, and no record gets lost. The first byte says how
 * large blocks are, and repeats the text until it fills several windows.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "tests/support/mixed_reader.h"

static void read_as(struct span text, size_t part, size_t block_size,
		    struct text_buffer *ret)
{
	const struct mixed_way way = {.part = part, .block_size = block_size};
	struct mixed_facts facts;
	struct error err;

	text_buffer_add(ret, SPAN(""));
	if (!mixed_reader_read(text, &way, ret, &facts, &err))
		assert(err.code == ERROR_MEMORY);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text_buffer text = {0}, one = {0}, other = {0};
	size_t repeats, i;

	if (size < 1)
		return 0;
	repeats = data[0] & 0x80 && size < 20000 ? 400000 / size : 1;
	for (i = 0; i < repeats; i++)
		text_buffer_add(
			&text, (struct span){(const char *)data + 1, size - 1});
	read_as(text_buffer_span(&text), 0, 0, &one);
	read_as(text_buffer_span(&text), 1 + (data[0] & 7) * 4096,
		1 + (size_t)(data[0] & 0x3f) * 1000, &other);
	assert(one.length == other.length);
	assert(!one.length || memcmp(one.at, other.at, one.length) == 0);
	text_buffer_deinit(&text);
	text_buffer_deinit(&one);
	text_buffer_deinit(&other);
	return 0;
}
