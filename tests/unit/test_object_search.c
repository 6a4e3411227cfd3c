/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "symbolize/object_search.h"

#include <stdbool.h>
#include <sys/stat.h>
#include <zlib.h>

#include "tests/support/elf_maker.h"
#include "tests/support/folder_maker.h"

#define ID    "aa11223344556677889900112233445566778899"
#define OTHER "bb11223344556677889900112233445566778899"
#define THIRD "cc11223344556677889900112233445566778899"

static struct build_id id_of(const char *text)
{
	struct build_id id = {.length = strlen(text) / 2};

	for (size_t i = 0; i < id.length; i++) {
		unsigned byte;

		assert_int_equal(sscanf(text + 2 * i, "%2x", &byte), 1);
		id.bytes[i] = (unsigned char)byte;
	}
	return id;
}

static void keep_note(void *context, const char *text)
{
	strcat(strcat(context, text), "\n");
}

static char notes[2048];
static struct reason why;

/* The path of what is found, or "none"; notes and why tell the rest. */
static const char *found_by(struct object_search *search, const char *module,
			    const char *wanted)
{
	static char path[1024];
	struct object_file file = {0};
	struct build_id id = {0};

	if (wanted)
		id = id_of(wanted);
	notes[0] = '\0';
	why = (struct reason){0};
	strcpy(path, "none");
	if (object_search_open(search, module, wanted ? &id : NULL, &file,
			       keep_note, notes, &why))
		snprintf(path, sizeof(path), "%s", file.path);
	else
		assert_true(why.text[0]);
	object_file_close(&file);
	return path;
}

static const char *found(const struct search_options *options,
			 const char *module, const char *wanted)
{
	struct object_search *search = object_search_create(options);
	const char *path = found_by(search, module, wanted);

	object_search_destroy(search);
	return path;
}

/* With one --debug-dir, for release 6.12. */
static const char *found_in(const char *directory, const char *module,
			    const char *wanted)
{
	const char *directories[] = {directory, NULL};
	const struct search_options options = {
		.directories = directories,
		.release = "6.12",
	};

	return found(&options, module, wanted);
}

/* In the usual places below a folder. */
static const char *found_below(const char *root, const char *module,
			       const char *wanted)
{
	const struct search_options options = {
		.release = "6.12",
		.usual_places = true,
		.root = root,
	};

	return found(&options, module, wanted);
}

static void the_named_vmlinux_is_the_only_one_looked_at(void **state)
{
	const char *directories[] = {"named", NULL};
	struct search_options options = {
		.vmlinux = "named/mine",
		.directories = directories,
		.release = "6.12",
	};

	(void)state;
	elf_kernel("named/mine", OTHER, true);
	elf_kernel("named/vmlinux", ID, true);
	assert_string_equal(found(&options, NULL, OTHER), "named/mine");
	assert_string_equal(found(&options, NULL, NULL), "named/mine");
	assert_string_equal(found(&options, NULL, ID), "none");
	assert_string_equal(why.text,
			    "'named/mine' is not of this kernel: its build id "
			    "is " OTHER ", the capture's is " ID);
	assert_text_has(notes, why.text);
	options.vmlinux = "named/not there";
	assert_string_equal(found(&options, NULL, ID), "none");
	assert_string_equal(why.text, "cannot open 'named/not there': "
				      "No such file or directory");
	assert_string_equal(notes, "");
}

static void a_module_is_no_kernel_and_a_kernel_no_module(void **state)
{
	const struct search_options options = {.vmlinux = "kind/vmlinux"};

	(void)state;
	elf_module("kind/vmlinux", ID, true);
	elf_kernel("kind/m.ko", ID, true);
	assert_string_equal(found(&options, NULL, NULL), "none");
	assert_string_equal(why.text, "'kind/vmlinux' is a module or an "
				      "unlinked object, no kernel");
	assert_string_equal(found_in("kind", "m", ID), "none");
	assert_text_has(why.text, "'kind/m.ko' is a linked program, no module");
}

static void a_kernel_is_found_by_its_names(void **state)
{
	static const char *const names[] = {
		"vmlinux-6.12",
		"vmlinux-6.12.debug",
		"vmlinux",
		"vmlinux.debug",
		"build/vmlinux",
		"6.12/vmlinux",
		"boot/vmlinux-6.12",
		"lib/modules/6.12/vmlinux",
		"lib/modules/6.12/build/vmlinux",
		"usr/lib/debug/boot/vmlinux-6.12",
		"usr/lib/debug/lib/modules/6.12/vmlinux",
	};
	char path[200];

	(void)state;
	/* The last one first: each later one is preferred. */
	for (size_t i = TEST_COUNT(names); i-- > 0;) {
		snprintf(path, sizeof(path), "kernels/%s", names[i]);
		elf_kernel(path, NULL, true);
		assert_string_equal(found_in("kernels", NULL, NULL), path);
	}
}

static void a_packed_kernel_is_found(void **state)
{
	struct made_elf made = elf_make(&(struct elf_recipe){.build_id = ID});
	gzFile file;

	(void)state;
	folder_file("packed/boot/readme", "");
	file = gzopen("packed/boot/vmlinux-6.12.gz", "wb");
	assert_non_null(file);
	gzwrite(file, made.bytes, (unsigned)made.length);
	gzclose(file);
	assert_string_equal(found_in("packed", NULL, ID),
			    "packed/boot/vmlinux-6.12.gz");
	free(made.bytes);
}

static void the_build_id_decides_and_not_the_name(void **state)
{
	(void)state;
	elf_kernel("ids/vmlinux-6.12", OTHER, true);
	elf_kernel("ids/vmlinux", NULL, true);
	elf_kernel("ids/boot/vmlinux-6.12", ID, true);
	assert_string_equal(found_in("ids", NULL, ID), "ids/boot/vmlinux-6.12");
	assert_string_equal(notes, "");
	assert_string_equal(found_in("ids", NULL, OTHER), "ids/vmlinux-6.12");
	/* What has no build id is not known to be another's. */
	assert_string_equal(found_in("ids", NULL, THIRD), "ids/vmlinux");
	assert_string_equal(found_in("ids", NULL, NULL), "ids/vmlinux-6.12");
}

static void a_kernel_of_another_build_is_told_and_not_taken(void **state)
{
	(void)state;
	elf_kernel("wrong/vmlinux-6.12", OTHER, true);
	assert_string_equal(found_in("wrong", NULL, ID), "none");
	assert_string_equal(notes,
			    "'wrong/vmlinux-6.12' is not of this kernel: its "
			    "build id is " OTHER ", the capture's is " ID "\n");
}

static void a_file_with_debug_information_is_preferred(void **state)
{
	(void)state;
	elf_kernel("strip/vmlinux-6.12", ID, false);
	assert_string_equal(found_in("strip", NULL, ID), "strip/vmlinux-6.12");
	elf_kernel("strip/boot/vmlinux-6.12", ID, true);
	assert_string_equal(found_in("strip", NULL, ID),
			    "strip/boot/vmlinux-6.12");
	assert_string_equal(found_in("strip", NULL, NULL),
			    "strip/boot/vmlinux-6.12");
}

static void any_vmlinux_of_a_folder_is_taken_when_its_build_id_is(void **state)
{
	(void)state;
	elf_kernel("any/vmlinux-6.1", OTHER, true);
	assert_string_equal(found_in("any", NULL, NULL), "any/vmlinux-6.1");
	folder_file("any/vmlinux.map", "");
	elf_module("any/vmlinux.o", NULL, true);
	assert_string_equal(found_in("any", NULL, NULL), "any/vmlinux-6.1");
	elf_kernel("any/vmlinux-6.12.9", ID, true);
	elf_kernel("any/vmlinux-6.2", NULL, true);
	assert_string_equal(found_in("any", NULL, ID), "any/vmlinux-6.12.9");
	/* Of several, one without a build id is a guess. */
	assert_string_equal(found_in("any", NULL, THIRD), "none");
	assert_string_equal(found_in("any", NULL, NULL), "none");
	assert_string_equal(why.text,
			    "found no vmlinux of kernel 6.12 in 'any'; 'any' "
			    "has several files that may be the kernel's; "
			    "--vmlinux chooses one");
}

static void build_id_trees_are_searched_first(void **state)
{
	(void)state;
	elf_kernel("tree/.build-id/aa/"
		   "11223344556677889900112233445566778899"
		   ".debug",
		   ID, true);
	elf_kernel("tree/vmlinux-6.12", ID, true);
	assert_string_equal(found_in("tree", NULL, ID),
			    "tree/.build-id/aa/"
			    "11223344556677889900112233445566778899.debug");
	elf_module("tree/usr/lib/debug/.build-id/bb/"
		   "11223344556677889900112233445566778899.debug",
		   OTHER, true);
	assert_string_equal(found_in("tree", "m", OTHER),
			    "tree/usr/lib/debug/.build-id/bb/"
			    "11223344556677889900112233445566778899.debug");
	/* A tree may be out of date, or not ours. */
	elf_kernel("tree/.build-id/cc/11223344556677889900112233445566778899",
		   OTHER, true);
	assert_string_equal(found_in("tree", NULL, THIRD), "none");
}

static void a_stripped_file_leads_to_its_debug_information(void **state)
{
	(void)state;
	elf_module("lead/lib/modules/6.12/kernel/m.ko", ID, false);
	assert_string_equal(found_below("lead", "m", NULL),
			    "lead/lib/modules/6.12/kernel/m.ko");
	elf_module("lead/usr/lib/debug/.build-id/aa/"
		   "11223344556677889900112233445566778899.debug",
		   ID, true);
	assert_string_equal(found_below("lead", "m", NULL),
			    "lead/usr/lib/debug/.build-id/aa/"
			    "11223344556677889900112233445566778899.debug");
	elf_kernel("lead/boot/vmlinux-6.12", OTHER, false);
	elf_kernel("lead/usr/lib/debug/.build-id/bb/"
		   "11223344556677889900112233445566778899.debug",
		   OTHER, true);
	assert_string_equal(found_below("lead", NULL, NULL),
			    "lead/usr/lib/debug/.build-id/bb/"
			    "11223344556677889900112233445566778899.debug");
}

static void modules_are_found_where_the_release_is(void **state)
{
	(void)state;
	elf_module("root/lib/modules/6.12/kernel/fs/my-fs.ko", ID, false);
	elf_module(
		"root/usr/lib/debug/lib/modules/6.12/kernel/fs/my-fs.ko.debug",
		ID, true);
	elf_module("root/lib/modules/6.1/kernel/fs/old.ko", ID, true);
	assert_string_equal(found_below("root", "my_fs", ID),
			    "root/usr/lib/debug/lib/modules/6.12/kernel/fs/"
			    "my-fs.ko.debug");
	assert_string_equal(found_in("root", "my_fs", NULL),
			    "root/usr/lib/debug/lib/modules/6.12/kernel/fs/"
			    "my-fs.ko.debug");
	assert_string_equal(found_in("root/lib/modules", "my_fs", NULL),
			    "root/lib/modules/6.12/kernel/fs/my-fs.ko");
	/* Those of another kernel are not looked at. */
	assert_string_equal(found_in("root", "old", ID), "none");
	assert_string_equal(found_below("root", "old", ID), "none");
	assert_string_equal(why.text,
			    "found no file of module old (build id " ID
			    ") where debuggers look");
	/* Without its layout a folder is searched as it is. */
	assert_string_equal(found_in("root/lib/modules/6.1/kernel", "old", ID),
			    "root/lib/modules/6.1/kernel/fs/old.ko");
}

static void of_rivals_the_one_that_was_loaded_is_taken(void **state)
{
	(void)state;
	elf_module("rivals/lib/modules/6.12/updates/m.ko", OTHER, true);
	elf_module("rivals/lib/modules/6.12/kernel/m.ko", ID, true);
	assert_string_equal(found_below("rivals", "m", ID),
			    "rivals/lib/modules/6.12/kernel/m.ko");
	assert_string_equal(notes, "");
	assert_string_equal(found_below("rivals", "m", NULL),
			    "rivals/lib/modules/6.12/updates/m.ko");
	assert_string_equal(found_below("rivals", "m", THIRD), "none");
	assert_string_equal(notes,
			    "'rivals/lib/modules/6.12/updates/m.ko' is not the "
			    "module m that was loaded: its build id is " OTHER
			    ", the capture's is " THIRD "\n");
}

static void a_folder_that_was_given_is_before_the_usual_places(void **state)
{
	const char *directories[] = {"given", NULL};
	const struct search_options options = {
		.directories = directories,
		.release = "6.12",
		.usual_places = true,
		.root = "usual",
	};

	(void)state;
	elf_kernel("usual/boot/vmlinux-6.12", ID, true);
	elf_module("usual/lib/modules/6.12/m.ko", ID, true);
	folder_file("given/readme", "");
	assert_string_equal(found(&options, NULL, ID),
			    "usual/boot/vmlinux-6.12");
	assert_string_equal(found(&options, "m", NULL),
			    "usual/lib/modules/6.12/m.ko");
	elf_kernel("given/vmlinux", ID, true);
	elf_module("given/m.ko", ID, true);
	assert_string_equal(found(&options, NULL, ID), "given/vmlinux");
	assert_string_equal(found(&options, "m", NULL), "given/m.ko");
}

static void a_release_never_leads_out_of_the_places(void **state)
{
	struct search_options options = {
		.release = "../../secret",
		.usual_places = true,
		.root = "out",
	};

	(void)state;
	elf_kernel("out/secret/vmlinux", ID, true);
	folder_file("out/lib/modules/readme", "");
	folder_file("out/usr/lib/modules/readme", "");
	assert_string_equal(found(&options, NULL, NULL), "none");
	options.release = "a/../../../secret";
	folder_file("out/lib/modules/a/readme", "");
	assert_string_equal(found(&options, NULL, NULL), "none");
	options.release = "..";
	elf_kernel("out/lib/vmlinux", ID, true);
	assert_string_equal(found(&options, NULL, NULL), "none");
	options.release = NULL;
	elf_kernel("out/boot/vmlinux-", ID, true);
	assert_string_equal(found(&options, NULL, NULL), "none");
	assert_string_equal(why.text, "found no vmlinux where debuggers look");
}

static void a_bad_directory_or_file_is_told_when_nothing_is_found(void **state)
{
	(void)state;
	assert_string_equal(found_in("nowhere", NULL, NULL), "none");
	assert_string_equal(why.text,
			    "found no vmlinux of kernel 6.12 in 'nowhere'; "
			    "cannot open 'nowhere': No such file or directory");
	folder_file("bad/vmlinux", "text");
	assert_string_equal(found_in("bad/vmlinux", "m", NULL), "none");
	assert_text_has(why.text, "'bad/vmlinux' is not a directory");
	assert_string_equal(found_in("bad", NULL, NULL), "none");
	assert_text_has(why.text, "; 'bad/vmlinux' is not an ELF file");
}

static void trees_are_walked_once_for_all_modules(void **state)
{
	const char *directories[] = {"once", NULL};
	const struct search_options options = {.directories = directories};
	struct object_search *search = object_search_create(&options);

	(void)state;
	elf_module("once/a.ko", ID, true);
	assert_string_equal(found_by(search, "a", NULL), "once/a.ko");
	elf_module("once/b.ko", ID, true);
	assert_string_equal(found_by(search, "b", NULL), "none");
	object_search_destroy(search);
}

/* One that tells its release, as files do that are not of debug alone. */
static void elf_of_release(const char *path, bool module, const char *build_id,
			   const char *release)
{
	char text[100];
	const struct made_section sections[] = {
		{.name = module ? ".modinfo" : ".rodata",
		 .type = SHT_PROGBITS,
		 .bytes = text,
		 .size = sizeof(text)},
		{0},
	};

	memset(text, 0, sizeof(text));
	snprintf(text, sizeof(text),
		 module ? "vermagic=%s SMP" : "Linux version %s (me)", release);
	elf_file(path, &(struct elf_recipe){
			       .type = module ? ET_REL : ET_EXEC,
			       .build_id = build_id,
			       .debug_info = true,
			       .symbols = true,
			       .sections = sections,
		       });
}

static void a_kernel_of_another_release_is_told_and_not_taken(void **state)
{
	static const char told[] = "'other/vmlinux' is of kernel 6.12.117-lab, "
				   "not of 6.12, which ran";
	struct search_options options = {
		.vmlinux = "other/vmlinux",
		.release = "6.12",
	};

	(void)state;
	elf_of_release("other/vmlinux", false, ID, "6.12.117-lab");
	assert_string_equal(found(&options, NULL, NULL), "none");
	assert_string_equal(why.text, told);
	assert_text_has(notes, told);
	assert_string_equal(found_in("other", NULL, NULL), "none");
	assert_text_has(notes, told);
	/* The build id knows better, and where nothing ran nothing differs. */
	assert_string_equal(found(&options, NULL, ID), "other/vmlinux");
	options.release = NULL;
	assert_string_equal(found(&options, NULL, NULL), "other/vmlinux");
	options.release = "6.12.117-lab";
	assert_string_equal(found(&options, NULL, NULL), "other/vmlinux");
	/* Without a build id of its own, a file can still tell. */
	elf_of_release("other/vmlinux", false, NULL, "6.11");
	assert_string_equal(found(&options, NULL, OTHER), "none");
	assert_text_has(why.text, "is of kernel 6.11, not of 6.12.117-lab");
}

static void a_module_of_another_release_is_passed_over(void **state)
{
	(void)state;
	elf_of_release("point/a/m.ko", true, NULL, "6.11");
	elf_of_release("point/b/m.ko", true, NULL, "6.12");
	assert_string_equal(found_in("point", "m", NULL), "point/b/m.ko");
	assert_string_equal(found_in("point/a", "m", NULL), "none");
	assert_text_has(notes, "'point/a/m.ko' is of kernel 6.11, not of 6.12, "
			       "which ran");
	/* Of debug information alone it does not tell. */
	elf_module("point/c/m.ko.debug", NULL, true);
	assert_string_equal(found_in("point/c", "m", NULL),
			    "point/c/m.ko.debug");
}

static void a_module_that_is_linked_from_another_release_is_taken(void **state)
{
	(void)state;
	elf_of_release("kept/weak-updates/m.ko", true, NULL, "6.11");
	assert_string_equal(found_in("kept", "m", NULL),
			    "kept/weak-updates/m.ko");
}

static void a_module_for_another_machine_is_told_and_not_taken(void **state)
{
	const char *directories[] = {"machine", NULL};
	const struct search_options options = {.directories = directories};
	struct object_search *search = object_search_create(&options);

	(void)state;
	elf_file("machine/m.ko", &(struct elf_recipe){.narrow = true,
						      .type = ET_REL,
						      .debug_info = true});
	elf_module("machine/n.ko", NULL, true);
	/* Before the kernel's is known any will do. */
	assert_string_equal(found_by(search, "m", NULL), "machine/m.ko");
	elf_kernel("machine/vmlinux", NULL, true);
	assert_string_equal(found_by(search, NULL, NULL), "machine/vmlinux");
	assert_string_equal(found_by(search, "m", NULL), "none");
	assert_text_has(notes, "'machine/m.ko' is for another machine than the "
			       "kernel (ELF machine 3, not 62)");
	assert_string_equal(found_by(search, "n", NULL), "machine/n.ko");
	object_search_destroy(search);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_named_vmlinux_is_the_only_one_looked_at),
		cmocka_unit_test(a_module_is_no_kernel_and_a_kernel_no_module),
		cmocka_unit_test(a_kernel_is_found_by_its_names),
		cmocka_unit_test(a_packed_kernel_is_found),
		cmocka_unit_test(the_build_id_decides_and_not_the_name),
		cmocka_unit_test(
			a_kernel_of_another_build_is_told_and_not_taken),
		cmocka_unit_test(a_file_with_debug_information_is_preferred),
		cmocka_unit_test(
			any_vmlinux_of_a_folder_is_taken_when_its_build_id_is),
		cmocka_unit_test(build_id_trees_are_searched_first),
		cmocka_unit_test(
			a_stripped_file_leads_to_its_debug_information),
		cmocka_unit_test(modules_are_found_where_the_release_is),
		cmocka_unit_test(of_rivals_the_one_that_was_loaded_is_taken),
		cmocka_unit_test(
			a_folder_that_was_given_is_before_the_usual_places),
		cmocka_unit_test(a_release_never_leads_out_of_the_places),
		cmocka_unit_test(
			a_bad_directory_or_file_is_told_when_nothing_is_found),
		cmocka_unit_test(
			a_kernel_of_another_release_is_told_and_not_taken),
		cmocka_unit_test(a_module_of_another_release_is_passed_over),
		cmocka_unit_test(
			a_module_that_is_linked_from_another_release_is_taken),
		cmocka_unit_test(
			a_module_for_another_machine_is_told_and_not_taken),
		cmocka_unit_test(trees_are_walked_once_for_all_modules),
	};

	return cmocka_run_group_tests_name("object_search", tests, folder_setup,
					   folder_teardown);
}
