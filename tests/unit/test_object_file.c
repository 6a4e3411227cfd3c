/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* F_GET_SEALS */
#include "tests/support/check.h"

#include "symbolize/object_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "tests/support/elf_maker.h"
#include "tests/support/folder_maker.h"

#define ID "00112233445566778899aabbccddeeff00112233"

/* What opening says; "" when it opens. */
static const char *failure(const char *path)
{
	static struct reason why;
	struct object_file file = {0};
	bool opened;

	why = (struct reason){0};
	opened = object_file_open(&file, path, &why);
	assert_int_equal(opened, why.text[0] == '\0');
	object_file_close(&file);
	return why.text;
}

static void check_id(const struct object_file *file, const char *expected)
{
	char text[2 * BUILD_ID_MAX + 1];

	build_id_text(&file->build_id, text);
	assert_string_equal(text, expected);
}

static void a_plain_file_is_opened_as_it_is(void **state)
{
	struct object_file file;
	struct stat status;

	(void)state;
	elf_module("some.ko", ID, true);
	assert_true(object_file_open(&file, "some.ko", NULL));
	assert_string_equal(file.path, "some.ko");
	check_id(&file, ID);
	assert_true(file.has_debug_info && file.has_symbols &&
		    file.is_relocatable);
	assert_int_equal(stat("some.ko", &status), 0);
	assert_int_equal(file.size, status.st_size);
	assert_int_equal(fcntl(file.fd, F_GETFD), FD_CLOEXEC);
	object_file_close(&file);
	assert_null(file.path);
	elf_kernel("vmlinux", NULL, false);
	assert_true(object_file_open(&file, "vmlinux", NULL));
	check_id(&file, "");
	assert_false(file.has_debug_info || file.is_relocatable);
	object_file_close(&file);
}

static void closing_a_zeroed_file_closes_nothing(void **state)
{
	struct object_file file = {0};
	int before = fcntl(0, F_GETFD);

	(void)state;
	object_file_close(&file);
	assert_int_equal(fcntl(0, F_GETFD), before);
}

static void gzip_file(const char *path, const void *bytes, size_t length)
{
	gzFile file = gzopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(gzwrite(file, bytes, (unsigned)length), length);
	assert_int_equal(gzclose(file), Z_OK);
}

static void check_unpacked(const char *path, const struct made_elf *made)
{
	const int seals =
		F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
	struct object_file file;
	struct reason why = {0};
	unsigned char *bytes = malloc(made->length);

	if (!object_file_open(&file, path, &why))
		fail_msg("%s", why.text);
	assert_string_equal(file.path, path);
	check_id(&file, ID);
	assert_int_equal(file.size, made->length);
	assert_int_equal(pread(file.fd, bytes, made->length, 0), made->length);
	assert_memory_equal(bytes, made->bytes, made->length);
	assert_int_equal(fcntl(file.fd, F_GETFD), FD_CLOEXEC);
	assert_int_equal(fcntl(file.fd, F_GET_SEALS) & seals, seals);
	object_file_close(&file);
	free(bytes);
}

static void a_gzipped_file_is_unpacked_whatever_its_name_is(void **state)
{
	struct made_elf made = elf_make(&(struct elf_recipe){.build_id = ID});

	(void)state;
	gzip_file("some.ko.gz", made.bytes, made.length);
	check_unpacked("some.ko.gz", &made);
	gzip_file("some.ko", made.bytes, made.length);
	check_unpacked("some.ko", &made);
	free(made.bytes);
}

#ifdef HAVE_ARCHIVE
#include "tests/support/archive_maker.h"

static void files_packed_with_xz_and_zstd_are_unpacked(void **state)
{
	static const char *const filters[] = {"xz", "zstd"};
	struct made_elf made = elf_make(&(struct elf_recipe){.build_id = ID});
	const struct made_entry entries[] = {
		{.path = "elf",
		 .text = (const char *)made.bytes,
		 .length = made.length},
		{0},
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct made_archive packed = {0};

		made_archive_init(&packed, "raw", filters[i], entries);
		made_archive_write(&packed, packed.length, "packed");
		check_unpacked("packed", &made);
		made_archive_write(&packed, packed.length - 20, "cut");
		assert_text_has(failure("cut"),
				"'cut' is damaged or cut short: ");
		made_archive_deinit(&packed);
	}
	free(made.bytes);
}
#else
static void files_packed_with_xz_and_zstd_are_unpacked(void **state)
{
	(void)state;
	folder_bytes("some.ko.xz",
		     "\xfd"
		     "7zXZ\0....",
		     10);
	assert_string_equal(failure("some.ko.xz"),
			    "'some.ko.xz' is compressed with xz, and this "
			    "program was built without libarchive "
			    "(libarchive-dev); unpack it first");
	folder_bytes("some.ko.zst", "\x28\xb5\x2f\xfd....", 8);
	assert_text_has(failure("some.ko.zst"), "is compressed with zstd");
}
#endif

static void damaged_gzip_data_is_refused(void **state)
{
	struct made_elf made = elf_make(&(struct elf_recipe){.build_id = ID});
	unsigned char bytes[4096];
	struct stat status;
	FILE *file;

	(void)state;
	gzip_file("whole.gz", made.bytes, made.length);
	assert_int_equal(stat("whole.gz", &status), 0);
	file = fopen("whole.gz", "rb");
	assert_int_equal(fread(bytes, 1, sizeof(bytes), file), status.st_size);
	fclose(file);
	folder_bytes("cut.gz", bytes, (size_t)status.st_size - 9);
	assert_string_equal(failure("cut.gz"),
			    "'cut.gz' is cut short: its gzip data ends early");
	/* Its checksum. */
	bytes[status.st_size - 8] ^= 1;
	folder_bytes("bad.gz", bytes, (size_t)status.st_size);
	assert_string_equal(
		failure("bad.gz"),
		"'bad.gz' is damaged: its gzip data cannot be read");
	free(made.bytes);
}

static void a_file_that_unpacks_to_far_more_is_refused(void **state)
{
	const size_t length = (16 << 20) + 1;
	unsigned char *zeros = calloc(1, length);

	(void)state;
	gzip_file("bomb.gz", zeros, length);
	assert_string_equal(failure("bomb.gz"),
			    "'bomb.gz' unpacks to more than a hundred times "
			    "its size");
	gzip_file("zeros.gz", zeros, length - 1);
	assert_string_equal(failure("zeros.gz"),
			    "'zeros.gz' is not an ELF file");
	free(zeros);
}

static void what_is_no_regular_file_is_refused_without_waiting(void **state)
{
	(void)state;
	assert_int_equal(mkdir("linux-6.12", 0755), 0);
	assert_string_equal(failure("linux-6.12"),
			    "'linux-6.12' is a directory, not an object file; "
			    "--debug-dir searches one");
	assert_int_equal(mkfifo("pipe", 0644), 0);
	assert_string_equal(failure("pipe"), "'pipe' is not a regular file");
	folder_file("nothing", "");
	assert_string_equal(failure("nothing"), "'nothing' is empty");
	assert_string_equal(failure("not there"), "cannot open 'not there': "
						  "No such file or directory");
}

static void a_kernel_as_it_is_booted_is_called_so(void **state)
{
	unsigned char image[1024] = {'M', 'Z'};

	(void)state;
	memcpy(image + 0x202, "HdrS", 4);
	folder_bytes("vmlinuz", image, sizeof(image));
	assert_text_has(failure("vmlinuz"),
			"'vmlinuz' is the kernel as it is booted, without "
			"debug information");
	assert_text_has(failure("vmlinuz"),
			"/usr/lib/debug/boot/vmlinux-RELEASE");
	/* So does arm64's, which is often packed. */
	memset(image + 0x202, 0, 4);
	memcpy(image + 0x38, "ARMd", 4);
	gzip_file("Image.gz", image, sizeof(image));
	assert_text_has(failure("Image.gz"), "as it is booted");
	folder_bytes("short", "MZ", 2);
	assert_string_equal(failure("short"), "'short' is not an ELF file");
}

static void names_are_told_without_control_characters(void **state)
{
	char path[900];

	(void)state;
	folder_file("a \x1b[31m\n", "text");
	assert_string_equal(failure("a \x1b[31m\n"),
			    "'a ?[31m?' is not an ELF file");
	/* The sentence is not lost behind a long path. */
	memset(path, 'x', sizeof(path));
	path[sizeof(path) - 1] = '\0';
	for (size_t i = 100; i < sizeof(path) - 1; i += 100)
		path[i] = '/';
	assert_text_has(failure(path), "No such file or directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_file_is_opened_as_it_is),
		cmocka_unit_test(closing_a_zeroed_file_closes_nothing),
		cmocka_unit_test(
			a_gzipped_file_is_unpacked_whatever_its_name_is),
		cmocka_unit_test(files_packed_with_xz_and_zstd_are_unpacked),
		cmocka_unit_test(damaged_gzip_data_is_refused),
		cmocka_unit_test(a_file_that_unpacks_to_far_more_is_refused),
		cmocka_unit_test(
			what_is_no_regular_file_is_refused_without_waiting),
		cmocka_unit_test(a_kernel_as_it_is_booted_is_called_so),
		cmocka_unit_test(names_are_told_without_control_characters),
	};

	return cmocka_run_group_tests_name("object_file", tests, folder_setup,
					   folder_teardown);
}
