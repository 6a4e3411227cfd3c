/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>

#include "live/live_dump.h"

#define RELEASE "6.12.0-test"
#define CONFIG	"boot/config-" RELEASE

/* The relative paths are below the directory of the test. */
static const char *const directories[] = {
	"proc",
	"boot",
	"sys",
	"sys/kernel",
	"sys/kernel/security",
	"sys/kernel/debug",
};

static const char *const files[] = {
	"proc/kallsyms",
	"proc/cmdline",
	"proc/config.gz",
	CONFIG,
	"sys/kernel/security/lockdown",
	"sys/kernel/debug/page_owner",
};

enum { DIRECTORIES = 6, FILES = 6 };

static int setup(void **state)
{
	char *root = strdup("/tmp/test_live_dump.XXXXXX");

	assert_non_null(root);
	assert_non_null(mkdtemp(root));
	assert_int_equal(chdir(root), 0);
	for (int i = 0; i < DIRECTORIES; i++)
		assert_int_equal(mkdir(directories[i], 0700), 0);
	*state = root;
	return 0;
}

static int teardown(void **state)
{
	for (int i = 0; i < FILES; i++)
		unlink(files[i]);
	for (int i = DIRECTORIES; i > 0; i--)
		assert_int_equal(rmdir(directories[i - 1]), 0);
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(rmdir(*state), 0);
	free(*state);
	return 0;
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

/* A list of symbols with the one that page_owner has, at a position. */
static void write_kallsyms_at(long position)
{
	FILE *file = fopen("proc/kallsyms", "w");

	assert_non_null(file);
	while (ftell(file) < position)
		fputc('x', file);
	fputs("__set_page_owner\n0000000000000000 t other\t[module]\n", file);
	assert_int_equal(fclose(file), 0);
}

static void write_kallsyms(void)
{
	write_kallsyms_at(100);
}

static bool no(const char *path)
{
	(void)path;
	return false;
}

static bool is_below_sys(const char *path)
{
	const char *end = strstr(path, "/sys/kernel/debug");

	return end && !end[strlen("/sys/kernel/debug")];
}

static int open_works(const char *path)
{
	(void)path;
	return 0;
}

static int open_missing(const char *path)
{
	(void)path;
	return ENOENT;
}

static int open_forbidden(const char *path)
{
	(void)path;
	return EPERM;
}

static int open_denied(const char *path)
{
	(void)path;
	return EACCES;
}

static int open_broken(const char *path)
{
	(void)path;
	return EIO;
}

/* Root on a machine that has debugfs but no page_owner in it. */
static struct live_probe probe_of(void **state)
{
	return (struct live_probe){
		.root = *state,
		.release = RELEASE,
		.is_debugfs = is_below_sys,
		.try_open = open_missing,
		.is_superuser = true,
	};
}

/* The same as live_dump_find(), of a machine that answers like probe. */
static bool find(const struct live_probe *probe, char *ret_path,
		 size_t capacity, struct error *err)
{
	struct live_machine *machine;
	bool found;

	assert_true(live_machine_create_probed(probe, &machine, err));
	found = live_dump_find(machine, ret_path, capacity, err);
	live_machine_destroy(machine);
	return found;
}

/* The reason and the remedy, after the path. */
static void expect(const struct live_probe *probe, const char *why)
{
	char path[256] = "untouched", told[1024];
	struct error err = {0};

	assert_false(find(probe, path, sizeof(path), &err));
	assert_string_equal(path, "untouched");
	assert_int_equal(err.code, ERROR_IO);
	snprintf(told, sizeof(told),
		 "cannot open '%s/sys/kernel/debug/page_owner': %s",
		 probe->root, why);
	assert_string_equal(err.text, told);
}

static void a_dump_that_can_be_opened_is_found(void **state)
{
	struct live_probe probe = probe_of(state);
	char path[256], told[256];
	struct error err;

	probe.try_open = open_works;
	assert_true(find(&probe, path, sizeof(path), &err));
	snprintf(told, sizeof(told), "%s/sys/kernel/debug/page_owner",
		 probe.root);
	assert_string_equal(path, told);
	probe.root = "";
	assert_true(find(&probe, path, sizeof(path), &err));
	assert_string_equal(path, "/sys/kernel/debug/page_owner");
}

static void a_path_that_does_not_fit_is_an_error(void **state)
{
	struct live_probe probe = probe_of(state);
	char path[28] = "untouched";
	struct error err = {0};

	probe.try_open = open_works;
	probe.root = "";
	assert_false(find(&probe, path, sizeof(path), &err));
	assert_string_equal(path, "untouched");
	assert_string_equal(err.text,
			    "cannot open '/sys/kernel/debug/page_owner': "
			    "File name too long");
}

static void without_the_symbol_the_kernel_has_no_page_owner(void **state)
{
	struct live_probe probe = probe_of(state);

	write_file("proc/kallsyms", "0000000000000000 T set_page_dirty\n");
	write_file("proc/cmdline", "quiet page_owner=on\n");
	write_file(CONFIG, "CONFIG_PAGE_OWNER=y\n");
	probe.is_debugfs = no;
	expect(&probe, "this kernel has no page_owner; rebuild with "
		       "CONFIG_PAGE_OWNER=y, boot with page_owner=on");
}

/* Whatever the parts are that the list is read in. */
static void the_symbol_is_found_anywhere_in_a_long_list(void **state)
{
	struct live_probe probe = probe_of(state);

	write_file("proc/cmdline", "quiet\n");
	for (long part = 1024; part <= 1024 * 1024; part *= 2) {
		for (long before = 1; before < 16; before += 7) {
			write_kallsyms_at(part - before);
			expect(&probe, "page_owner is off; "
				       "boot with page_owner=on");
		}
	}
}

static void without_symbols_the_configuration_tells(void **state)
{
	struct live_probe probe = probe_of(state);
	gzFile config = gzopen("proc/config.gz", "w");

	write_file("proc/cmdline", "quiet\n");
	write_file(CONFIG, "CONFIG_PAGE_OWNER=y\n");
	assert_true(gzputs(config, "CONFIG_MMU=y\n"
				   "# CONFIG_PAGE_OWNER is not set\n") > 0);
	assert_int_equal(gzclose(config), Z_OK);
	expect(&probe, "this kernel has no page_owner; rebuild with "
		       "CONFIG_PAGE_OWNER=y, boot with page_owner=on");

	/* That of the running kernel counts, and then the one in /boot. */
	unlink("proc/config.gz");
	expect(&probe, "page_owner is off; boot with page_owner=on");
	write_file(CONFIG, "CONFIG_MMU=y\n");
	expect(&probe, "this kernel has no page_owner; rebuild with "
		       "CONFIG_PAGE_OWNER=y, boot with page_owner=on");
}

static void a_kernel_booted_without_page_owner_has_it_off(void **state)
{
	struct live_probe probe = probe_of(state);

	write_kallsyms();
	probe.is_debugfs = no;
	write_file("proc/cmdline", "quiet nopage_owner=on -- page_owner=on\n");
	expect(&probe, "page_owner is off; boot with page_owner=on");
	write_file("proc/cmdline", "page_owner=on page_owner=Off\n");
	expect(&probe, "page_owner=Off turns it off; boot with page_owner=on");
	write_file("proc/cmdline", "page_owner=0");
	expect(&probe, "page_owner=0 turns it off; boot with page_owner=on");
}

static void who_is_not_root_hears_the_reason_and_of_root(void **state)
{
	struct live_probe probe = probe_of(state);

	write_kallsyms();
	write_file("proc/cmdline", "quiet\n");
	probe.try_open = open_denied;
	probe.is_superuser = false;
	expect(&probe, "page_owner is off; boot with page_owner=on; "
		       "run as root");
	write_file("proc/cmdline", "page_owner=on\n");
	expect(&probe, "Permission denied; run as root");
	probe.is_debugfs = no;
	expect(&probe, "debugfs is not mounted; mount -t debugfs none "
		       "/sys/kernel/debug; run as root");
}

static void debugfs_has_to_be_on_and_mounted(void **state)
{
	struct live_probe probe = probe_of(state);

	write_kallsyms();
	write_file("proc/cmdline", "page_owner=on\n");
	probe.is_debugfs = no;
	expect(&probe, "debugfs is not mounted; mount -t debugfs none "
		       "/sys/kernel/debug");
	write_file("proc/cmdline", "debugfs=off page_owner=on\n");
	expect(&probe, "debugfs=off turns debugfs off; boot without it");
}

static void lockdown_is_told_from_a_container(void **state)
{
	struct live_probe probe = probe_of(state);

	write_kallsyms();
	write_file("proc/cmdline", "page_owner=on\n");
	probe.try_open = open_forbidden;
	expect(&probe, "kernel lockdown or a security module forbids it; "
		       "boot with lockdown=none or without Secure Boot");
	write_file("sys/kernel/security/lockdown",
		   "none integrity [confidentiality]\n");
	expect(&probe, "kernel lockdown or a security module forbids it; "
		       "boot with lockdown=none or without Secure Boot");
	write_file("sys/kernel/security/lockdown",
		   "[none] integrity confidentiality\n");
	expect(&probe, "Operation not permitted; root of a container may not "
		       "read it, run on the host");
	probe.try_open = open_denied;
	expect(&probe, "Permission denied; root of a container may not "
		       "read it, run on the host");
}

static void a_value_that_old_kernels_do_not_take_is_named(void **state)
{
	struct live_probe probe = probe_of(state);

	write_kallsyms();
	write_file("proc/cmdline", "page_owner=1\n");
	expect(&probe, "this kernel does not take page_owner=1 (before 5.17 "
		       "only \"on\"); boot with page_owner=on");
	/* A newer one took it: then something else is in the way. */
	probe.try_open = open_denied;
	probe.is_superuser = false;
	expect(&probe, "Permission denied; run as root");
}

static void a_file_that_ought_to_be_there_is_called_missing(void **state)
{
	struct live_probe probe = probe_of(state);

	expect(&probe, "No such file; it takes a kernel with "
		       "CONFIG_PAGE_OWNER=y, booted with page_owner=on");
	write_kallsyms();
	write_file("proc/cmdline", "page_owner=on\n");
	expect(&probe, "No such file, although booted with page_owner=on; "
		       "see dmesg | grep page_owner");
	probe.try_open = open_broken;
	expect(&probe, "Input/output error");
}

static void a_real_directory_is_probed(void **state)
{
	char path[256];
	struct error err = {0};

	/* No debugfs, but a file that can be opened is all we ask for. */
	write_file("sys/kernel/debug/page_owner", "");
	assert_true(live_dump_path(*state, path, sizeof(path), &err));
	assert_int_equal(access(path, R_OK), 0);
	unlink("sys/kernel/debug/page_owner");
	write_kallsyms();
	write_file("proc/cmdline", "page_owner=on\n");
	assert_false(live_dump_path(*state, path, sizeof(path), &err));
	assert_non_null(strstr(err.text, "': debugfs is not mounted; "));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_dump_that_can_be_opened_is_found),
		TEST(a_path_that_does_not_fit_is_an_error),
		TEST(without_the_symbol_the_kernel_has_no_page_owner),
		TEST(the_symbol_is_found_anywhere_in_a_long_list),
		TEST(without_symbols_the_configuration_tells),
		TEST(a_kernel_booted_without_page_owner_has_it_off),
		TEST(who_is_not_root_hears_the_reason_and_of_root),
		TEST(debugfs_has_to_be_on_and_mounted),
		TEST(lockdown_is_told_from_a_container),
		TEST(a_value_that_old_kernels_do_not_take_is_named),
		TEST(a_file_that_ought_to_be_there_is_called_missing),
		TEST(a_real_directory_is_probed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
