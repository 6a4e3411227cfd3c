/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "symbolize/symbol_index.h"

/* Asked as the kernel prints it, with what comes out of it. */
struct asked {
	enum frame_status status;
	struct symbol_place places[SYMBOL_PLACES_MAX];
	size_t count;
};

enum { TEXT, DATA, INIT };

/* A module's: none has an address yet. */
static const struct object_section loose[] = {
	[TEXT] = {".text", 0, 0xb2, true},
	[DATA] = {".data", 0, 0x100, false},
	[INIT] = {".init.text", 0, 0x80, true},
};

/* Linked, with room between them. */
static const struct object_section linked[] = {
	[TEXT] = {".text", 0x1000, 0x180, true},
	[DATA] = {".data", 0x2000, 0x100, false},
	[INIT] = {".init.text", 0x3000, 0x80, true},
};

static struct asked ask(const struct object_section *sections,
			const struct object_symbol *symbols, size_t count,
			struct frame_query query)
{
	struct symbol_index *index = symbol_index_create(
		sections, 3, symbols, count, sections == loose);
	struct asked asked = {.count = 99};

	assert_non_null(index);
	asked.status =
		symbol_index_find(index, &query, asked.places, &asked.count);
	symbol_index_destroy(index);
	return asked;
}

#define ASK(sections, symbols, ...)                     \
	ask((sections), (symbols), TEST_COUNT(symbols), \
	    (struct frame_query){__VA_ARGS__})

static void assert_status(struct asked asked, enum frame_status status)
{
	assert_int_equal(asked.status, status);
	assert_int_equal(asked.count, 0);
}

static void assert_at(struct asked asked, unsigned section, uint64_t offset)
{
	assert_int_equal(asked.status, FRAME_RESOLVED);
	assert_int_equal(asked.count, 1);
	assert_int_equal(asked.places[0].section, section);
	assert_u64(asked.places[0].offset, offset);
}

static const struct object_symbol three[] = {
	{"second", 0x1040, TEXT},
	{"first", 0x1000, TEXT},
	{"third", 0x1090, TEXT},
	{"_end", 0x4000, INIT},
};

static void a_return_address_means_the_byte_before_it(void **state)
{
	(void)state;
	assert_at(ASK(linked, three, .symbol = "second", .offset = 0x1b,
		      .size = 0x50),
		  TEXT, 0x5a);
}

static void an_exact_address_means_its_own_byte(void **state)
{
	(void)state;
	assert_at(ASK(linked, three, .symbol = "second", .offset = 0x1b,
		      .size = 0x50, .exact = true),
		  TEXT, 0x5b);
	assert_at(ASK(linked, three, .symbol = "first", .size = 0x40,
		      .exact = true),
		  TEXT, 0);
}

static void a_return_address_at_0_belongs_to_what_precedes(void **state)
{
	(void)state;
	assert_at(ASK(linked, three, .symbol = "second", .size = 0x50), TEXT,
		  0x3f);
	assert_status(ASK(linked, three, .symbol = "first", .size = 0x40),
		      FRAME_NO_SYMBOL);
}

static void in_a_module_too_nothing_precedes_a_section(void **state)
{
	static const struct object_symbol symbols[] = {
		{"first", 0, INIT},
		{"second", 0x10, INIT},
	};

	(void)state;
	assert_status(ASK(loose, symbols, .symbol = "first", .size = 0x10),
		      FRAME_NO_SYMBOL);
	assert_at(ASK(loose, symbols, .symbol = "first", .size = 0x10,
		      .exact = true),
		  INIT, 0);
	assert_at(ASK(loose, symbols, .symbol = "second", .offset = 1,
		      .size = 0x70),
		  INIT, 0x10);
}

static void a_return_address_may_be_the_end_and_not_past_it(void **state)
{
	(void)state;
	assert_at(ASK(linked, three, .symbol = "second", .offset = 0x50,
		      .size = 0x50),
		  TEXT, 0x8f);
	assert_status(ASK(linked, three, .symbol = "second", .offset = 0x51,
			  .size = 0x50),
		      FRAME_OTHER_SIZE);
	assert_status(ASK(linked, three, .symbol = "second", .offset = 0x50,
			  .size = 0x50, .exact = true),
		      FRAME_OTHER_SIZE);
}

static void another_size_is_said_and_another_name_too(void **state)
{
	(void)state;
	assert_status(ASK(linked, three, .symbol = "second", .offset = 1,
			  .size = 0x51),
		      FRAME_OTHER_SIZE);
	assert_status(ASK(linked, three, .symbol = "second", .offset = 1,
			  .size = 0x4f),
		      FRAME_OTHER_SIZE);
	assert_status(ASK(linked, three, .symbol = "secon", .offset = 1,
			  .size = 0x50),
		      FRAME_NO_SYMBOL);
}

static void without_a_size_the_distance_bounds_the_offset(void **state)
{
	(void)state;
	assert_at(ASK(linked, three, .symbol = "second", .offset = 0x50), TEXT,
		  0x8f);
	assert_status(ASK(linked, three, .symbol = "second", .offset = 0x51),
		      FRAME_OTHER_SIZE);
	/* To the end of .text, and not to _end. */
	assert_at(ASK(linked, three, .symbol = "third", .offset = 0xf0), TEXT,
		  0x17f);
	assert_status(ASK(linked, three, .symbol = "third", .offset = 0xf1),
		      FRAME_OTHER_SIZE);
}

static const struct object_symbol padded[] = {
	{"one", 0x1000, TEXT},	     {".Lhere", 0x1008, TEXT},
	{"$x", 0x1010, TEXT},	     {"two", 0x1020, TEXT},
	{"two_alias", 0x1020, TEXT}, {"__crc_two", 0x1020, TEXT},
	{"three", 0x1030, TEXT},     {"$d", 0x1040, TEXT},
	{"four", 0x1040, TEXT},	     {"five", 0x1050, TEXT},
};

static void a_size_ends_at_or_before_what_all_kernels_keep(void **state)
{
	(void)state;
	assert_at(
		ASK(linked, padded, .symbol = "one", .offset = 1, .size = 0x8),
		TEXT, 0);
	assert_at(
		ASK(linked, padded, .symbol = "one", .offset = 1, .size = 0x10),
		TEXT, 0);
	assert_at(
		ASK(linked, padded, .symbol = "one", .offset = 1, .size = 0x20),
		TEXT, 0);
	assert_status(
		ASK(linked, padded, .symbol = "one", .offset = 1, .size = 0x30),
		FRAME_OTHER_SIZE);
	assert_status(
		ASK(linked, padded, .symbol = "one", .offset = 1, .size = 0x18),
		FRAME_OTHER_SIZE);
}

static void without_a_size_ignored_symbols_are_passed_over(void **state)
{
	(void)state;
	assert_at(ASK(linked, padded, .symbol = "one", .offset = 0x20), TEXT,
		  0x1f);
	assert_status(ASK(linked, padded, .symbol = "one", .offset = 0x21),
		      FRAME_OTHER_SIZE);
}

static void one_kept_symbol_at_an_address_is_enough_to_end_a_size(void **state)
{
	(void)state;
	assert_at(ASK(linked, padded, .symbol = "three", .offset = 1,
		      .size = 0x10),
		  TEXT, 0x30);
	assert_status(ASK(linked, padded, .symbol = "three", .offset = 1,
			  .size = 0x20),
		      FRAME_OTHER_SIZE);
}

static void symbols_at_one_address_have_the_same_size(void **state)
{
	(void)state;
	assert_at(
		ASK(linked, padded, .symbol = "two", .offset = 1, .size = 0x10),
		TEXT, 0x20);
	assert_at(ASK(linked, padded, .symbol = "two_alias", .offset = 1,
		      .size = 0x10),
		  TEXT, 0x20);
}

/* With CONFIG_KALLSYMS_ALL data ends a size, without it does not. */
static void data_may_end_a_size_or_not(void **state)
{
	static const struct object_symbol symbols[] = {
		{"last_of_text", 0x1100, TEXT},
		{"counter", 0x2000, DATA},
		{"first_of_init", 0x3000, INIT},
		{"second_of_init", 0x3040, INIT},
	};

	(void)state;
	assert_at(ASK(linked, symbols, .symbol = "last_of_text", .offset = 1,
		      .size = 0xf00),
		  TEXT, 0x100);
	assert_at(ASK(linked, symbols, .symbol = "last_of_text", .offset = 1,
		      .size = 0x1f00),
		  TEXT, 0x100);
	assert_status(ASK(linked, symbols, .symbol = "last_of_text",
			  .offset = 1, .size = 0x1f40),
		      FRAME_OTHER_SIZE);
	/* Where the section ends is no symbol. */
	assert_status(ASK(linked, symbols, .symbol = "last_of_text",
			  .offset = 1, .size = 0x80),
		      FRAME_OTHER_SIZE);
}

static void data_is_not_asked_for(void **state)
{
	static const struct object_symbol symbols[] = {
		{"init", 0x2000, DATA},
		{"init", 0x3000, INIT},
		{"counter", 0x2040, DATA},
	};

	(void)state;
	assert_at(ASK(linked, symbols, .symbol = "init", .offset = 1), INIT, 0);
	assert_status(ASK(linked, symbols, .symbol = "counter", .offset = 1),
		      FRAME_NO_SYMBOL);
}

/* As lab_deep_recurse: 0x42 bytes in ELF, printed as 0x50. */
static void the_last_of_a_section_may_reach_past_its_end(void **state)
{
	static const struct object_symbol symbols[] = {
		{"last", 0x70, TEXT},
		{"counter", 0x90, DATA},
		{"other", 0x90, INIT},
	};

	(void)state;
	assert_at(ASK(loose, symbols, .symbol = "last", .offset = 0x12,
		      .size = 0x42),
		  TEXT, 0x81);
	assert_at(ASK(loose, symbols, .symbol = "last", .offset = 0x12,
		      .size = 0x50),
		  TEXT, 0x81);
	assert_at(ASK(loose, symbols, .symbol = "last", .offset = 0x12,
		      .size = 0x1f90),
		  TEXT, 0x81);
	assert_status(ASK(loose, symbols, .symbol = "last", .offset = 0x12,
			  .size = 0x41),
		      FRAME_OTHER_SIZE);
}

static void the_last_of_all_may_reach_past_its_section(void **state)
{
	static const struct object_symbol symbols[] = {
		{"last", 0x3070, INIT},
	};

	(void)state;
	assert_at(ASK(linked, symbols, .symbol = "last", .offset = 8,
		      .size = 0x190),
		  INIT, 0x77);
	assert_status(ASK(linked, symbols, .symbol = "last", .offset = 8,
			  .size = 0xf),
		      FRAME_OTHER_SIZE);
}

static const struct object_symbol twins[] = {
	{"init", 0x1000, TEXT}, {"a", 0x1010, TEXT},	{"init", 0x1020, TEXT},
	{"b", 0x1050, TEXT},	{"init", 0x1060, TEXT}, {"c", 0x1070, TEXT},
};

static void names_that_are_shared_are_told_apart_by_size(void **state)
{
	(void)state;
	assert_at(
		ASK(linked, twins, .symbol = "init", .offset = 8, .size = 0x30),
		TEXT, 0x27);
}

/* 16 bytes more is what code that has grown shows first. */
static void padding_before_the_next_function_is_none_of_this_one(void **state)
{
	static const struct object_symbol symbols[] = {
		{"show", 0x1000, TEXT},
		{"__pfx_one", 0x1040, TEXT},
		{"one", 0x1050, TEXT},
	};

	(void)state;
	assert_at(ASK(linked, symbols, .symbol = "show", .offset = 1,
		      .size = 0x40),
		  TEXT, 0);
	assert_status(ASK(linked, symbols, .symbol = "show", .offset = 1,
			  .size = 0x50),
		      FRAME_OTHER_SIZE);
}

static void all_that_fit_are_told(void **state)
{
	struct asked asked =
		ASK(linked, twins, .symbol = "init", .offset = 8, .size = 0x10);

	(void)state;
	assert_int_equal(asked.status, FRAME_RESOLVED);
	assert_int_equal(asked.count, 2);
	assert_u64(asked.places[0].offset, 0x7);
	assert_u64(asked.places[1].offset, 0x67);
	/* Without a size the offset may tell. */
	assert_at(ASK(linked, twins, .symbol = "init", .offset = 0x20), TEXT,
		  0x3f);
}

static void a_symbol_that_is_there_twice_is_one_place(void **state)
{
	static const struct object_symbol symbols[] = {
		{"init", 0x1000, TEXT},
		{"other", 0x1000, TEXT},
		{"init", 0x1000, TEXT},
		{"a", 0x1010, TEXT},
	};

	(void)state;
	assert_at(ASK(linked, symbols, .symbol = "init", .offset = 8,
		      .size = 0x10),
		  TEXT, 7);
}

static void one_offset_in_two_sections_is_two_places(void **state)
{
	static const struct object_symbol symbols[] = {
		{"init", 0x10, TEXT},
		{"init", 0x10, INIT},
	};
	struct asked asked = ASK(loose, symbols, .symbol = "init", .offset = 8);

	(void)state;
	assert_int_equal(asked.count, 2);
	assert_int_equal(asked.places[0].section, TEXT);
	assert_int_equal(asked.places[1].section, INIT);
}

static void suffixes_make_symbols_of_their_own(void **state)
{
	static const struct object_symbol symbols[] = {
		{"f", 0x1000, TEXT},	    {"f.cold", 0x1010, TEXT},
		{"f.cold.1", 0x1020, TEXT}, {"f.isra.0", 0x1030, TEXT},
		{"end", 0x1040, TEXT},
	};

	(void)state;
	assert_at(
		ASK(linked, symbols, .symbol = "f", .offset = 8, .size = 0x10),
		TEXT, 0x7);
	assert_at(ASK(linked, symbols, .symbol = "f.cold", .offset = 8,
		      .size = 0x10),
		  TEXT, 0x17);
	assert_at(ASK(linked, symbols, .symbol = "f.isra.0", .offset = 8,
		      .size = 0x10),
		  TEXT, 0x37);
	assert_status(ASK(linked, symbols, .symbol = "f.isra", .offset = 8,
			  .size = 0x10),
		      FRAME_NO_SYMBOL);
}

static void sections_of_a_module_do_not_bound_one_another(void **state)
{
	static const struct object_symbol symbols[] = {
		{"a", 0x10, TEXT}, {"x", 0x18, INIT}, {"b", 0x30, TEXT},
		{"a", 0x20, INIT}, {"y", 0x60, INIT},
	};

	(void)state;
	assert_at(ASK(loose, symbols, .symbol = "a", .offset = 8, .size = 0x20),
		  TEXT, 0x17);
	assert_at(ASK(loose, symbols, .symbol = "a", .offset = 8, .size = 0x40),
		  INIT, 0x27);
	assert_at(ASK(loose, symbols, .symbol = "x", .offset = 8, .size = 8),
		  INIT, 0x1f);
}

/* "_etext" and its like are attached to the section that ended. */
static void the_section_is_the_one_that_holds_the_byte(void **state)
{
	static const struct object_symbol symbols[] = {
		{"_sinittext", 0x3000, TEXT},
		{"a", 0x3010, INIT},
	};

	(void)state;
	assert_at(ASK(linked, symbols, .symbol = "_sinittext", .offset = 8,
		      .size = 0x10),
		  INIT, 7);
	assert_at(ASK(linked, symbols, .symbol = "_sinittext", .offset = 8),
		  INIT, 7);
}

static void hostile_numbers_do_no_harm(void **state)
{
	static const struct object_symbol symbols[] = {
		{"nowhere", 0x10, 3},
		{"top", UINT64_MAX - 1, TEXT},
		{"zero", 0, TEXT},
	};

	(void)state;
	assert_status(ASK(linked, symbols, .symbol = "nowhere", .offset = 1),
		      FRAME_NO_SYMBOL);
	assert_status(ASK(linked, symbols, .symbol = "top", .offset = 8,
			  .size = UINT64_MAX),
		      FRAME_NO_SYMBOL);
	assert_status(ASK(loose, symbols, .symbol = "top", .offset = 8,
			  .size = UINT64_MAX),
		      FRAME_NO_SYMBOL);
	assert_status(ASK(linked, symbols, .symbol = "zero", .offset = 1,
			  .size = UINT64_MAX - 1),
		      FRAME_NO_SYMBOL);
	assert_status(ASK(loose, symbols, .symbol = "zero", .offset = 0,
			  .size = UINT64_MAX - 1),
		      FRAME_NO_SYMBOL);
}

static void of_many_that_fit_no_more_are_told_than_there_is_room(void **state)
{
	enum { COUNT = 300 };
	static struct object_symbol symbols[COUNT];
	struct object_section wide[3] = {{".text", 0, COUNT * 16, true}};
	struct asked asked;
	unsigned i;

	(void)state;
	for (i = 0; i < COUNT; i++)
		symbols[i] = (struct object_symbol){"init", i * 16, TEXT};
	asked = ASK(wide, symbols, .symbol = "init", .offset = 8, .size = 16);
	assert_int_equal(asked.status, FRAME_RESOLVED);
	assert_int_equal(asked.count, SYMBOL_PLACES_MAX);
	assert_u64(asked.places[SYMBOL_PLACES_MAX - 1].offset,
		   (SYMBOL_PLACES_MAX - 1) * 16 + 7);
}

static void many_symbols_in_any_order_are_all_found(void **state)
{
	enum { COUNT = 70000 };
	struct object_section wide = {".text", 0xffffffff81000000,
				      COUNT * 0x1000ull, true};
	struct object_symbol *symbols = calloc(COUNT, sizeof(*symbols));
	char(*names)[16] = calloc(COUNT, sizeof(*names));
	struct symbol_index *index;
	size_t i;

	(void)state;
	assert_true(symbols && names);
	for (i = 0; i < COUNT; i++) {
		/* Each once, as 7919 and COUNT have no common divisor. */
		size_t turn = i * 7919 % COUNT;

		snprintf(names[i], sizeof(names[i]), "f%zu", turn);
		symbols[i].name = names[i];
		symbols[i].address = wide.address + turn * 0x1000;
	}
	index = symbol_index_create(&wide, 1, symbols, COUNT, false);
	assert_non_null(index);
	for (i = 0; i < COUNT; i++) {
		struct frame_query query = {
			.symbol = names[i], .offset = 1, .size = 0x1000};
		struct symbol_place places[SYMBOL_PLACES_MAX];
		size_t count;

		assert_int_equal(
			symbol_index_find(index, &query, places, &count),
			FRAME_RESOLVED);
		assert_int_equal(count, 1);
		assert_u64(places[0].offset, i * 7919 % COUNT * 0x1000);
	}
	symbol_index_destroy(index);
	free(symbols);
	free(names);
}

static void an_index_of_nothing_finds_nothing(void **state)
{
	struct frame_query query = {.symbol = "f", .offset = 1};
	struct symbol_place places[SYMBOL_PLACES_MAX];
	struct symbol_index *index =
		symbol_index_create(NULL, 0, NULL, 0, true);
	size_t count = 99;

	(void)state;
	assert_non_null(index);
	assert_int_equal(symbol_index_find(index, &query, places, &count),
			 FRAME_NO_SYMBOL);
	assert_int_equal(count, 0);
	symbol_index_destroy(index);
	symbol_index_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_return_address_means_the_byte_before_it),
		cmocka_unit_test(an_exact_address_means_its_own_byte),
		cmocka_unit_test(
			a_return_address_at_0_belongs_to_what_precedes),
		cmocka_unit_test(in_a_module_too_nothing_precedes_a_section),
		cmocka_unit_test(
			a_return_address_may_be_the_end_and_not_past_it),
		cmocka_unit_test(another_size_is_said_and_another_name_too),
		cmocka_unit_test(without_a_size_the_distance_bounds_the_offset),
		cmocka_unit_test(
			a_size_ends_at_or_before_what_all_kernels_keep),
		cmocka_unit_test(
			one_kept_symbol_at_an_address_is_enough_to_end_a_size),
		cmocka_unit_test(symbols_at_one_address_have_the_same_size),
		cmocka_unit_test(data_may_end_a_size_or_not),
		cmocka_unit_test(data_is_not_asked_for),
		cmocka_unit_test(the_last_of_a_section_may_reach_past_its_end),
		cmocka_unit_test(the_last_of_all_may_reach_past_its_section),
		cmocka_unit_test(names_that_are_shared_are_told_apart_by_size),
		cmocka_unit_test(
			padding_before_the_next_function_is_none_of_this_one),
		cmocka_unit_test(all_that_fit_are_told),
		cmocka_unit_test(a_symbol_that_is_there_twice_is_one_place),
		cmocka_unit_test(one_offset_in_two_sections_is_two_places),
		cmocka_unit_test(
			without_a_size_ignored_symbols_are_passed_over),
		cmocka_unit_test(suffixes_make_symbols_of_their_own),
		cmocka_unit_test(sections_of_a_module_do_not_bound_one_another),
		cmocka_unit_test(the_section_is_the_one_that_holds_the_byte),
		cmocka_unit_test(hostile_numbers_do_no_harm),
		cmocka_unit_test(
			of_many_that_fit_no_more_are_told_than_there_is_room),
		cmocka_unit_test(many_symbols_in_any_order_are_all_found),
		cmocka_unit_test(an_index_of_nothing_finds_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
