/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memfd_create */
#include "tests/support/check.h"

#include "symbolize/elf_headers.h"

#include <sys/mman.h>
#include <unistd.h>

#include "tests/support/elf_maker.h"

/* Read the first length bytes; what is told of them, or why not. */
static bool read_bytes(const unsigned char *bytes, size_t length,
		       struct elf_headers *ret, struct reason *why)
{
	int fd = memfd_create("elf", MFD_CLOEXEC);
	bool done;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, length), length);
	done = elf_headers_read(fd, length, ret, why);
	close(fd);
	return done;
}

/* "id abcd, debug, symbols, relocatable", or why it cannot be read. */
static const char *told(const struct elf_recipe *recipe)
{
	static char text[600];
	struct made_elf made = elf_make(recipe);
	struct elf_headers headers = {0};
	struct reason why = {0};
	char id[2 * BUILD_ID_MAX + 1];

	if (read_bytes(made.bytes, made.length, &headers, &why)) {
		build_id_text(&headers.build_id, id);
		snprintf(text, sizeof(text), "%s%s%s%s", id,
			 headers.has_debug_info ? " debug" : "",
			 headers.has_symbols ? " symbols" : "",
			 headers.is_relocatable ? " relocatable" : "");
	} else {
		snprintf(text, sizeof(text), "%s", why.text);
	}
	free(made.bytes);
	return text;
}

static void files_of_both_sizes_and_byte_orders_are_read(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		struct elf_recipe recipe = {
			.narrow = i & 1,
			.big = i & 2,
			.build_id = "00112233445566778899aabbccddeeff00112233",
			.other_note = true,
			.debug_info = true,
			.symbols = true,
		};

		assert_string_equal(told(&recipe),
				    "00112233445566778899aabbccddeeff00112233 "
				    "debug symbols");
		recipe.type = ET_REL;
		recipe.large_counts = true;
		assert_string_equal(told(&recipe),
				    "00112233445566778899aabbccddeeff00112233 "
				    "debug symbols relocatable");
		recipe.debug_info = false;
		recipe.symbols = false;
		recipe.in_segment = true;
		assert_string_equal(told(&recipe),
				    "00112233445566778899aabbccddeeff00112233 "
				    "relocatable");
	}
}

static void a_file_without_anything_is_a_file(void **state)
{
	(void)state;
	assert_string_equal(told(&(struct elf_recipe){0}), "");
}

static void debug_information_may_be_compressed_but_not_absent(void **state)
{
	static const struct made_section old[] = {
		{.name = ".zdebug_info", .type = SHT_PROGBITS, .size = 9},
		{0},
	};
	static const struct made_section flag[] = {
		{.name = ".debug_info",
		 .type = SHT_PROGBITS,
		 .flags = SHF_COMPRESSED,
		 .size = 40},
		{0},
	};
	static const struct made_section stripped[] = {
		{.name = ".debug_info", .type = SHT_NOBITS, .size = 40},
		{.name = ".zdebug_info", .type = SHT_PROGBITS, .size = 0},
		{.name = ".debug_info_", .type = SHT_PROGBITS, .size = 9},
		{0},
	};

	(void)state;
	assert_string_equal(told(&(struct elf_recipe){.sections = old}),
			    " debug");
	assert_string_equal(told(&(struct elf_recipe){.sections = flag}),
			    " debug");
	assert_string_equal(told(&(struct elf_recipe){.sections = stripped}),
			    "");
}

static void notes_of_more_than_a_mebibyte_are_not_read(void **state)
{
	static const char note[] = "\4\0\0\0\2\0\0\0\3\0\0\0GNU\0\x12\x34\0";
	struct elf_recipe recipe = {0};
	struct made_section sections[] = {
		{.name = ".note", .type = SHT_NOTE, .size = 1 << 20},
		{0},
	};
	unsigned char *large = calloc(1, (1 << 20) + 4096);
	struct elf_headers headers = {0};
	struct made_elf made;

	(void)state;
	assert_non_null(large);
	/* The notes are put behind the file that claims them. */
	sections[0].bytes = note;
	sections[0].size = sizeof(note) - 1;
	recipe.sections = sections;
	recipe.in_segment = true;
	made = elf_make(&recipe);
	memcpy(large, made.bytes, made.length);
	assert_true(read_bytes(large, (1 << 20) + 4096, &headers, NULL));
	assert_int_equal(headers.build_id.length, 2);
	/* Section 1, its size. */
	{
		uint64_t at, size = (1 << 20) + 1;

		memcpy(&at, large + offsetof(Elf64_Ehdr, e_shoff), 8);
		at += sizeof(Elf64_Shdr) + offsetof(Elf64_Shdr, sh_size);
		memcpy(large + at, &size, 8);
	}
	assert_true(read_bytes(large, (1 << 20) + 4096, &headers, NULL));
	assert_int_equal(headers.build_id.length, 0);
	free(made.bytes);
	free(large);
}

static void what_is_no_program_is_refused_in_words(void **state)
{
	struct elf_headers headers;
	struct reason why = {0};
	struct made_elf made = elf_make(&(struct elf_recipe){.type = ET_CORE});

	(void)state;
	assert_false(
		read_bytes((const unsigned char *)"#!/bin/sh\n\n\n\n\n\n\n", 16,
			   &headers, &why));
	assert_string_equal(why.text, "is not an ELF file");
	assert_false(read_bytes(made.bytes, made.length, &headers, &why));
	assert_string_equal(why.text, "is a core dump, not a program");
	made.bytes[offsetof(Elf64_Ehdr, e_type)] = 77;
	assert_false(read_bytes(made.bytes, made.length, &headers, &why));
	assert_string_equal(why.text, "is ELF of an unknown type, 77");
	made.bytes[EI_DATA] = 3;
	assert_false(read_bytes(made.bytes, made.length, &headers, &why));
	assert_string_equal(why.text, "is ELF of an unknown byte order, 3");
	made.bytes[EI_CLASS] = 0;
	assert_false(read_bytes(made.bytes, made.length, &headers, &why));
	assert_string_equal(why.text, "is ELF of an unknown class, 0");
	free(made.bytes);
}

static void a_file_that_is_cut_anywhere_is_refused(void **state)
{
	struct made_elf made = elf_make(&(struct elf_recipe){
		.build_id = "abcd", .debug_info = true, .symbols = true});
	struct elf_headers headers;

	(void)state;
	assert_true(read_bytes(made.bytes, made.length, &headers, NULL));
	/* Its section headers are what comes last. */
	for (size_t length = 0; length < made.length; length++)
		assert_false(read_bytes(made.bytes, length, &headers, NULL));
	free(made.bytes);
}

/* Write value over a field of the first header. */
#define CLAIM(made, field, type, value)                                      \
	do {                                                                 \
		type claimed = (value);                                      \
		memcpy((made).bytes + offsetof(Elf64_Ehdr, field), &claimed, \
		       sizeof(claimed));                                     \
	} while (0)

static void claims_that_the_file_cannot_hold_are_refused(void **state)
{
	struct made_elf made = elf_make(
		&(struct elf_recipe){.large_counts = true, .symbols = true});
	struct elf_headers headers;
	struct reason why = {0};
	uint64_t sections, many = 1 << 21;

	(void)state;
	memcpy(&sections, made.bytes + offsetof(Elf64_Ehdr, e_shoff), 8);
	memcpy(made.bytes + sections + offsetof(Elf64_Shdr, sh_size), &many, 8);
	assert_false(read_bytes(made.bytes, made.length, &headers, &why));
	assert_string_equal(why.text, "claims to have 2097152 sections");
	many = 1000;
	memcpy(made.bytes + sections + offsetof(Elf64_Shdr, sh_size), &many, 8);
	assert_false(read_bytes(made.bytes, made.length, &headers, &why));
	assert_text_has(why.text, "is cut short");
	CLAIM(made, e_shoff, uint64_t, UINT64_MAX - 63);
	assert_false(read_bytes(made.bytes, made.length, &headers, &why));
	assert_text_has(why.text, "is cut short");
	CLAIM(made, e_shentsize, uint16_t, 40);
	assert_false(read_bytes(made.bytes, made.length, &headers, &why));
	assert_string_equal(why.text,
			    "has section headers of 40 bytes, not 64");
	free(made.bytes);
}

/* It would be called stripped, and is not. */
static void a_file_without_its_sections_is_not_called_stripped(void **state)
{
	struct made_section sections[] = {
		{.name = ".text", .type = SHT_PROGBITS, .size = 9},
		{0},
	};
	struct elf_recipe recipe = {.sections = sections};

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct made_elf made = elf_make(&recipe);
		struct elf_headers headers = {0};
		struct reason why = {0};
		uint64_t at, far = 1 << 30;

		memcpy(&at, made.bytes + offsetof(Elf64_Ehdr, e_shoff), 8);
		at += sizeof(Elf64_Shdr) + offsetof(Elf64_Shdr, sh_offset);
		memcpy(made.bytes + at, &far, 8);
		assert_int_equal(
			read_bytes(made.bytes, made.length, &headers, &why), i);
		assert_string_equal(why.text,
				    i ? ""
				      : "is damaged: 1 of its sections lie "
					"outside of it");
		free(made.bytes);
		recipe.debug_info = true;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_of_both_sizes_and_byte_orders_are_read),
		cmocka_unit_test(a_file_without_anything_is_a_file),
		cmocka_unit_test(
			debug_information_may_be_compressed_but_not_absent),
		cmocka_unit_test(notes_of_more_than_a_mebibyte_are_not_read),
		cmocka_unit_test(what_is_no_program_is_refused_in_words),
		cmocka_unit_test(a_file_that_is_cut_anywhere_is_refused),
		cmocka_unit_test(claims_that_the_file_cannot_hold_are_refused),
		cmocka_unit_test(
			a_file_without_its_sections_is_not_called_stripped),
	};

	return cmocka_run_group_tests_name("elf_headers", tests, NULL, NULL);
}
