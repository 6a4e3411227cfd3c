/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input/package.h"
#include "tests/support/archive_maker.h"
#include "tests/support/folder_maker.h"
#include "tests/support/text_buffer.h"

#define OWNER "sys/kernel/debug/page_owner"

static struct package *open_package(const char *path)
{
	struct package *package = NULL;
	struct error err = {0};

	if (!package_open(path, NULL, &package, &err))
		fail_msg("%s", err.text);
	return package;
}

/* The text of the present member, and what was lost of it. */
static void tell_member(struct package *package, struct text_buffer *told)
{
	struct source *source = NULL;
	struct error err = {0};
	char text[4096];
	size_t got;

	if (!package_member(package, &source, &err)) {
		text_buffer_format(told, "!%s", err.text);
		return;
	}
	while (source_read(source, text, sizeof(text), &got, &err) && got)
		text_buffer_add(told, (struct span){text, got});
	if (source_loss(source)->text[0])
		text_buffer_format(told, "!%s", source_loss(source)->text);
}

/* All members as "PATH=TEXT;"; with `read` 0 none, with 1 all, 2 each other. */
static char *tell_members(struct package *package, unsigned read)
{
	struct text_buffer told = {0};
	const struct member *member;
	struct error err = {0};
	unsigned count = 0;

	text_buffer_add(&told, SPAN(""));
	while (true) {
		if (!package_next(package, &member, &err))
			fail_msg("%s", err.text);
		if (!member)
			break;
		text_buffer_format(&told, "%s=", member->path);
		if (read && count++ % read == 0)
			tell_member(package, &told);
		text_buffer_add(&told, SPAN(";"));
	}
	/* The end stays the end. */
	assert_true(package_next(package, &member, &err));
	assert_null(member);
	text_buffer_add(&told, (struct span){"", 1});
	return told.at;
}

static void expect_members(struct package *package, const char *expected,
			   const char *loss)
{
	char *told = tell_members(package, 1);

	assert_string_equal(told, expected);
	assert_string_equal(package_loss(package), loss);
	free(told);
}

static void expect_package(const char *path, enum package_kind kind,
			   const char *expected)
{
	struct package *package = open_package(path);

	assert_int_equal(package_kind(package), kind);
	expect_members(package, expected, "");
	package_close(package);
}

static void expect_refusal(const char *path, enum error_code code,
			   const char *text)
{
	struct package *package = NULL;
	struct error err = {0};

	assert_false(package_open(path, NULL, &package, &err));
	assert_null(package);
	assert_int_equal(err.code, code);
	assert_string_equal(err.text, text);
}

static void expect_member(struct package *package, const char *path,
			  const char *root, const char *own, const char *format)
{
	const struct member *member;
	struct error err = {0};

	assert_true(package_next(package, &member, &err));
	assert_non_null(member);
	assert_string_equal(member->path, path);
	assert_span(member->root, root);
	assert_span(member->own, own);
	assert_string_equal(member->format ? member->format->name : "", format);
}

/* Put fd in the place of standard input; undone by restore_stdin(). */
static int replace_stdin(int fd)
{
	int saved = dup(STDIN_FILENO);

	assert_true(saved >= 0 && fd >= 0);
	assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	close(fd);
	return saved;
}

static void restore_stdin(int saved)
{
	assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
	close(saved);
}

/* A pipe that has these bytes in it. */
static int make_pipe(const char *bytes, size_t length)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], bytes, length), length);
	close(ends[1]);
	return ends[0];
}

/* ---- files ---- */

static void a_file_is_one_member_and_stays_plain(void **state)
{
	struct package *package;
	const struct member *member;
	struct source *source;
	struct error err = {0};
	uint64_t size;
	int fd;

	(void)state;
	folder_file("old.txt", "some text");
	package = open_package("old.txt");
	assert_int_equal(package_kind(package), PACKAGE_FILE);
	assert_true(package_next(package, &member, &err));
	assert_string_equal(member->path, "old.txt");
	assert_null(member->format);
	assert_u64(member->size, 9);
	assert_true(package_member(package, &source, &err));
	assert_true(source_plain(source, &fd, &size));
	assert_u64(size, 9);
	assert_true(package_next(package, &member, &err));
	assert_null(member);
	assert_true(package_can_rewind(package));
	assert_true(package_rewind(package, &err));
	expect_members(package, "old.txt=some text;", "");
	assert_true(package_rewind(package, &err));
	expect_members(package, "old.txt=some text;", "");
	package_close(package);
}

static void the_path_of_a_file_tells_its_format_and_root(void **state)
{
	struct package *package;

	(void)state;
	folder_file("t1/" OWNER ".txt", "x");
	package = open_package("./t1/" OWNER ".txt");
	expect_member(package, "./t1/" OWNER ".txt", "./t1/", OWNER,
		      "page_owner");
	package_close(package);
}

static void what_cannot_be_opened_is_refused(void **state)
{
	(void)state;
	expect_refusal("none", ERROR_IO,
		       "cannot open 'none': No such file or directory");
	folder_file("x.zip", "PK\x03\x04");
	expect_refusal("x.zip", ERROR_FORMAT,
		       "'x.zip' is a zip archive; unpack it first: unzip -p "
		       "x.zip | pageowl top -");
}

static void garbage_and_nothing_are_files_too(void **state)
{
	char garbage[65];

	(void)state;
	for (size_t i = 0; i < 64; i++)
		garbage[i] = (char)(i * 37 + 1);
	garbage[64] = '\0';
	folder_file("garbage", garbage);
	folder_file("empty", "");
	expect_package("empty", PACKAGE_FILE, "empty=;");
	{
		char expected[128];

		snprintf(expected, sizeof(expected), "garbage=%s;", garbage);
		expect_package("garbage", PACKAGE_FILE, expected);
	}
}

static void text_on_a_pipe_is_one_member_read_once(void **state)
{
	int saved = replace_stdin(make_pipe("text", 4));
	struct package *package = open_package("-");
	struct error err = {0};

	(void)state;
	assert_int_equal(package_kind(package), PACKAGE_FILE);
	/* Nothing was taken yet. */
	assert_false(package_can_rewind(package));
	assert_true(package_rewind(package, &err));
	expect_members(package, "-=text;", "");
	assert_false(package_rewind(package, &err));
	assert_string_equal(err.text,
			    "a pipe cannot be read from its start again");
	package_close(package);
	restore_stdin(saved);
}

static void a_file_on_standard_input_is_read_from_where_it_stood(void **state)
{
	struct package *package;
	struct error err = {0};
	int saved, fd;

	(void)state;
	folder_file("file", "read before, text");
	fd = open("file", O_RDONLY);
	assert_int_equal(lseek(fd, 13, SEEK_SET), 13);
	saved = replace_stdin(fd);
	package = open_package("-");
	assert_true(package_can_rewind(package));
	expect_members(package, "-=text;", "");
	assert_true(package_rewind(package, &err));
	expect_members(package, "-=text;", "");
	package_close(package);
	restore_stdin(saved);
}

/* ---- folders ---- */

static void a_folder_with_the_kernels_paths_is_a_capture(void **state)
{
	struct package *package;
	const struct member *member;
	struct error err = {0};

	(void)state;
	folder_file("t1/" OWNER ".txt", "text");
	folder_file("t1/notes", "no");
	package = open_package("t1");
	assert_int_equal(package_kind(package), PACKAGE_FOLDER);
	expect_member(package, OWNER ".txt", "", OWNER, "page_owner");
	assert_true(package_next(package, &member, &err));
	assert_null(member);
	assert_true(package_can_rewind(package));
	assert_true(package_rewind(package, &err));
	expect_members(package, OWNER ".txt=text;", "");
	package_close(package);
}

static void the_root_of_a_capture_may_be_two_folders_down(void **state)
{
	struct package *package;

	(void)state;
	folder_file("case/notes", "no");
	folder_file("case/sos-x/" OWNER, "text");
	folder_file("case/empty/x/y", "no");
	package = open_package("case");
	expect_member(package, "sos-x/" OWNER, "sos-x/", OWNER, "page_owner");
	package_close(package);
	package = open_package(".");
	expect_member(package, "case/sos-x/" OWNER, "case/sos-x/", OWNER,
		      "page_owner");
	package_close(package);
}

static void a_folder_may_be_a_piece_of_the_kernels_tree(void **state)
{
	struct package *package;

	(void)state;
	folder_file("t2/" OWNER, "pages");
	folder_file("t2/sys/kernel/debug/slab/x/alloc_traces", "objects");
	expect_package("t2/sys", PACKAGE_FOLDER,
		       "kernel/debug/page_owner=pages;"
		       "kernel/debug/slab/x/alloc_traces=objects;");
	expect_package("t2/sys/kernel/debug", PACKAGE_FOLDER,
		       "page_owner=pages;slab/x/alloc_traces=objects;");
	package = open_package("t2/sys/kernel/debug/slab");
	expect_member(package, "x/alloc_traces", "", "x/alloc_traces",
		      "slab_traces");
	package_close(package);
}

static void a_folder_of_captures_is_not_one_of_caches(void **state)
{
	(void)state;
	folder_file("t1/alloc_traces", "objects");
	folder_file("t1/" OWNER, "pages");
	expect_package(".", PACKAGE_FOLDER,
		       "t1/" OWNER "=pages;t1/alloc_traces=objects;");
}

static void a_folder_of_several_captures_is_refused(void **state)
{
	(void)state;
	folder_file("all/t2/" OWNER, "");
	folder_file("all/t1/" OWNER, "");
	expect_refusal("all", ERROR_USAGE,
		       "'all' holds several captures: 't1', 't2'; name one of "
		       "them");
	folder_file("all/t\n3/" OWNER, "");
	folder_file("all/t4/" OWNER, "");
	expect_refusal("all", ERROR_USAGE,
		       "'all' holds several captures: 't\\n3', 't1', 't2', …; "
		       "name one of them");
}

static void expect_loss(const char *path, const char *expected,
			const char *loss)
{
	struct package *package = open_package(path);

	expect_members(package, expected, loss);
	package_close(package);
}

static void what_links_outside_of_the_folder_is_not_read(void **state)
{
	(void)state;
	folder_file("secret", "s");
	folder_file("cx/secret", "s");
	folder_file("elsewhere/x/alloc_traces", "objects");
	folder_file("c/proc/meminfo", "here");
	folder_link("c/proc/slabinfo", "../../secret");
	folder_link("c/proc/vmstat", "../../cx/secret");
	folder_link("c/sys/kernel/debug/slab", "../../../../elsewhere");
	folder_file("c/data/zones", "zones");
	folder_link("c/proc/zoneinfo", "../data/zones");
	expect_loss("c", "proc/meminfo=here;proc/zoneinfo=zones;",
		    "not read, outside of the folder: 'proc/slabinfo', "
		    "'proc/vmstat', 'sys/kernel/debug/slab/x/alloc_traces'");
	/* The folder may be a link itself. */
	folder_link("other", "c");
	expect_loss("other", "proc/meminfo=here;proc/zoneinfo=zones;",
		    "not read, outside of the folder: 'proc/slabinfo', "
		    "'proc/vmstat', 'sys/kernel/debug/slab/x/alloc_traces'");
}

static void what_links_outside_of_a_flat_folder_is_not_read(void **state)
{
	(void)state;
	folder_file("secret", "s");
	folder_file("d/here", "here");
	folder_link("d/near", "here");
	folder_link("d/a", "../secret");
	folder_link("d/b", "../secret");
	folder_link("d/c", "../secret");
	folder_link("d/meminfo", "../secret");
	expect_loss("d", "here=here;near=here;",
		    "not read, outside of the folder: 'a', 'b', 'c' and 1 "
		    "more");
}

static void what_is_no_file_in_the_place_of_one_is_told(void **state)
{
	(void)state;
	folder_file("c/proc/vmstat", "here");
	assert_int_equal(mkfifo("c/proc/meminfo", 0644), 0);
	folder_file("c/proc/slabinfo/x", "");
	/* A folder may have any name elsewhere. */
	folder_file("c/modules/x", "");
	expect_loss("c", "proc/vmstat=here;",
		    "not read, no regular file: 'proc/meminfo', "
		    "'proc/slabinfo'");
	assert_int_equal(unlink("c/proc/vmstat"), 0);
	expect_loss("c", "",
		    "not read, no regular file: 'proc/meminfo', "
		    "'proc/slabinfo'");
	assert_int_equal(mkdir("flat", 0755), 0);
	assert_int_equal(mkdir("flat/modules", 0755), 0);
	assert_int_equal(mkfifo("flat/meminfo", 0644), 0);
	assert_int_equal(mkfifo("flat/other", 0644), 0);
	expect_loss("flat", "", "not read, no regular file: 'meminfo'");
}

static void a_link_beside_a_capture_is_not_another_one(void **state)
{
	(void)state;
	folder_file("all/t1/" OWNER, "text");
	folder_link("all/latest", "t1");
	folder_link("all/loop", "..");
	expect_package("all", PACKAGE_FOLDER, "t1/" OWNER "=text;");
}

static void a_flat_folder_has_all_its_files_the_known_ones_first(void **state)
{
	struct package *package;

	(void)state;
	folder_file("flat/b note", "2");
	folder_file("flat/a note", "1");
	folder_file("flat/page_owner.txt", "3");
	folder_file("flat/below/note", "no");
	folder_link("flat/c note", "a note");
	assert_int_equal(mkfifo("flat/fifo", 0644), 0);
	expect_package("flat", PACKAGE_FOLDER,
		       "page_owner.txt=3;a note=1;b note=2;c note=1;");
	package = open_package("flat");
	expect_member(package, "page_owner.txt", "", "page_owner",
		      "page_owner");
	expect_member(package, "a note", "", "", "");
	package_close(package);
}

static void the_same_file_twice_in_a_flat_folder_is_told(void **state)
{
	struct package *package;

	(void)state;
	folder_file("flat/page_owner.dump", "1");
	folder_file("flat/page_owner.txt", "1");
	package = open_package("flat");
	expect_members(package, "page_owner.dump=1;",
		       "'page_owner.txt' is passed over, the same is there "
		       "under another suffix");
	package_close(package);
}

static void a_folder_is_searched_for_what_is_wanted_only(void **state)
{
	static const char *const wanted[] = {"uptime", "status", NULL};
	const struct package_options options = {
		.wanted = wanted,
		.processes = true,
	};
	struct package *package = NULL;
	struct error err = {0};

	(void)state;
	folder_file("c/proc/uptime", "1");
	folder_file("c/proc/meminfo", "2");
	folder_file("c/proc/7/status", "3");
	folder_file("c/proc/7/comm", "4");
	folder_file("c/" OWNER, "5");
	if (!package_open("c", &options, &package, &err))
		fail_msg("%s", err.text);
	expect_members(package, "proc/uptime=1;proc/7/status=3;", "");
	package_close(package);
}

static void an_empty_folder_has_no_members(void **state)
{
	(void)state;
	assert_int_equal(mkdir("none", 0755), 0);
	expect_package("none", PACKAGE_FOLDER, "");
}

static void of_too_many_files_the_first_are_read(void **state)
{
	struct package *package;
	char *told, path[32];

	(void)state;
	for (unsigned i = 0; i < 4098; i++) {
		snprintf(path, sizeof(path), "many/n%05u", i);
		folder_file(path, "");
	}
	package = open_package("many");
	told = tell_members(package, 0);
	assert_int_equal(strlen(told), 4096 * strlen("n00000=;"));
	assert_string_equal(package_loss(package),
			    "of 4098 files only the first 4096 are read");
	free(told);
	package_close(package);
}

static void a_member_that_has_gone_fails_alone(void **state)
{
	struct package *package;

	(void)state;
	folder_file("flat/a", "1");
	folder_file("flat/b", "2");
	folder_file("flat/c", "3");
	package = open_package("flat");
	assert_int_equal(unlink("flat/a"), 0);
	assert_int_equal(unlink("flat/b"), 0);
	assert_int_equal(mkfifo("flat/b", 0644), 0);
	expect_members(package,
		       "a=!cannot open 'a': No such file or directory;"
		       "b=!cannot open 'b': it is no file any more;c=3;",
		       "");
	package_close(package);
}

/* ---- archives ---- */

#ifdef HAVE_ARCHIVE

static void make_archive(const char *format, const char *filter,
			 const struct made_entry *entries, const char *path)
{
	struct made_archive made;

	made_archive_init(&made, format, filter, entries);
	made_archive_write(&made, made.length, path);
	made_archive_deinit(&made);
}

static const struct made_entry capture[] = {
	{.path = "t1/", .type = AE_IFDIR},
	{.path = "t1/notes", .text = "first"},
	{.path = "t1/empty"},
	{.path = "t1/" OWNER, .text = "second"},
	{NULL},
};

#define CAPTURE_TOLD "t1/notes=first;t1/empty=;t1/" OWNER "=second;"

static void each_kind_of_tar_is_read_in_each_compression(void **state)
{
	static const char *const kinds[] = {"v7tar", "ustar", "gnutar", "pax"};
	static const char *const filters[] = {"none",  "gzip", "xz",
					      "lzma",  "lzip", "zstd",
					      "bzip2", "lz4",  "compress"};

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(kinds); i++) {
		for (size_t k = 0; k < TEST_COUNT(filters); k++) {
			make_archive(kinds[i], filters[k], capture, "t1.tar");
			expect_package("t1.tar", PACKAGE_ARCHIVE, CAPTURE_TOLD);
		}
	}
}

static void a_member_tells_its_path_root_format_and_size(void **state)
{
	struct package *package;
	const struct member *member;
	struct error err = {0};

	(void)state;
	make_archive("ustar", "none", capture, "t1.tar");
	package = open_package("t1.tar");
	expect_member(package, "t1/notes", "", "", "");
	expect_member(package, "t1/empty", "", "", "");
	assert_true(package_next(package, &member, &err));
	assert_span(member->root, "t1/");
	assert_span(member->own, OWNER);
	assert_string_equal(member->format->name, "page_owner");
	assert_u64(member->size, 6);
	package_close(package);
}

static void what_is_not_read_is_passed_over(void **state)
{
	struct package *package;
	char *told;

	(void)state;
	make_archive("pax", "gzip", capture, "t1.tar");
	package = open_package("t1.tar");
	told = tell_members(package, 2);
	assert_string_equal(told,
			    "t1/notes=first;t1/empty=;t1/" OWNER "=second;");
	free(told);
	package_close(package);
	package = open_package("t1.tar");
	told = tell_members(package, 0);
	assert_string_equal(told, "t1/notes=;t1/empty=;t1/" OWNER "=;");
	free(told);
	assert_string_equal(package_loss(package), "");
	package_close(package);
}

static void an_archive_can_be_read_again_unless_it_is_a_pipe(void **state)
{
	struct made_archive made;
	struct package *package;
	struct error err = {0};
	int saved;

	(void)state;
	made_archive_init(&made, "pax", "xz", capture);
	made_archive_write(&made, made.length, "t1.tar");
	package = open_package("t1.tar");
	expect_member(package, "t1/notes", "", "", "");
	assert_true(package_can_rewind(package));
	assert_true(package_rewind(package, &err));
	expect_members(package, CAPTURE_TOLD, "");
	package_close(package);

	saved = replace_stdin(open("t1.tar", O_RDONLY));
	package = open_package("-");
	assert_int_equal(package_kind(package), PACKAGE_ARCHIVE);
	expect_members(package, CAPTURE_TOLD, "");
	assert_true(package_rewind(package, &err));
	expect_members(package, CAPTURE_TOLD, "");
	package_close(package);
	restore_stdin(saved);

	saved = replace_stdin(make_pipe(made.bytes, made.length));
	package = open_package("-");
	assert_int_equal(package_kind(package), PACKAGE_ARCHIVE);
	assert_false(package_can_rewind(package));
	expect_members(package, CAPTURE_TOLD, "");
	assert_false(package_rewind(package, &err));
	package_close(package);
	restore_stdin(saved);
	made_archive_deinit(&made);
}

static void only_regular_files_are_members(void **state)
{
	static const struct made_entry entries[] = {
		{.path = "a", .text = "1"},
		{.path = "soft", .link = "a", .type = AE_IFLNK},
		{.path = "hard", .link = "a"},
		{.path = "fifo", .type = AE_IFIFO},
		{.path = "device", .type = AE_IFCHR},
		{.path = "t1/" OWNER, .link = "a"},
		{.path = "z", .text = "2"},
		{NULL},
	};
	struct package *package;

	(void)state;
	make_archive("pax", "none", entries, "x.tar");
	package = open_package("x.tar");
	expect_members(package, "a=1;z=2;", "1 hard link is passed over");
	package_close(package);
}

static void paths_may_be_absolute_or_lead_up_or_be_long(void **state)
{
	char path[3000], expected[3100];
	const struct made_entry entries[] = {
		{.path = "/" OWNER, .text = "1"},
		{.path = "../../etc/passwd", .text = "2"},
		{.path = path, .text = "3"},
		{NULL},
	};
	struct package *package;

	(void)state;
	memset(path, 'x', sizeof(path));
	for (size_t i = 100; i < sizeof(path); i += 100)
		path[i] = '/';
	strcpy(path + sizeof(path) - 40, "/" OWNER);
	make_archive("pax", "none", entries, "x.tar");
	snprintf(expected, sizeof(expected),
		 "/" OWNER "=1;../../etc/passwd=2;%s=3;", path);
	expect_package("x.tar", PACKAGE_ARCHIVE, expected);
	package = open_package("x.tar");
	expect_member(package, "/" OWNER, "", OWNER, "page_owner");
	package_close(package);
	assert_int_equal(access("etc", F_OK), -1);
}

static void a_name_that_is_not_ascii_stays_as_it_is(void **state)
{
	static const struct made_entry entries[] = {
		{.path = "M\xc3\xbcnchen/a", .text = "1"}, {NULL}};

	(void)state;
	make_archive("ustar", "none", entries, "x.tar");
	expect_package("x.tar", PACKAGE_ARCHIVE, "M\xc3\xbcnchen/a=1;");
}

static void members_may_be_compressed_themselves(void **state)
{
	static const struct made_entry inner[] = {{.path = "x", .text = "text"},
						  {NULL}};
	struct made_archive gzip, xz;

	(void)state;
	made_archive_init(&gzip, "raw", "gzip", inner);
	made_archive_init(&xz, "raw", "xz", inner);
	{
		const struct made_entry entries[] = {
			{.path = "t1/" OWNER ".gz",
			 .text = gzip.bytes,
			 .length = gzip.length},
			{.path = "note.xz",
			 .text = xz.bytes,
			 .length = xz.length},
			{.path = "cut.xz", .text = xz.bytes, .length = 30},
			{NULL}};

		make_archive("pax", "xz", entries, "x.tar.xz");
	}
	expect_package("x.tar.xz", PACKAGE_ARCHIVE,
		       "t1/" OWNER ".gz=text;note.xz=text;"
		       "cut.xz=!compressed data ends early after 0 bytes of "
		       "text;");
	made_archive_deinit(&gzip);
	made_archive_deinit(&xz);
}

static void an_archive_in_an_archive_is_refused_alone(void **state)
{
	struct made_archive inner;

	(void)state;
	made_archive_init(&inner, "pax", "gzip", capture);
	{
		const struct made_entry entries[] = {{.path = "a/t1.tar.gz",
						      .text = inner.bytes,
						      .length = inner.length},
						     {.path = "z", .text = "1"},
						     {NULL}};

		make_archive("pax", "none", entries, "x.tar");
	}
	expect_package("x.tar", PACKAGE_ARCHIVE,
		       "a/t1.tar.gz=!'a/t1.tar.gz' is a tar archive; unpack "
		       "it first: tar -xf a/t1.tar.gz;z=1;");
	made_archive_deinit(&inner);
}

static void holes_of_a_sparse_member_are_zero_bytes(void **state)
{
	struct archive *archive = archive_write_new();
	struct archive_entry *entry = archive_entry_new();
	struct package *package;
	const struct member *member;
	struct source *source;
	struct error err = {0};
	char text[16384];
	size_t got;

	(void)state;
	archive_write_set_format_pax(archive);
	archive_write_open_filename(archive, "sparse.tar");
	archive_entry_set_pathname(entry, "sparse");
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_size(entry, 12000);
	archive_entry_sparse_add_entry(entry, 4096, 4096);
	assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
	memset(text, 0, sizeof(text));
	memset(text + 4096, 'x', 4096);
	assert_int_equal(archive_write_data(archive, text, 12000), 12000);
	archive_entry_free(entry);
	archive_write_free(archive);

	package = open_package("sparse.tar");
	assert_true(package_next(package, &member, &err));
	assert_string_equal(member->path, "sparse");
	assert_true(package_member(package, &source, &err));
	assert_true(source_read(source, text, sizeof(text), &got, &err));
	assert_in_range(got, 8192, 12000);
	for (size_t i = 0; i < got; i++)
		assert_int_equal(text[i], i / 4096 == 1 ? 'x' : 0);
	package_close(package);
}

/* A header of ustar, without its checksum. */
static void make_header(char *header, const char *path, const char *size)
{
	unsigned sum = 0;

	memset(header, 0, 512);
	strcpy(header, path);
	strcpy(header + 100, "0000644");
	strcpy(header + 124, size);
	header[156] = '0';
	memcpy(header + 257, "ustar\00000", 8);
	memset(header + 148, ' ', 8);
	for (size_t i = 0; i < 512; i++)
		sum += (unsigned char)header[i];
	snprintf(header + 148, 8, "%06o", sum);
}

static void write_bytes(const char *path, const char *bytes, size_t length)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

static void a_member_may_claim_to_be_huge(void **state)
{
	char bytes[1536];
	struct package *package;

	(void)state;
	memset(bytes, 'x', sizeof(bytes));
	make_header(bytes, "huge", "77777777777");
	write_bytes("x.tar", bytes, sizeof(bytes));
	package = open_package("x.tar");
	{
		char *told = tell_members(package, 1);

		assert_int_equal(strlen(told), strlen("huge=;") + 1024);
		free(told);
	}
	assert_string_equal(package_loss(package),
			    "the archive ends early within member 1");
	package_close(package);
}

static void a_tar_that_libarchive_refuses_is_named(void **state)
{
	char bytes[1536] = {0};

	(void)state;
	make_header(bytes, "x", "9zx-4+1");
	write_bytes("odd.tar", bytes, sizeof(bytes));
	expect_refusal("odd.tar", ERROR_FORMAT,
		       "odd.tar: a tar archive that libarchive does not know");
}

static void a_damaged_header_is_passed_over_and_told(void **state)
{
	char bytes[512 * 7] = {0};
	struct package *package;

	(void)state;
	make_header(bytes, "a", "00000000001");
	bytes[512] = '1';
	make_header(bytes + 1024, "b", "00000000001");
	bytes[1024] = 'c';
	bytes[1536] = '2';
	make_header(bytes + 2048, "d", "00000000001");
	bytes[2560] = '3';
	write_bytes("x.tar", bytes, sizeof(bytes));
	package = open_package("x.tar");
	expect_members(package, "a=1;d=3;",
		       "the archive is damaged after 1 member, members may be "
		       "missing");
	package_close(package);
}

/* What libarchive makes of it differs; it must come to an end. */
static void headers_of_headers_come_to_an_end(void **state)
{
	static const char types[] = "gxLKVA";
	char *bytes = calloc(20001, 1024);
	struct package *package;

	(void)state;
	assert_non_null(bytes);
	for (size_t i = 0; i + 1 < sizeof(types); i++) {
		char *told;

		for (size_t k = 0; k < 20000; k++) {
			char *header = bytes + k * 1024;
			unsigned sum = 0;

			make_header(header, "x", "00000000001");
			header[156] = types[i];
			memset(header + 148, ' ', 8);
			for (size_t j = 0; j < 512; j++)
				sum += (unsigned char)header[j];
			snprintf(header + 148, 8, "%06o", sum);
			header[512] = '\n';
		}
		write_bytes("x.tar", bytes, (size_t)20001 * 1024);
		package = open_package("x.tar");
		told = tell_members(package, 1);
		assert_true(types[i] == 'A' || package_loss(package)[0] ||
			    !told[0]);
		free(told);
		package_close(package);
	}
	free(bytes);
}

static void the_same_bytes_without_an_end_mark_are_told(void **state)
{
	char bytes[1024] = {0};
	struct package *package;

	(void)state;
	make_header(bytes, "a", "00000000001");
	bytes[512] = '1';
	write_bytes("x.tar", bytes, sizeof(bytes));
	package = open_package("x.tar");
	expect_members(package, "a=1;",
		       "the archive has no end mark, it may have been cut "
		       "after 1 member");
	package_close(package);
}

static void what_follows_the_end_is_told(void **state)
{
	char bytes[512 * 6] = {0};
	struct package *package;

	(void)state;
	make_header(bytes, "a", "00000000001");
	bytes[512] = '1';
	make_header(bytes + 2048, "b", "00000000001");
	write_bytes("x.tar", bytes, sizeof(bytes));
	package = open_package("x.tar");
	expect_members(package, "a=1;",
		       "what follows the end of the archive is ignored");
	package_close(package);
}

/* Enough text that a cut may be anywhere. */
static struct made_archive make_long(const char *filter)
{
	static char text[3][5000];
	struct made_entry entries[4] = {{NULL}};
	struct made_archive made;
	static const char *const paths[] = {"t/a", "t/" OWNER, "t/z"};

	for (size_t i = 0; i < 3; i++) {
		unsigned value = 7 + (unsigned)i;

		for (size_t k = 0; k + 1 < sizeof(text[i]); k++) {
			value = value * 1103515245 + 12345;
			text[i][k] = (char)('a' + (value >> 16) % 26);
		}
		entries[i].path = paths[i];
		entries[i].text = text[i];
	}
	made_archive_init(&made, "pax", filter, entries);
	return made;
}

/* The members of a cut archive are a beginning of those of the whole one. */
static void expect_beginning(const char *whole, size_t at)
{
	struct package *package;
	struct error err = {0};
	size_t length;
	char *told;

	if (!package_open("cut", NULL, &package, &err))
		fail_msg("cut at %zu: %s", at, err.text);
	told = tell_members(package, 1);
	length = strlen(told);
	assert_true(length > 0 && told[length - 1] == ';');
	if (package_kind(package) == PACKAGE_ARCHIVE &&
	    (strncmp(told, whole, length - 1) != 0 ||
	     !package_loss(package)[0]))
		fail_msg("cut at %zu: %s; %s", at, told, package_loss(package));
	free(told);
	package_close(package);
}

static void a_cut_archive_gives_its_beginning_and_tells(void **state)
{
	static const char *const filters[] = {"none", "gzip", "xz", "zstd",
					      "bzip2"};

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(filters); i++) {
		struct made_archive made = make_long(filters[i]);
		struct package *package;
		char *whole;

		made_archive_write(&made, made.length, "whole");
		package = open_package("whole");
		whole = tell_members(package, 1);
		assert_string_equal(package_loss(package), "");
		package_close(package);
		/* The last 1024 bytes are the mark of the end. */
		for (size_t cut = 512; cut + 1024 < made.length; cut += 512) {
			made_archive_write(&made, cut, "cut");
			expect_beginning(whole, cut);
		}
		free(whole);
		made_archive_deinit(&made);
	}
}

static void how_an_archive_was_cut_is_told_with_the_members(void **state)
{
	struct made_archive made = make_long("none");
	struct package *package;
	char *told;

	(void)state;
	made_archive_write(&made, 512 + 5120 + 512 + 100, "cut");
	package = open_package("cut");
	told = tell_members(package, 0);
	assert_string_equal(package_loss(package),
			    "the archive ends early within member 2");
	free(told);
	package_close(package);
	made_archive_write(&made, 512 + 5120 + 100, "cut");
	package = open_package("cut");
	told = tell_members(package, 1);
	assert_string_equal(package_loss(package),
			    "the archive ends early after 1 member");
	free(told);
	package_close(package);
	made_archive_deinit(&made);
}

static void damage_of_the_compression_comes_first(void **state)
{
	struct made_archive made = make_long("gzip");
	struct package *package;
	char *told;

	(void)state;
	made_archive_write(&made, made.length / 2, "cut");
	package = open_package("cut");
	told = tell_members(package, 1);
	assert_memory_equal(package_loss(package),
			    "compressed data ends early after ", 33);
	assert_non_null(strstr(package_loss(package),
			       "bytes of text; the archive ends early within "
			       "member "));
	free(told);
	package_close(package);

	/* Its checksum stands behind the end of the archive. */
	made.bytes[made.length - 8] ^= 1;
	made_archive_write(&made, made.length, "bad");
	package = open_package("bad");
	told = tell_members(package, 1);
	assert_string_equal(package_loss(package),
			    "checksum of gzip member 1 does not match");
	free(told);
	package_close(package);
	made_archive_deinit(&made);
}

static void progress_is_that_of_the_archive(void **state)
{
	struct made_archive made = make_long("gzip");
	struct package *package;
	uint64_t done, total;
	char *told;

	(void)state;
	made_archive_write(&made, made.length, "x.tar.gz");
	package = open_package("x.tar.gz");
	told = tell_members(package, 1);
	package_progress(package, &done, &total);
	assert_u64(done, made.length);
	assert_u64(total, made.length);
	free(told);
	package_close(package);
	made_archive_deinit(&made);
}

#else

static void without_libarchive_an_archive_is_refused(void **state)
{
	char bytes[1024] = "a";
	unsigned sum = 8 * ' ' + 'a';
	FILE *file = fopen("x.tar", "w");

	(void)state;
	snprintf(bytes + 148, 8, "%06o", sum);
	assert_non_null(file);
	fwrite(bytes, 1, sizeof(bytes), file);
	fclose(file);
	expect_refusal("x.tar", ERROR_FORMAT,
		       "'x.tar' is a tar archive; unpack it first: tar -xf "
		       "x.tar");
}

#endif

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_one_member_and_stays_plain),
		TEST(the_path_of_a_file_tells_its_format_and_root),
		TEST(what_cannot_be_opened_is_refused),
		TEST(garbage_and_nothing_are_files_too),
		TEST(text_on_a_pipe_is_one_member_read_once),
		TEST(a_file_on_standard_input_is_read_from_where_it_stood),
		TEST(a_folder_with_the_kernels_paths_is_a_capture),
		TEST(the_root_of_a_capture_may_be_two_folders_down),
		TEST(a_folder_may_be_a_piece_of_the_kernels_tree),
		TEST(a_folder_of_captures_is_not_one_of_caches),
		TEST(a_folder_of_several_captures_is_refused),
		TEST(what_links_outside_of_the_folder_is_not_read),
		TEST(what_links_outside_of_a_flat_folder_is_not_read),
		TEST(what_is_no_file_in_the_place_of_one_is_told),
		TEST(a_link_beside_a_capture_is_not_another_one),
		TEST(a_flat_folder_has_all_its_files_the_known_ones_first),
		TEST(the_same_file_twice_in_a_flat_folder_is_told),
		TEST(a_folder_is_searched_for_what_is_wanted_only),
		TEST(an_empty_folder_has_no_members),
		TEST(of_too_many_files_the_first_are_read),
		TEST(a_member_that_has_gone_fails_alone),
#ifdef HAVE_ARCHIVE
		TEST(each_kind_of_tar_is_read_in_each_compression),
		TEST(a_member_tells_its_path_root_format_and_size),
		TEST(what_is_not_read_is_passed_over),
		TEST(an_archive_can_be_read_again_unless_it_is_a_pipe),
		TEST(only_regular_files_are_members),
		TEST(paths_may_be_absolute_or_lead_up_or_be_long),
		TEST(a_name_that_is_not_ascii_stays_as_it_is),
		TEST(members_may_be_compressed_themselves),
		TEST(an_archive_in_an_archive_is_refused_alone),
		TEST(holes_of_a_sparse_member_are_zero_bytes),
		TEST(a_member_may_claim_to_be_huge),
		TEST(a_tar_that_libarchive_refuses_is_named),
		TEST(a_damaged_header_is_passed_over_and_told),
		TEST(headers_of_headers_come_to_an_end),
		TEST(the_same_bytes_without_an_end_mark_are_told),
		TEST(what_follows_the_end_is_told),
		TEST(a_cut_archive_gives_its_beginning_and_tells),
		TEST(how_an_archive_was_cut_is_told_with_the_members),
		TEST(damage_of_the_compression_comes_first),
		TEST(progress_is_that_of_the_archive),
#else
		TEST(without_libarchive_an_archive_is_refused),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
