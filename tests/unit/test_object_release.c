/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "symbolize/object_release.h"

#include <stdbool.h>

#include "tests/support/elf_maker.h"
#include "tests/support/folder_maker.h"

/* More than what is read at a time. */
enum { LARGE = 300 << 10 };

/* What a file tells with these bytes in a section, or "none". */
static const char *told(unsigned type, const char *section, unsigned kind,
			const void *bytes, size_t size)
{
	static char release[OBJECT_RELEASE_CAPACITY];
	const struct made_section sections[] = {
		{.name = section, .type = kind, .bytes = bytes, .size = size},
		{0},
	};
	struct object_file file;

	elf_file("file", &(struct elf_recipe){
				 .type = type,
				 .debug_info = true,
				 .sections = sections,
			 });
	assert_true(object_file_open(&file, "file", NULL));
	strcpy(release, "none");
	object_release_read(&file, release);
	object_file_close(&file);
	return release;
}

#define MODULE(text) \
	told(ET_REL, ".modinfo", SHT_PROGBITS, (text), sizeof(text))
#define KERNEL(text) \
	told(ET_EXEC, ".rodata", SHT_PROGBITS, (text), sizeof(text))

static void a_module_tells_its_release_in_its_vermagic(void **state)
{
	(void)state;
	assert_string_equal(
		MODULE("license=GPL\0vermagic=6.1.0-56-amd64 SMP preempt"),
		"6.1.0-56-amd64");
	assert_string_equal(MODULE("vermagic=6.12.117-lab "), "6.12.117-lab");
	assert_string_equal(
		MODULE("parm=a:vermagic=5.4 is old\0vermagic=6.1 SMP"), "6.1");
	assert_string_equal(MODULE("license=GPL\0name=m"), "none");
}

static void a_kernel_tells_its_release_in_its_banner(void **state)
{
	(void)state;
	assert_string_equal(KERNEL("\1\2Linux version 6.12.117-lab (root@vm)"),
			    "6.12.117-lab");
	assert_string_equal(KERNEL("Linux version %s (%s)\0"
				   "Linux version 5 or so\0"
				   "Linux version 7.1.5 (me)"),
			    "7.1.5");
	assert_string_equal(KERNEL("no banner"), "none");
}

static void each_kind_of_file_tells_it_in_one_way(void **state)
{
	static const char banner[] = "Linux version 6.12 (root@vm)";
	static const char magic[] = "vermagic=6.12 SMP";

	(void)state;
	assert_string_equal(MODULE("Linux version 6.12 (root@vm)"), "none");
	assert_string_equal(KERNEL("vermagic=6.12 SMP"), "none");
	assert_string_equal(
		told(ET_EXEC, ".modinfo", SHT_PROGBITS, banner, sizeof(banner)),
		"none");
	assert_string_equal(
		told(ET_REL, ".rodata", SHT_PROGBITS, magic, sizeof(magic)),
		"none");
}

static void a_file_of_debug_information_alone_tells_none(void **state)
{
	(void)state;
	assert_string_equal(told(ET_EXEC, ".rodata", SHT_NOBITS, NULL, 1 << 20),
			    "none");
	assert_string_equal(told(ET_REL, ".modinfo", SHT_NOBITS, NULL, 100),
			    "none");
}

static void what_is_no_release_is_not_taken_for_one(void **state)
{
	char text[200] = "Linux version ";

	(void)state;
	assert_string_equal(MODULE("vermagic="), "none");
	assert_string_equal(MODULE("vermagic=6.12"), "none");
	assert_string_equal(MODULE("vermagic= SMP"), "none");
	assert_string_equal(MODULE("vermagic=6.1\033[2J SMP"), "none");
	memset(text + strlen(text), '6', 64);
	strcpy(text + 14 + 64, " (x)");
	assert_int_equal(strlen(told(ET_EXEC, ".rodata", SHT_PROGBITS, text,
				     sizeof(text))),
			 64);
	strcpy(text + 14 + 64, "6 (x)");
	assert_string_equal(
		told(ET_EXEC, ".rodata", SHT_PROGBITS, text, sizeof(text)),
		"none");
}

static void it_is_found_wherever_it_lies(void **state)
{
	static const char banner[] = "Linux version 6.12.117-lab (root@vm)";
	static const char magic[] = "\0vermagic=6.12.117-lab SMP";
	static char bytes[LARGE];
	static const size_t ends[] = {256 << 10, LARGE};

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (size_t back = 16; back < 200; back++) {
			size_t at = ends[i] - back;

			memset(bytes, 'x', sizeof(bytes));
			if (at + sizeof(banner) > sizeof(bytes))
				continue;
			memcpy(bytes + at, banner, sizeof(banner));
			assert_string_equal(told(ET_EXEC, ".rodata",
						 SHT_PROGBITS, bytes, LARGE),
					    "6.12.117-lab");
			memset(bytes, 'x', sizeof(bytes));
			memcpy(bytes + at, magic, sizeof(magic));
			assert_string_equal(told(ET_REL, ".modinfo",
						 SHT_PROGBITS, bytes, LARGE),
					    "6.12.117-lab");
		}
}

static void in_the_midst_of_a_text_it_is_none_wherever_it_lies(void **state)
{
	static char bytes[LARGE];
	static const char magic[] = "vermagic=6.12 SMP";
	/* Where the second piece may begin. */
	const size_t end = 256 << 10;

	(void)state;
	for (size_t at = end - 200; at < end + 2; at++) {
		memset(bytes, 'x', sizeof(bytes));
		memcpy(bytes + at, magic, sizeof(magic));
		assert_string_equal(
			told(ET_REL, ".modinfo", SHT_PROGBITS, bytes, LARGE),
			"none");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_module_tells_its_release_in_its_vermagic),
		cmocka_unit_test(a_kernel_tells_its_release_in_its_banner),
		cmocka_unit_test(each_kind_of_file_tells_it_in_one_way),
		cmocka_unit_test(a_file_of_debug_information_alone_tells_none),
		cmocka_unit_test(what_is_no_release_is_not_taken_for_one),
		cmocka_unit_test(it_is_found_wherever_it_lies),
		cmocka_unit_test(
			in_the_midst_of_a_text_it_is_none_wherever_it_lies),
	};

	return cmocka_run_group_tests_name("object_release", tests,
					   folder_setup, folder_teardown);
}
