/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "store/tar_header.h"

/* Where fields of a header are: "info tar", "Basic Tar Format". */
enum {
	AT_MODE = 100,
	AT_SIZE = 124,
	AT_MTIME = 136,
	AT_SUM = 148,
	AT_TYPE = 156,
	AT_TARGET = 157,
	AT_MAGIC = 257,
};

static struct tar_entry entry_of(const char *name)
{
	return (struct tar_entry){
		.name = span_of(name),
		.target = SPAN(""),
		.type = TAR_FILE,
	};
}

static void a_header_is_that_of_gnu_tar(void **state)
{
	struct tar_entry entry = entry_of("t1/proc/meminfo");
	char header[TAR_BLOCK];
	unsigned sum = 0;

	(void)state;
	entry.size = 1488;
	entry.mtime = 1795363323;
	tar_header_write(&entry, header);
	assert_string_equal(header, "t1/proc/meminfo");
	assert_string_equal(header + AT_MODE, "0000600");
	assert_string_equal(header + AT_SIZE, "00000002720");
	assert_string_equal(header + AT_MTIME, "15300610773");
	assert_int_equal(header[AT_TYPE], '0');
	assert_memory_equal(header + AT_MAGIC, "ustar  ", 8);
	for (size_t i = 0; i < TAR_BLOCK; i++)
		sum += i >= AT_SUM && i < AT_SUM + 8 ? ' '
						     : (unsigned char)header[i];
	assert_int_equal(strtoul(header + AT_SUM, NULL, 8), sum);
	assert_memory_equal(header + AT_SUM + 6, "\0 ", 2);
}

static void a_size_of_8_gib_is_in_base_256(void **state)
{
	struct tar_entry entry = entry_of("x");
	char header[TAR_BLOCK];

	(void)state;
	entry.size = 077777777777;
	tar_header_write(&entry, header);
	assert_string_equal(header + AT_SIZE, "77777777777");
	entry.size++;
	tar_header_write(&entry, header);
	assert_memory_equal(header + AT_SIZE, "\x80\0\0\0\0\0\0\x02\0\0\0\0",
			    12);
}

static void a_name_of_100_bytes_is_in_the_header(void **state)
{
	char name[102], header[TAR_BLOCK], names[TAR_NAMES_MAX];
	struct tar_entry entry;

	(void)state;
	memset(name, 'n', sizeof(name));
	name[100] = '\0';
	entry = entry_of(name);
	assert_int_equal(tar_names_write(&entry, names), 0);
	tar_header_write(&entry, header);
	assert_memory_equal(header, name, 100);
	assert_string_equal(header + AT_MODE, "0000600");

	name[100] = 'n';
	name[101] = '\0';
	entry = entry_of(name);
	assert_int_equal(tar_names_write(&entry, names), 2 * TAR_BLOCK);
	assert_string_equal(names, "././@LongLink");
	assert_int_equal(names[AT_TYPE], 'L');
	assert_string_equal(names + AT_SIZE, "00000000146"); /* 102 */
	assert_string_equal(names + TAR_BLOCK, name);
}

static void a_long_target_has_blocks_of_its_own(void **state)
{
	char target[513], header[TAR_BLOCK], names[TAR_NAMES_MAX];
	struct tar_entry entry = entry_of("l");

	(void)state;
	memset(target, 't', sizeof(target));
	target[512] = '\0';
	entry.type = TAR_LINK;
	entry.target = SPAN(":0000064");
	assert_int_equal(tar_names_write(&entry, names), 0);
	tar_header_write(&entry, header);
	assert_int_equal(header[AT_TYPE], '2');
	assert_string_equal(header + AT_TARGET, ":0000064");
	entry.target = span_of(target);
	/* The zero byte takes one more. */
	assert_int_equal(tar_names_write(&entry, names), 3 * TAR_BLOCK);
	assert_int_equal(names[AT_TYPE], 'K');
	assert_string_equal(names + TAR_BLOCK, target);
}

static void data_are_padded_to_whole_blocks(void **state)
{
	(void)state;
	assert_int_equal(tar_padding(0), 0);
	assert_int_equal(tar_padding(1), 511);
	assert_int_equal(tar_padding(512), 0);
	assert_int_equal(tar_padding(UINT64_MAX), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_header_is_that_of_gnu_tar),
		cmocka_unit_test(a_size_of_8_gib_is_in_base_256),
		cmocka_unit_test(a_name_of_100_bytes_is_in_the_header),
		cmocka_unit_test(a_long_target_has_blocks_of_its_own),
		cmocka_unit_test(data_are_padded_to_whole_blocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
