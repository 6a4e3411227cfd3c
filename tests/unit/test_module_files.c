/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "symbolize/module_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/folder_maker.h"

/* The paths of a module, each with a space behind. */
static const char *paths_of(struct module_files *files, const char *module)
{
	static char text[4096];
	const char *path;

	text[0] = '\0';
	for (size_t i = 0; (path = module_files_path(files, module, i)); i++) {
		strcat(text, path);
		strcat(text, " ");
	}
	return text;
}

static void modules_are_found_by_name_whatever_is_behind_it(void **state)
{
	struct module_files *files = module_files_create();

	(void)state;
	folder_file("names/a.ko", "");
	folder_file("names/b/a.ko.xz", "");
	folder_file("names/b/a.ko.debug", "");
	folder_file("names/b/a.ko.debug.zst", "");
	folder_file("names/b/c/a.ko.gz", "");
	/* These are no modules, or others. */
	folder_file("names/a.o", "");
	folder_file("names/a.ko.bz2", "");
	folder_file("names/a.ko.xz.gz", "");
	folder_file("names/.ko", "");
	folder_file("names/aa.ko", "");
	folder_file("names/A.ko", "");
	assert_true(module_files_add(files, "names/"));
	assert_string_equal(paths_of(files, "a"),
			    "names/a.ko names/b/a.ko.debug "
			    "names/b/a.ko.debug.zst names/b/a.ko.xz "
			    "names/b/c/a.ko.gz ");
	assert_string_equal(paths_of(files, "aa"), "names/aa.ko ");
	assert_string_equal(paths_of(files, "b"), "");
	assert_string_equal(paths_of(files, ""), "");
	module_files_destroy(files);
}

static void dashes_and_underscores_are_the_same(void **state)
{
	struct module_files *files = module_files_create();

	(void)state;
	folder_file("folded/snd-hda-intel.ko", "");
	folder_file("folded/x/snd_hda-intel.ko", "");
	folder_file("folded/snd.ko", "");
	assert_true(module_files_add(files, "folded"));
	assert_string_equal(paths_of(files, "snd_hda_intel"),
			    "folded/snd-hda-intel.ko "
			    "folded/x/snd_hda-intel.ko ");
	assert_string_equal(paths_of(files, "snd-hda-intel"),
			    "folded/snd-hda-intel.ko "
			    "folded/x/snd_hda-intel.ko ");
	module_files_destroy(files);
}

static void what_modprobe_prefers_comes_first_in_each_tree(void **state)
{
	struct module_files *files = module_files_create();

	(void)state;
	folder_file("one/kernel/updates/m.ko", "");
	folder_file("one/a/m.ko", "");
	folder_file("one/extra/m.ko", "");
	folder_file("one/updates/dkms/m.ko", "");
	folder_file("two/updates/m.ko", "");
	assert_true(module_files_add(files, "one"));
	assert_string_equal(paths_of(files, "m"),
			    "one/updates/dkms/m.ko one/extra/m.ko one/a/m.ko "
			    "one/kernel/updates/m.ko ");
	/* What is added later is behind. */
	assert_true(module_files_add(files, "two"));
	assert_text_has(paths_of(files, "m"),
			"one/kernel/updates/m.ko two/updates/m.ko ");
	module_files_destroy(files);
}

static void a_tree_of_two_names_is_walked_once(void **state)
{
	struct module_files *files = module_files_create();

	(void)state;
	folder_file("usr/lib/m.ko", "");
	folder_link("lib", "usr/lib");
	assert_true(module_files_add(files, "lib"));
	assert_true(module_files_add(files, "usr/lib"));
	assert_true(module_files_add(files, "not there"));
	assert_string_equal(paths_of(files, "m"), "lib/m.ko ");
	module_files_destroy(files);
}

static void links_lead_to_files_and_into_no_loop(void **state)
{
	struct module_files *files = module_files_create();

	(void)state;
	folder_file("loop/a/m.ko", "");
	folder_link("loop/a/again", "..");
	folder_link("loop/weak-updates/m.ko", "../a/m.ko");
	folder_file("loop/.build-id/ab/m.ko", "");
	assert_true(module_files_add(files, "loop"));
	assert_string_equal(paths_of(files, "m"),
			    "loop/a/m.ko loop/weak-updates/m.ko ");
	module_files_destroy(files);
}

static void the_walk_goes_sixteen_folders_deep(void **state)
{
	struct module_files *files = module_files_create();
	char path[200] = "deep";

	(void)state;
	for (int i = 1; i < 16; i++)
		strcat(path, "/d");
	strcat(path, "/in.ko");
	folder_file(path, "");
	strcpy(strstr(path, "in.ko"), "d/out.ko");
	folder_file(path, "");
	assert_true(module_files_add(files, "deep"));
	assert_text_has(paths_of(files, "in"), "/d/in.ko ");
	assert_string_equal(paths_of(files, "out"), "");
	module_files_destroy(files);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			modules_are_found_by_name_whatever_is_behind_it),
		cmocka_unit_test(dashes_and_underscores_are_the_same),
		cmocka_unit_test(
			what_modprobe_prefers_comes_first_in_each_tree),
		cmocka_unit_test(a_tree_of_two_names_is_walked_once),
		cmocka_unit_test(links_lead_to_files_and_into_no_loop),
		cmocka_unit_test(the_walk_goes_sixteen_folders_deep),
	};

	return cmocka_run_group_tests_name("module_files", tests, folder_setup,
					   folder_teardown);
}
