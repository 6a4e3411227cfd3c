/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "symbolize/bfd_object.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

/*
 * libbfd 2.40 loses names of files when it closes an object. A process that
 * asks it ends soon; this one is asked by the leak sanitizer what it minds.
 */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libbfd\n";
}

#define PAGES	   "samples/symbols/leaky_pages.ko.gz"
#define SLAB	   "samples/symbols/leaky_slab.ko.gz"
#define SLAB_SPLIT "samples/symbols/leaky_slab.ko.debug.gz"

#define LINKED	 "samples/symbols/header_first.gz"
#define UNLINKED "samples/symbols/header_first.o.gz"

enum { FILE_MAX = 1 << 20, CHAIN_ROOM = 2048 };

/* An object file in memory, that a test may damage before it is opened. */
struct bytes {
	char at[FILE_MAX];
	size_t size;
};

static struct bytes file;

static void unpack(const char *path)
{
	gzFile packed = gzopen(path, "rb");
	int got;

	assert_non_null(packed);
	got = gzread(packed, file.at, FILE_MAX);
	assert_true(got > 0 && got < FILE_MAX);
	file.size = (size_t)got;
	gzclose(packed);
}

/* Each place where text stands alone; new is not longer. */
static void replace_names(const char *text, const char *new)
{
	size_t length = strlen(text), i;
	unsigned count = 0;

	for (i = 0; i + length < file.size; i++) {
		if (memcmp(file.at + i, text, length + 1) != 0)
			continue;
		memset(file.at + i, 0, length);
		memcpy(file.at + i, new, strlen(new));
		count++;
	}
	assert_int_not_equal(count, 0);
}

static int write_file(void)
{
	char path[] = "/tmp/pageowl-bfd.XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	unlink(path);
	assert_int_equal(write(fd, file.at, file.size), file.size);
	return fd;
}

/* The position of fd is at its end: nothing may depend on it. */
static struct bfd_object *open_bytes(int *ret_fd)
{
	struct reason why = {0};
	struct bfd_object *object;

	*ret_fd = write_file();
	if (!bfd_object_open(&object, *ret_fd, file.size, &why))
		fail_msg("%s", why.text);
	return object;
}

static void assert_refused(const char *words)
{
	struct bfd_object *untouched = (struct bfd_object *)&file;
	struct bfd_object *object = untouched;
	struct reason why = {0};
	int fd = write_file();

	assert_false(bfd_object_open(&object, fd, file.size, &why));
	assert_ptr_equal(object, untouched);
	assert_text_has(why.text, words);
	close(fd);
}

static unsigned find_section(const struct bfd_object *object, const char *name)
{
	const struct object_section *sections;
	size_t count, i;

	sections = bfd_object_sections(object, &count);
	for (i = 0; i < count; i++)
		if (strcmp(sections[i].name, name) == 0)
			return (unsigned)i;
	fail_msg("no section %s", name);
	return 0;
}

static const struct object_symbol *find_symbol(const struct bfd_object *object,
					       const char *name)
{
	const struct object_symbol *symbols;
	size_t count, i;

	symbols = bfd_object_symbols(object, &count);
	for (i = 0; i < count; i++)
		if (strcmp(symbols[i].name, name) == 0)
			return &symbols[i];
	return NULL;
}

static void add_line(void *context, const struct source_line *line)
{
	char *text = context;
	size_t length = strlen(text);
	const char *name = line->file ? strrchr(line->file, '/') : NULL;

	snprintf(text + length, CHAIN_ROOM - length, "%s %s:%u\n",
		 line->function ? line->function : "-",
		 name	      ? name + 1
		 : line->file ? line->file
			      : "-",
		 line->line);
}

static void assert_lines(struct bfd_object *object, const char *symbol,
			 uint64_t offset, const char *expected)
{
	const struct object_symbol *found = find_symbol(object, symbol);
	const struct object_section *sections;
	char text[CHAIN_ROOM] = "";
	size_t count;

	assert_non_null(found);
	sections = bfd_object_sections(object, &count);
	offset += found->address - sections[found->section].address;
	assert_int_equal(bfd_object_lines(object, found->section, offset,
					  add_line, text),
			 expected[0] != '\0');
	assert_string_equal(text, expected);
}

static void skip_without_libbfd(void)
{
	if (!bfd_object_is_built())
		skip();
}

static void without_libbfd_opening_says_so(void **state)
{
	(void)state;
	if (bfd_object_is_built())
		skip();
	unpack(PAGES);
	assert_refused("without libbfd");
}

static void sections_of_a_module_have_sizes_and_no_address(void **state)
{
	const struct object_section *sections;
	struct bfd_object *object;
	unsigned text, data;
	size_t count;
	int fd;

	(void)state;
	skip_without_libbfd();
	unpack(PAGES);
	object = open_bytes(&fd);
	assert_true(bfd_object_is_relocatable(object));
	text = find_section(object, ".text");
	data = find_section(object, ".data");
	sections = bfd_object_sections(object, &count);
	assert_u64(sections[text].address, 0);
	assert_u64(sections[text].size, 0xab2);
	assert_true(sections[text].code);
	assert_u64(sections[data].size, 0x120);
	assert_false(sections[data].code);
	assert_true(sections[find_section(object, ".init.text")].code);
	bfd_object_close(object);
	close(fd);
}

static void symbols_have_the_place_in_their_section(void **state)
{
	const struct object_symbol *symbols, *found;
	struct bfd_object *object;
	size_t count, i;
	int fd;

	(void)state;
	skip_without_libbfd();
	unpack(PAGES);
	object = open_bytes(&fd);
	found = find_symbol(object, "leaky_rx_refill.isra.0");
	assert_non_null(found);
	assert_u64(found->address, 0x9f0);
	assert_int_equal(found->section, find_section(object, ".text"));
	found = find_symbol(object, "leaky_pages_init");
	assert_non_null(found);
	assert_u64(found->address, 0x10);
	assert_int_equal(found->section, find_section(object, ".init.text"));
	assert_non_null(find_symbol(object, "leaky_work"));
	/* Undefined, of a file, of a section. */
	assert_null(find_symbol(object, "alloc_pages_noprof"));
	assert_null(find_symbol(object, "leaky_pages_main.c"));
	assert_null(find_symbol(object, ".text"));
	symbols = bfd_object_symbols(object, &count);
	for (i = 0; i < count; i++)
		assert_true(symbols[i].name[0]);
	bfd_object_close(object);
	close(fd);
}

static void inlined_functions_are_told_innermost_first(void **state)
{
	struct bfd_object *object;
	int fd;

	(void)state;
	skip_without_libbfd();
	unpack(PAGES);
	object = open_bytes(&fd);
	assert_lines(object, "leaky_inlined_path", 0x3a,
		     "lab_inl_leaf lab_inl.h:11\n"
		     "lab_inl_middle lab_inl.h:20\n"
		     "leaky_inl_top leaky_pages_main.c:55\n"
		     "leaky_inlined_path leaky_pages_main.c:61\n");
	/* One function, two calls on different lines. */
	assert_lines(object, "leaky_header_buffers", 0x47,
		     "lab_inl_leaf lab_inl.h:11\n"
		     "leaky_header_buffers leaky_pages_main.c:73\n");
	assert_lines(object, "leaky_header_buffers", 0x86,
		     "lab_inl_leaf lab_inl.h:11\n"
		     "lab_inl_middle lab_inl.h:20\n"
		     "leaky_header_buffers leaky_pages_main.c:75\n");
	assert_lines(object, "do_leak", 0x1a,
		     "do_leak leaky_pages_main.c:17\n");
	/* Of another compilation unit. */
	assert_lines(object, "lab_deep_recurse", 0x11,
		     "lab_deep_recurse leaky_pages_deep.c:12\n");
	bfd_object_close(object);
	close(fd);
}

/* libbfd relocates with what came with the first question. */
static void the_first_question_is_answered_like_all_others(void **state)
{
	static const char expected[] =
		"leaky_rx_refill leaky_pages_main.c:28\n";
	struct bfd_object *object;
	int fd;

	(void)state;
	skip_without_libbfd();
	unpack(PAGES);
	object = open_bytes(&fd);
	assert_lines(object, "leaky_rx_refill.isra.0", 0x15, expected);
	assert_lines(object, "leaky_pages_init", 0x20,
		     "leaky_pages_init leaky_pages_main.c:176\n");
	assert_lines(object, "leaky_rx_refill.isra.0", 0x15, expected);
	bfd_object_close(object);
	close(fd);
}

/* NOBITS where code was, and .debug_* with SHF_COMPRESSED. */
static void a_split_file_with_compressed_sections_answers_the_same(void **state)
{
	static const char *const paths[] = {SLAB, SLAB_SPLIT};
	struct bfd_object *object;
	size_t i;
	int fd;

	(void)state;
	skip_without_libbfd();
	for (i = 0; i < TEST_COUNT(paths); i++) {
		unpack(paths[i]);
		object = open_bytes(&fd);
		assert_true(bfd_object_is_relocatable(object));
		assert_lines(object, "lab_inline_user", 0x36,
			     "kmalloc_noprof slab.h:894\n"
			     "lab_inline_helper leaky_slab.c:64\n"
			     "lab_inline_user leaky_slab.c:69\n");
		assert_lines(object, "lab_leak_sizes", 0x135,
			     "kmalloc_noprof slab.h:894\n"
			     "kzalloc_noprof slab.h:1129\n"
			     "lab_leak_sizes leaky_slab.c:81\n");
		bfd_object_close(object);
		close(fd);
	}
}

/* libbfd would tell the unit's own file until the program names one. */
static void rows_before_a_file_is_named_are_of_the_first(void **state)
{
	static const char *const paths[] = {LINKED, UNLINKED};
	struct bfd_object *object;
	size_t i;
	int fd;

	(void)state;
	skip_without_libbfd();
	for (i = 0; i < TEST_COUNT(paths); i++) {
		unpack(paths[i]);
		object = open_bytes(&fd);
		assert_int_equal(bfd_object_is_relocatable(object), i);
		assert_lines(object, "heron_wade", 2,
			     "heron_wade header_first.h:6\n");
		assert_lines(object, "heron_fish", 5,
			     "heron_fish header_first.c:6\n");
		bfd_object_close(object);
		close(fd);
	}
}

/* The padding before a function: what is known of it is not its name. */
static void where_dwarf_has_no_function_none_is_guessed(void **state)
{
	struct bfd_object *object;
	int fd;

	(void)state;
	skip_without_libbfd();
	unpack(SLAB);
	object = open_bytes(&fd);
	assert_lines(object, "__pfx_work_fops_open", 8, "- leaky_slab.c:169\n");
	bfd_object_close(object);
	close(fd);
}

static void names_of_functions_are_demangled(void **state)
{
	struct bfd_object *object;
	int fd;

	(void)state;
	skip_without_libbfd();
	unpack(PAGES);
	replace_names("lab_inl_middle", "_Z3fooi");
	replace_names("leaky_inl_top", "_RNvC1a1f");
	replace_names("leaky_inlined_path", "_ZN1b1gE");
	replace_names("leaky_pages_shared_helper_with_a_name_that_is_"
		      "deliberately_very_long_so_that_columns_and_buffers_are_"
		      "put_to_the_test",
		      "_ZN4core3fmt17h0123456789abcdefE");
	object = open_bytes(&fd);
	assert_lines(object, "_ZN1b1gE", 0x3a,
		     "lab_inl_leaf lab_inl.h:11\n"
		     "foo(int) lab_inl.h:20\n"
		     "a::f leaky_pages_main.c:55\n"
		     "b::g leaky_pages_main.c:61\n");
	assert_lines(object,
		     "leaky_pages_shared_helper_with_a_name_that_is_"
		     "deliberately_very_long_so_that_columns_and_buffers_are_"
		     "put_to_the_test.constprop.0",
		     0x21, "core::fmt leaky_pages_main.c:99\n");
	bfd_object_close(object);
	close(fd);
}

static void what_is_not_in_a_section_has_no_line(void **state)
{
	struct bfd_object *object;
	char text[CHAIN_ROOM] = "";
	unsigned section;
	uint64_t offset;
	size_t count;
	int fd;

	(void)state;
	skip_without_libbfd();
	unpack(PAGES);
	object = open_bytes(&fd);
	section = find_section(object, ".text");
	bfd_object_sections(object, &count);
	/* Where libbfd puts the next section. */
	for (offset = 0xab2; offset < 0xc80; offset++)
		assert_false(bfd_object_lines(object, section, offset, add_line,
					      text));
	assert_false(
		bfd_object_lines(object, section, UINT64_MAX, add_line, text));
	assert_false(
		bfd_object_lines(object, (unsigned)count, 0, add_line, text));
	assert_false(bfd_object_lines(object, find_section(object, ".data"), 0,
				      add_line, text));
	assert_string_equal(text, "");
	bfd_object_close(object);
	close(fd);
}

/* Else libbfd would look for it in other files, and guess from symbols. */
static void without_debug_info_there_are_symbols_and_no_lines(void **state)
{
	struct bfd_object *object;
	int fd;

	(void)state;
	skip_without_libbfd();
	unpack(PAGES);
	/* ".rela.debug_info" has the name at its end. */
	replace_names("debug_info", "other_info");
	object = open_bytes(&fd);
	assert_lines(object, "do_leak", 0x1a, "");
	bfd_object_close(object);
	close(fd);
}

/* As GNU's old form of compression, of which libbfd cannot read modules. */
static void dwarf_that_cannot_be_read_is_told_from_none(void **state)
{
	struct bfd_object *object;
	int fd;

	(void)state;
	skip_without_libbfd();
	unpack(PAGES);
	object = open_bytes(&fd);
	assert_true(bfd_object_answers(object));
	bfd_object_close(object);
	close(fd);
	replace_names("debug_abbrev", "other_abbrev");
	object = open_bytes(&fd);
	assert_lines(object, "do_leak", 0x1a, "");
	assert_false(bfd_object_answers(object));
	bfd_object_close(object);
	close(fd);
	unpack(PAGES);
	replace_names("debug_info", "other_info");
	object = open_bytes(&fd);
	assert_true(bfd_object_answers(object));
	bfd_object_close(object);
	close(fd);
}

static void an_unlinked_file_for_an_unknown_machine_is_refused(void **state)
{
	(void)state;
	skip_without_libbfd();
	unpack(PAGES);
	/* e_machine */
	file.at[18] = file.at[19] = 0x77;
	assert_refused("it is for a machine that this libbfd does not know");
}

static void what_is_no_object_file_is_refused_in_words(void **state)
{
	(void)state;
	skip_without_libbfd();
	unpack(PAGES);
	file.size = 40;
	assert_refused("file");
	strcpy(file.at, "S00600004844521B\nS9030000FC\n");
	file.size = strlen(file.at);
	assert_refused("not ELF");
	file.size = 0;
	assert_refused("file");
}

static void a_file_that_is_cut_is_refused_or_has_no_lines(void **state)
{
	struct bfd_object *object;
	struct reason why = {0};
	size_t whole;
	int fd;

	(void)state;
	skip_without_libbfd();
	unpack(PAGES);
	for (whole = file.size; file.size > whole / 2; file.size -= 40000) {
		if (file.size == whole)
			continue;
		fd = write_file();
		/* Told a size that it does not have. */
		if (bfd_object_open(&object, fd, whole, &why)) {
			assert_lines(object, "do_leak", 0x1a, "");
			bfd_object_close(object);
		}
		close(fd);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_libbfd_opening_says_so),
		cmocka_unit_test(
			sections_of_a_module_have_sizes_and_no_address),
		cmocka_unit_test(symbols_have_the_place_in_their_section),
		cmocka_unit_test(inlined_functions_are_told_innermost_first),
		cmocka_unit_test(
			the_first_question_is_answered_like_all_others),
		cmocka_unit_test(
			a_split_file_with_compressed_sections_answers_the_same),
		cmocka_unit_test(rows_before_a_file_is_named_are_of_the_first),
		cmocka_unit_test(where_dwarf_has_no_function_none_is_guessed),
		cmocka_unit_test(names_of_functions_are_demangled),
		cmocka_unit_test(what_is_not_in_a_section_has_no_line),
		cmocka_unit_test(
			without_debug_info_there_are_symbols_and_no_lines),
		cmocka_unit_test(dwarf_that_cannot_be_read_is_told_from_none),
		cmocka_unit_test(
			an_unlinked_file_for_an_unknown_machine_is_refused),
		cmocka_unit_test(what_is_no_object_file_is_refused_in_words),
		cmocka_unit_test(a_file_that_is_cut_is_refused_or_has_no_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
