/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "symbolize/line_files.h"

/* Where the sections are in the file. */
enum { LINES_AT = 5000, RELOCATIONS_AT = 9000, ROOM = 4096 };

struct text {
	const char *at;
	size_t length;
};

#define TEXT(literal)                          \
	{                                      \
		(literal), sizeof(literal) - 1 \
	}

/* DW_LNCT_path in DW_FORM_line_strp, DW_LNCT_directory_index in udata. */
#define GCC_FORMAT TEXT("\1\x1f\2\x0f")

/* Two files, as GCC writes them: "heron.c", then "heron.h". */
#define FILE_0 TEXT("\7\0\0\0\0")
#define FILE_1 TEXT("\x17\0\0\0\1")

/* A program that sets the address, adds rows and then says file 2. */
#define PROGRAM TEXT("\0\x09\2\1\2\3\4\5\6\7\x08\x20\4\2\x21\0\1\1")

/* One unit; what is zero is as GCC has it. */
struct unit {
	struct text format, file_0, file_1, directories, program;
	unsigned version, opcode_base, format_count;
	bool wide; /* DWARF of 64 bit */
	bool one_file;
};

struct bytes {
	unsigned char at[ROOM];
	size_t length;
};

/* The tables that are made, and where the last one's file 0 begins. */
static struct bytes lines, relocations;
static size_t file_0_at;
static bool big;

static void put(struct bytes *bytes, const void *from, size_t length)
{
	assert_true(length <= ROOM - bytes->length);
	memcpy(bytes->at + bytes->length, from, length);
	bytes->length += length;
}

static void set_number(struct bytes *bytes, size_t at, size_t size,
		       uint64_t value)
{
	for (size_t i = 0; i < size; i++)
		bytes->at[at + (big ? size - 1 - i : i)] =
			(unsigned char)(value >> (8 * i));
}

static void put_number(struct bytes *bytes, size_t size, uint64_t value)
{
	static const unsigned char zeros[8];

	put(bytes, zeros, size);
	set_number(bytes, bytes->length - size, size, value);
}

static struct text or (struct text text, struct text other)
{
	return text.at ? text : other;
}

static void put_text(struct bytes *bytes, struct text text)
{
	put(bytes, text.at, text.length);
}

static void put_files(const struct unit *unit)
{
	struct text format = or (unit->format, (struct text)GCC_FORMAT);

	put_number(&lines, 1,
		   unit->format_count ? unit->format_count : format.length / 2);
	put_text(&lines, format);
	put_number(&lines, 1, unit->one_file ? 1 : 2);
	file_0_at = lines.length;
	put_text(&lines, or (unit->file_0, (struct text)FILE_0));
	if (!unit->one_file)
		put_text(&lines, or (unit->file_1, (struct text)FILE_1));
}

static void put_unit(const struct unit *unit)
{
	static const struct text directories = TEXT("\1\1\x08\2a\0bc\0");
	static const struct text program = PROGRAM;
	size_t word = unit->wide ? 8 : 4, begin, header;
	unsigned base = unit->opcode_base ? unit->opcode_base : 13;

	if (unit->wide)
		put_number(&lines, 4, 0xffffffff);
	put_number(&lines, word, 0);
	begin = lines.length;
	put_number(&lines, 2, unit->version ? unit->version : 5);
	put(&lines, "\x08\0", 2);
	put_number(&lines, word, 0);
	header = lines.length;
	put(&lines, "\1\1\1\xfb\x0e", 5);
	put_number(&lines, 1, base);
	put(&lines, "\0\1\1\1\1\0\0\0\1\0\0\1\2\0", base - 1);
	put_text(&lines, or (unit->directories, directories));
	put_files(unit);
	set_number(&lines, header - word, word, lines.length - header);
	put_text(&lines, or (unit->program, program));
	set_number(&lines, begin - word, word, lines.length - begin);
}

static void clear(void)
{
	lines.length = relocations.length = 0;
	big = false;
}

static struct line_patches mend(bool wide, bool has_addends)
{
	struct line_tables tables = {
		.lines = {lines.at, lines.length, LINES_AT},
		.relocations = {relocations.at, relocations.length,
				RELOCATIONS_AT},
		.wide = wide,
		.has_addends = has_addends,
		.big = big,
	};
	struct line_patches patches = {0};

	assert_true(line_files_mend(&tables, &patches));
	return patches;
}

static size_t count_patches(void)
{
	struct line_patches patches = mend(true, true);
	size_t count = patches.count;

	line_patches_deinit(&patches);
	return count;
}

/* Whether the one unit is mended, and if so rightly. */
static bool is_mended(const struct unit *unit)
{
	struct text expected = or (unit->file_1, (struct text)FILE_1);
	struct line_patches patches;
	bool mended;

	lines.length = 0;
	put_unit(unit);
	patches = mend(true, true);
	mended = patches.count > 0;
	if (mended) {
		assert_int_equal(patches.count, 1);
		assert_u64(patches.items[0].at, LINES_AT + file_0_at);
		assert_int_equal(patches.items[0].length, expected.length);
		assert_memory_equal(patches.items[0].bytes, expected.at,
				    expected.length);
	}
	line_patches_deinit(&patches);
	return mended;
}

static void entry_0_becomes_entry_1_in_any_size_and_order(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		struct unit unit = {.wide = i & 1};

		clear();
		big = i & 2;
		if (unit.wide) {
			unit.file_0 = (struct text)TEXT("\7\0\0\0\0\0\0\0\0");
			unit.file_1 = (struct text)TEXT("\1\0\0\0\0\0\0\7\1");
		}
		assert_true(is_mended(&unit));
	}
}

static void each_unit_is_looked_at(void **state)
{
	struct unit usual = {0};
	struct unit damaged = {.format = TEXT("\1\x77")};
	struct unit older = {.version = 4};
	struct unit wide = {
		.wide = true,
		.file_0 = TEXT("\7\0\0\0\0\0\0\0\0"),
		.file_1 = TEXT("\1\0\0\0\0\0\0\7\1"),
	};
	struct line_patches patches;

	(void)state;
	clear();
	put_unit(&damaged);
	put_unit(&usual);
	put_unit(&older);
	put_unit(&wide);
	put_unit(&usual);
	patches = mend(true, true);
	assert_int_equal(patches.count, 3);
	assert_int_equal(patches.items[0].length, 5);
	assert_int_equal(patches.items[1].length, 9);
	assert_u64(patches.items[2].at, LINES_AT + file_0_at);
	line_patches_deinit(&patches);
}

static void equal_entries_stay(void **state)
{
	struct unit unit = {.file_0 = FILE_1};

	(void)state;
	clear();
	assert_false(is_mended(&unit));
}

static void of_one_file_there_is_no_other(void **state)
{
	struct unit unit = {.one_file = true};
	/* What is behind it in the header is no file. */
	struct unit padded = {
		.one_file = true,
		.file_0 = TEXT("\7\0\0\0\0\x17\0\0\0\1"),
	};

	(void)state;
	clear();
	assert_false(is_mended(&unit));
	assert_false(is_mended(&padded));
}

static void other_versions_stay(void **state)
{
	(void)state;
	for (unsigned version = 2; version < 8; version++) {
		struct unit unit = {.version = version};

		clear();
		assert_int_equal(is_mended(&unit), version == 5);
	}
}

static void entries_of_different_lengths_stay(void **state)
{
	struct unit index = {.file_1 = TEXT("\x17\0\0\0\x81\1")};
	struct unit name = {
		.format = TEXT("\1\x08"),
		.file_0 = TEXT("ab\0"),
		.file_1 = TEXT("abc\0"),
	};
	struct unit shorter = {
		.format = TEXT("\1\x08"),
		.file_0 = TEXT("abc\0"),
		.file_1 = TEXT("ab\0"),
	};
	struct unit shifted = {
		.format = TEXT("\1\x08\2\x1f"),
		.format_count = 2,
		.file_0 = TEXT("a\0\1\0\0\0"),
		.file_1 = TEXT("\0\1\0\0\0"),
	};

	(void)state;
	clear();
	assert_false(is_mended(&index));
	assert_false(is_mended(&name));
	assert_false(is_mended(&shorter));
	assert_false(is_mended(&shifted));
}

static void a_string_at_another_offset_stays(void **state)
{
	struct unit unit = {
		.format = TEXT("\2\x0f\1\x1f\5\x0f"),
		.file_0 = TEXT("\1\1\0\0\0\x81\1"),
		.file_1 = TEXT("\x81\1\1\0\0\0\1"),
	};

	(void)state;
	clear();
	assert_false(is_mended(&unit));
}

static void entries_are_mended_up_to_a_length(void **state)
{
	struct unit longest = {
		.format = TEXT("\1\x08"),
		.file_0 = TEXT("123456789012345678901234567890\0"),
		.file_1 = TEXT("12345678901234567890123456789x\0"),
	};
	struct unit longer = {
		.format = TEXT("\1\x08"),
		.file_0 = TEXT("1234567890123456789012345678901\0"),
		.file_1 = TEXT("123456789012345678901234567890x\0"),
	};

	(void)state;
	clear();
	assert_true(is_mended(&longest));
	assert_false(is_mended(&longer));
}

/* A field of each form, and one behind it that shows where it ended. */
static void entries_of_all_forms_are_measured(void **state)
{
	static const struct unit units[] = {
		{.format = TEXT("\1\x08\2\x0b"),
		 .file_0 = TEXT("a\0\1"),
		 .file_1 = TEXT("b\0\2")},
		{.format = TEXT("\1\x0e\2\x0b"),
		 .file_0 = TEXT("\0\0\0\1\1"),
		 .file_1 = TEXT("\0\0\0\2\2")},
		{.format = TEXT("\1\x1f\2\x05"),
		 .file_0 = TEXT("\0\0\0\1\1\1"),
		 .file_1 = TEXT("\0\0\0\2\2\2")},
		{.format = TEXT("\1\x06\2\x07"),
		 .file_0 = TEXT("\0\0\0\1\0\0\0\0\0\0\0\1"),
		 .file_1 = TEXT("\0\0\0\2\0\0\0\0\0\0\0\2")},
		{.format = TEXT("\1\x1f\2\x0f\5\x1e"),
		 .file_0 = TEXT("\0\0\0\1\0001234567890abcdef"),
		 .file_1 = TEXT("\0\0\0\2\0011234567890abcdeg")},
		{.format = TEXT("\1\x0f\3\x09\2\x0b"),
		 .file_0 = TEXT("\x80\1\3abc\1"),
		 .file_1 = TEXT("\x81\1\3abd\2")},
	};
	struct unit unknown = {.format = TEXT("\1\x1f\2\x77")};

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(units); i++) {
		clear();
		assert_true(is_mended(&units[i]));
	}
	assert_false(is_mended(&unknown));
}

static bool is_mended_with(struct text program)
{
	struct unit unit = {.program = program};

	clear();
	return is_mended(&unit);
}

#define WITH(program) is_mended_with((struct text)TEXT(program))

static void a_program_that_says_0_stays(void **state)
{
	(void)state;
	assert_true(WITH(""));
	assert_true(WITH("\4\2\4\1"));
	assert_false(WITH("\4\0"));
	assert_false(WITH("\4\x80\x80\0\x20"));
	assert_true(WITH("\4\x80\1\x20"));
	/* Nor is it known what libbfd makes of more than 64 bits. */
	assert_false(WITH("\4\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\1"));
	assert_false(WITH("\x20\1\2\x85\1\4\2\x21\4\0\x22"));
	/* Behind an end of a sequence, too. */
	assert_false(WITH("\0\1\1\4\0"));
}

static void what_looks_like_0_in_operands_is_not(void **state)
{
	(void)state;
	/* Extended; of 2 bytes; LEB128; counted by the header. */
	assert_true(WITH("\0\4\x80\4\0\1\x20"));
	assert_true(WITH("\x09\4\0\x20"));
	assert_true(WITH("\2\4\3\x84\0\5\4"));
	assert_false(WITH("\x09\4\0\4\0"));
	assert_false(WITH("\2\4\4\0"));
	assert_false(WITH("\x0a\4\0"));
}

static void long_operands_are_skipped(void **state)
{
	static char program[3 + 130] = "\0\x82\1";

	(void)state;
	for (size_t i = 3; i < sizeof(program); i += 2)
		memcpy(program + i, "\4", 2);
	assert_true(is_mended_with((struct text){program, sizeof(program)}));
}

static void opcodes_are_counted_as_the_header_says(void **state)
{
	struct unit more = {.opcode_base = 14, .program = TEXT("\x0d\4\4\1")};
	struct unit said = {.opcode_base = 14, .program = TEXT("\x0d\4\4\4\0")};
	/* Special, all that come behind it. */
	struct unit less = {.opcode_base = 4, .program = TEXT("\4\0\1\1")};

	(void)state;
	clear();
	assert_true(is_mended(&more));
	assert_false(is_mended(&said));
	assert_true(is_mended(&less));
}

static void a_program_that_is_cut_stays(void **state)
{
	(void)state;
	assert_false(WITH("\x20\4"));
	assert_false(WITH("\x20\4\x81"));
	assert_false(WITH("\x20\2\x81"));
	assert_false(WITH("\x20\x09\1"));
	assert_false(WITH("\x20\0\x09\2\1"));
	assert_false(WITH("\x20\0"));
}

/* Each entry would take no room, and there are any number of them. */
static void tables_of_entries_without_fields_are_damaged(void **state)
{
	struct unit directories = {
		.directories = TEXT("\0\xff\xff\xff\xff\xff\xff\xff\xff\x7f"),
	};

	(void)state;
	clear();
	assert_false(is_mended(&directories));
}

static void what_is_cut_stays(void **state)
{
	struct unit unit = {0};
	size_t whole;

	(void)state;
	clear();
	put_unit(&unit);
	whole = lines.length;
	assert_int_equal(count_patches(), 1);
	for (lines.length = 0; lines.length < whole; lines.length++)
		assert_int_equal(count_patches(), 0);
}

/* The header's length ends it somewhere before its tables do. */
static void a_header_that_is_too_short_stays(void **state)
{
	struct unit unit = {0};
	size_t length;

	(void)state;
	clear();
	put_unit(&unit);
	for (length = 0; length < file_0_at + 10 - 12; length++) {
		set_number(&lines, 8, 4, length);
		assert_int_equal(count_patches(), 0);
	}
	set_number(&lines, 8, 4, length);
	assert_int_equal(count_patches(), 1);
	set_number(&lines, 8, 4, lines.length);
	assert_int_equal(count_patches(), 0);
}

/* All opcodes are special: no byte would be wrong in its program. */
static void a_header_that_is_longer_than_its_unit_stays(void **state)
{
	struct unit unit = {
		.opcode_base = 1,
		.directories = TEXT("\1\1\x0b\1\7"),
		.format = TEXT("\1\x0b"),
		.file_0 = TEXT("\7"),
		.file_1 = TEXT("\x17"),
		.program = TEXT("\x20"),
	};
	size_t whole;

	(void)state;
	clear();
	put_unit(&unit);
	whole = lines.length;
	assert_int_equal(count_patches(), 1);
	set_number(&lines, 0, 4, file_0_at + 1 - 4);
	assert_int_equal(count_patches(), 0);
	set_number(&lines, 0, 4, whole - 4);
	set_number(&lines, 8, 4, whole - 12);
	assert_int_equal(count_patches(), 1);
	set_number(&lines, 8, 4, whole - 11);
	assert_int_equal(count_patches(), 0);
}

static void behind_a_length_of_0_nothing_is_known(void **state)
{
	struct unit unit = {0};

	(void)state;
	clear();
	put_number(&lines, 4, 0);
	put_unit(&unit);
	assert_int_equal(count_patches(), 0);
}

/* ---- relocations ---- */

static void put_relocation(size_t word, uint64_t at, uint64_t info,
			   const uint64_t *addend)
{
	put_number(&relocations, word, at);
	put_number(&relocations, word, info);
	if (addend)
		put_number(&relocations, word, *addend);
}

/* One unit, both of its paths 0 until they are relocated. */
static void put_module(size_t word, bool has_addends, uint64_t addend_1)
{
	static const struct unit unit = {
		.file_0 = TEXT("\0\0\0\0\1"),
		.file_1 = TEXT("\0\0\0\0\1"),
	};
	uint64_t addend_0 = 0x107, other = 3;

	put_unit(&unit);
	for (uint64_t at = 1; at <= 3; at++)
		put_relocation(word, at, 77, has_addends ? &other : NULL);
	put_relocation(word, file_0_at, 42, has_addends ? &addend_0 : NULL);
	put_relocation(word, file_0_at + 5, has_addends ? 42 : addend_1,
		       has_addends ? &addend_1 : NULL);
	put_relocation(word, file_0_at + 40, 78, has_addends ? &other : NULL);
}

/* All of the relocation but its offset becomes that of the other field. */
static void relocations_of_a_module_become_equal(void **state)
{
	(void)state;
	for (int i = 0; i < 8; i++) {
		size_t word = i & 1 ? 8 : 4;
		bool has_addends = i & 2;
		size_t fields = has_addends ? 3 : 2;
		struct line_patches patches;

		clear();
		big = i & 4;
		put_module(word, has_addends, 0x117);
		patches = mend(word == 8, has_addends);
		assert_int_equal(patches.count, 1);
		assert_u64(patches.items[0].at,
			   RELOCATIONS_AT + (3 * fields + 1) * word);
		assert_int_equal(patches.items[0].length, (fields - 1) * word);
		assert_memory_equal(patches.items[0].bytes,
				    relocations.at + (4 * fields + 1) * word,
				    (fields - 1) * word);
		line_patches_deinit(&patches);
	}
}

static void equal_relocations_stay(void **state)
{
	(void)state;
	clear();
	put_module(8, true, 0x107);
	assert_int_equal(count_patches(), 0);
}

/* Directory index and path: one without the other names a third file. */
static void bytes_and_relocations_are_changed_together(void **state)
{
	struct line_patches patches;

	(void)state;
	clear();
	put_module(8, true, 0x117);
	lines.at[file_0_at + 4] = 2;
	patches = mend(true, true);
	assert_int_equal(patches.count, 2);
	assert_u64(patches.items[0].at, LINES_AT + file_0_at);
	assert_u64(patches.items[1].at, RELOCATIONS_AT + 10 * 8);
	line_patches_deinit(&patches);
	/* One of the fields has none. */
	set_number(&relocations, 9 * 8, 8, file_0_at + 1);
	assert_int_equal(count_patches(), 0);
	set_number(&relocations, 9 * 8, 8, file_0_at);
	assert_int_equal(count_patches(), 2);
	set_number(&relocations, 12 * 8, 8, file_0_at + 6);
	assert_int_equal(count_patches(), 0);
	/* None of them. */
	set_number(&relocations, 9 * 8, 8, file_0_at + 1);
	assert_int_equal(count_patches(), 0);
}

static void patches_are_sorted_wherever_the_sections_are(void **state)
{
	struct line_patches patches = {0};
	struct line_tables tables = {
		.lines = {.at = 7000},
		.relocations = {.at = 100},
		.wide = true,
		.has_addends = true,
	};

	(void)state;
	clear();
	put_module(8, true, 0x117);
	lines.at[file_0_at + 4] = 2;
	tables.lines.bytes = lines.at;
	tables.lines.size = lines.length;
	tables.relocations.bytes = relocations.at;
	tables.relocations.size = relocations.length;
	assert_true(line_files_mend(&tables, &patches));
	assert_int_equal(patches.count, 2);
	assert_true(patches.items[0].at < patches.items[1].at);
	line_patches_deinit(&patches);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entry_0_becomes_entry_1_in_any_size_and_order),
		cmocka_unit_test(each_unit_is_looked_at),
		cmocka_unit_test(equal_entries_stay),
		cmocka_unit_test(of_one_file_there_is_no_other),
		cmocka_unit_test(other_versions_stay),
		cmocka_unit_test(entries_of_different_lengths_stay),
		cmocka_unit_test(a_string_at_another_offset_stays),
		cmocka_unit_test(entries_are_mended_up_to_a_length),
		cmocka_unit_test(entries_of_all_forms_are_measured),
		cmocka_unit_test(a_program_that_says_0_stays),
		cmocka_unit_test(what_looks_like_0_in_operands_is_not),
		cmocka_unit_test(long_operands_are_skipped),
		cmocka_unit_test(opcodes_are_counted_as_the_header_says),
		cmocka_unit_test(a_program_that_is_cut_stays),
		cmocka_unit_test(tables_of_entries_without_fields_are_damaged),
		cmocka_unit_test(what_is_cut_stays),
		cmocka_unit_test(a_header_that_is_too_short_stays),
		cmocka_unit_test(a_header_that_is_longer_than_its_unit_stays),
		cmocka_unit_test(behind_a_length_of_0_nothing_is_known),
		cmocka_unit_test(relocations_of_a_module_become_equal),
		cmocka_unit_test(equal_relocations_stay),
		cmocka_unit_test(bytes_and_relocations_are_changed_together),
		cmocka_unit_test(patches_are_sorted_wherever_the_sections_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
