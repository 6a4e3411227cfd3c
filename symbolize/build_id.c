/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/build_id.h"

#include <elf.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint32_t take_word(const unsigned char *at, bool big)
{
	uint32_t word = 0;

	for (size_t i = 0; i < 4; i++)
		word |= (uint32_t)at[i] << (big ? 24 - 8 * i : 8 * i);
	return word;
}

/* size rounded up, at most limit; SIZE_MAX: it does not fit. */
static size_t padded(uint64_t size, size_t align, size_t limit)
{
	uint64_t whole = (size + align - 1) / align * align;

	if (size > limit)
		return SIZE_MAX;
	/* The last one may lack its padding. */
	return whole > limit ? limit : (size_t)whole;
}

static bool walk(const unsigned char *notes, size_t length, size_t align,
		 bool big, struct build_id *ret)
{
	const size_t head = sizeof(Elf32_Nhdr); /* the same in ELF64 */

	while (length > head) {
		uint32_t name = take_word(notes, big);
		uint32_t bytes = take_word(notes + 4, big);
		uint32_t type = take_word(notes + 8, big);
		/* Padding counts from the head of the note. */
		size_t at = padded((uint64_t)head + name, align, length), all;

		if (at == SIZE_MAX)
			return false;
		all = padded((uint64_t)at + bytes, align, length);
		if (all == SIZE_MAX)
			return false;
		if (type == NT_GNU_BUILD_ID && name == 4 &&
		    memcmp(notes + head, "GNU", 4) == 0 && bytes > 0 &&
		    bytes <= BUILD_ID_MAX) {
			*ret = (struct build_id){.length = bytes};
			memcpy(ret->bytes, notes + at, bytes);
			return true;
		}
		notes += all;
		length -= all;
	}
	return false;
}

bool build_id_of_notes(const unsigned char *notes, size_t length,
		       struct build_id *ret)
{
	/*
	 * Sizes in the other byte order are larger than any file. Notes are
	 * padded to 4 bytes, but for some of 64 bit that follow the standard.
	 */
	return walk(notes, length, 4, false, ret) ||
	       walk(notes, length, 4, true, ret) ||
	       walk(notes, length, 8, false, ret) ||
	       walk(notes, length, 8, true, ret);
}

bool build_id_equal(const struct build_id *a, const struct build_id *b)
{
	return a->length > 0 && a->length == b->length &&
	       memcmp(a->bytes, b->bytes, a->length) == 0;
}

void build_id_text(const struct build_id *id, char *ret)
{
	*ret = '\0';
	for (size_t i = 0; i < id->length && i < BUILD_ID_MAX; i++)
		snprintf(ret + 2 * i, 3, "%02x", id->bytes[i]);
}

static int digit_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	digit |= 0x20;
	return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

bool build_id_of_text(const char *text, struct build_id *ret)
{
	struct build_id id = {.length = 0};

	for (; text[0]; text += 2) {
		int high = digit_value(text[0]), low = digit_value(text[1]);

		if (high < 0 || low < 0 || id.length == BUILD_ID_MAX)
			return false;
		id.bytes[id.length++] = (unsigned char)(high << 4 | low);
	}
	if (!id.length)
		return false;
	*ret = id;
	return true;
}
