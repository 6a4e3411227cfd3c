/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "input/packed.h"

static void each_kind_is_refused_with_its_remedy(void **state)
{
	static const struct {
		struct span head;
		enum packed_stream stream;
		const char *told;
	} kinds[] = {
		{SPAN("\xfd"
		      "7zXZ\0"),
		 PACKED_XZ, "compressed with xz; decompress it first: xz -dc"},
		{SPAN("\x5d\0\0\x80\0"), PACKED_LZMA,
		 "compressed with lzma; decompress it first: xz -dc"},
		{SPAN("LZIP\1"), PACKED_LZIP,
		 "compressed with lzip; decompress it first: lzip -dc"},
		{SPAN("\x28\xb5\x2f\xfd"), PACKED_ZSTD,
		 "compressed with zstd; decompress it first: zstd -dc"},
		{SPAN("\x04\x22\x4d\x18"), PACKED_LZ4,
		 "compressed with lz4; decompress it first: lz4 -dc"},
		{SPAN("\x02\x21\x4c\x18"), PACKED_LZ4,
		 "compressed with lz4; decompress it first: lz4 -dc"},
		{SPAN("BZh9"), PACKED_BZIP2,
		 "compressed with bzip2; decompress it first: bzip2 -dc"},
		{SPAN("\x1f\x9d\x90"), PACKED_COMPRESS,
		 "compressed with compress; decompress it first: gzip -dc"},
		{SPAN("PK\x03\x04"), PACKED_NONE,
		 "a zip archive; unpack it first: unzip -p"},
		{SPAN("7z\xbc\xaf\x27\x1c"), PACKED_NONE,
		 "a 7z archive; unpack it first: 7z e -so"},
		{SPAN("Rar!\x1a\x07\x01"), PACKED_NONE,
		 "a rar archive; unpack it first: unrar p -inul"},
	};
	struct error err = {0};
	char told[256];

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(kinds); i++) {
		assert_int_equal(packed_stream(kinds[i].head), kinds[i].stream);
		assert_false(packed_refuse(kinds[i].head, "f", "'f'", &err));
		assert_int_equal(err.code, ERROR_FORMAT);
		snprintf(told, sizeof(told), "'f' is %s f | pageowl top -",
			 kinds[i].told);
		assert_string_equal(err.text, told);
	}
}

static void text_and_gzip_are_not_refused(void **state)
{
	static const char *const heads[] = {"", "B", "Page allocated", "PK",
					    "\x1f\x8b\x08"};
	struct error err = {0};

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(heads); i++) {
		assert_int_equal(packed_stream(span_of(heads[i])), PACKED_NONE);
		assert_true(packed_refuse(span_of(heads[i]), "f", "'f'", &err));
	}
}

static void a_remedy_never_holds_what_a_shell_would_take_apart(void **state)
{
	static const char *const paths[] = {"a b", "$(reboot)", "-f", ""};
	struct error err = {0};

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(paths); i++) {
		assert_false(packed_refuse(SPAN("LZIP"), paths[i], "it", &err));
		assert_string_equal(err.text,
				    "it is compressed with lzip; decompress it "
				    "first: lzip -dc FILE | pageowl top -");
		assert_false(packed_refuse_tar(paths[i], "it", &err));
		assert_string_equal(err.text,
				    "it is a tar archive; unpack it first: "
				    "tar -xf FILE");
	}
	packed_refuse_tar("a/b.tar", "'a/b.tar'", &err);
	assert_string_equal(err.text, "'a/b.tar' is a tar archive; unpack it "
				      "first: tar -xf a/b.tar");
}

/* A header of 1979: no magic bytes. Returns its sum. */
static unsigned make_header(char *header)
{
	unsigned sum = 0;

	memset(header, 0, 512);
	strcpy(header, "t1/page_owner");
	strcpy(header + 100, "0000644");
	strcpy(header + 124, "00000000012");
	memset(header + 148, ' ', 8);
	for (size_t i = 0; i < 512; i++)
		sum += (unsigned char)header[i];
	return sum;
}

static void a_tar_archive_is_known_by_its_checksum(void **state)
{
	char header[513];
	unsigned sum = make_header(header);

	(void)state;
	snprintf(header + 148, 8, "%06o", sum);
	assert_true(packed_is_tar((struct span){header, 512}));
	assert_true(packed_is_tar((struct span){header, 513}));
	assert_false(packed_is_tar((struct span){header, 511}));
	snprintf(header + 148, 8, "%7o", sum);
	assert_true(packed_is_tar((struct span){header, 512}));
	snprintf(header + 148, 8, "%06o", sum + 1);
	assert_false(packed_is_tar((struct span){header, 512}));
	memcpy(header + 148, "       ", 8);
	assert_false(packed_is_tar((struct span){header, 512}));
}

static void a_checksum_of_signed_bytes_is_one_too(void **state)
{
	char header[513];
	unsigned sum;

	(void)state;
	make_header(header);
	header[0] = (char)0xe9;
	sum = 0;
	for (size_t i = 0; i < 512; i++)
		sum += (unsigned)(signed char)header[i];
	snprintf(header + 148, 8, "%06o", sum);
	assert_true(packed_is_tar((struct span){header, 512}));
}

static void neither_zero_bytes_nor_text_are_a_tar_archive(void **state)
{
	char block[512];

	(void)state;
	memset(block, 0, sizeof(block));
	assert_false(packed_is_tar((struct span){block, 512}));
	for (size_t i = 0; i < sizeof(block); i++)
		block[i] = "PFN 0x12345 type Unmovable\n"[i % 27];
	assert_false(packed_is_tar((struct span){block, 512}));
	memset(block, '0', sizeof(block));
	assert_false(packed_is_tar((struct span){block, 512}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_is_refused_with_its_remedy),
		cmocka_unit_test(text_and_gzip_are_not_refused),
		cmocka_unit_test(
			a_remedy_never_holds_what_a_shell_would_take_apart),
		cmocka_unit_test(a_tar_archive_is_known_by_its_checksum),
		cmocka_unit_test(a_checksum_of_signed_bytes_is_one_too),
		cmocka_unit_test(neither_zero_bytes_nor_text_are_a_tar_archive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
