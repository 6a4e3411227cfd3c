/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* symlink */
#include "tests/support/check.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "input/package.h"
#include "store/gzip_member.h"
#include "store/member_store.h"
#include "tests/support/folder_maker.h"
#include "tests/support/gzip_maker.h"
#include "tests/support/store_trouble.h"

/* Archives are read with libarchive alone. */
static const char *const kinds[] = {
	"t1",
#ifdef HAVE_ARCHIVE
	"t1.tar",
	"t1.tar.gz",
	"t1.tgz",
#endif
};

/* ---- writing ---- */

static struct member_store *create(const char *path)
{
	struct member_store *store = NULL;
	struct error err = {0};

	store_trouble = (struct store_trouble){0};
	if (!member_store_create_io(path, &store_io_troubled, &store, &err))
		fail_msg("%s", err.text);
	return store;
}

static bool add(struct member_store *store, const char *text, struct error *err)
{
	struct text_buffer packed = {0};
	bool done;

	gzip_make(span_of(text), &packed);
	done = member_store_add(store, text_buffer_span(&packed), strlen(text),
				err);
	text_buffer_deinit(&packed);
	return done;
}

static void must(bool done, const struct error *err)
{
	if (!done)
		fail_msg("%s", err->text);
}

static void write_member(struct member_store *store, const char *path,
			 const char *text)
{
	struct error err;

	must(member_store_begin(store, path, &err), &err);
	must(add(store, text, &err), &err);
	must(member_store_end(store, &err), &err);
}

static void write_whole(struct member_store *store, const char *path,
			const char *text)
{
	struct text_buffer packed = {0};
	struct error err;

	gzip_make(span_of(text), &packed);
	must(member_store_whole(store, path, text_buffer_span(&packed),
				strlen(text), &err),
	     &err);
	text_buffer_deinit(&packed);
}

static void put(struct member_store *store, const char *text)
{
	struct error err;

	must(member_store_put(store, "proc/uptime", span_of(text), &err), &err);
}

static void finish(struct member_store *store)
{
	struct error err;

	must(member_store_finish(store, &err), &err);
	member_store_destroy(store);
}

/* ---- reading ---- */

/* All members as "PATH=TEXT;", without the folder and ".gz". */
static void expect_members(const char *path, const char *expected)
{
	struct text_buffer told = {0};
	struct package *package;
	const struct member *member;
	struct source *source;
	struct error err;
	char text[4096];
	size_t got;

	text_buffer_add(&told, SPAN(""));
	must(package_open(path, NULL, &package, &err), &err);
	while (package_next(package, &member, &err) && member) {
		struct span name = span_of(member->path);

		span_take(&name, SPAN("t1/"));
		span_drop(&name, SPAN(".gz"));
		text_buffer_format(&told, "%.*s=", (int)name.length, name.at);
		must(package_member(package, &source, &err), &err);
		while (source_read(source, text, sizeof(text), &got, &err) &&
		       got)
			text_buffer_add(&told, (struct span){text, got});
		text_buffer_add(&told, SPAN(";"));
	}
	assert_string_equal(package_loss(package), "");
	assert_span(text_buffer_span(&told), expected);
	package_close(package);
	text_buffer_deinit(&told);
}

static void expect_mode(const char *path, mode_t mode)
{
	struct stat status;

	assert_int_equal(lstat(path, &status), 0);
	assert_int_equal(status.st_mode & 07777, mode);
}

static void expect_refusal(const char *path, const char *text)
{
	struct member_store *store = NULL;
	struct error err = {0};

	assert_false(member_store_create(path, &store, &err));
	assert_null(store);
	assert_int_equal(err.code, ERROR_IO);
	assert_string_equal(err.text, text);
}

/* ---- what is there already ---- */

static void a_capture_goes_where_nothing_is(void **state)
{
	(void)state;
	folder_file("t1/x", "");
	folder_file("f", "");
	folder_file("t1.tar", "");
	expect_refusal("t1", "'t1' exists and is not empty; "
			     "name another or remove it");
	expect_refusal("f", "'f' exists and is no folder; "
			    "name another or remove it");
	expect_refusal("t1.tar", "'t1.tar' exists; name another or remove it");
	expect_refusal("none/t1",
		       "cannot create 'none/t1': No such file or directory");
	expect_refusal("none/t1.tgz", "cannot create 'none/t1.tgz': "
				      "No such file or directory");
}

static void an_empty_folder_is_taken_and_one_of_ours_is_closed(void **state)
{
	struct member_store *store;

	(void)state;
	assert_int_equal(mkdir("t1", 0755), 0);
	store = create("t1");
	write_member(store, "proc/meminfo", "m");
	finish(store);
	expect_members("t1", "proc/meminfo=m;");
	expect_mode("t1/proc", 0700);
	expect_mode("t1/proc/meminfo.gz", 0600);
	finish(create("t2/"));
	expect_mode("t2", 0700);
	finish(create("t1.tar"));
	expect_mode("t1.tar", 0600);
}

/* ---- paths ---- */

static void a_path_cannot_lead_out(void **state)
{
	static const char *const bad[] = {
		"..",	 "../x", "a/../x", "a/..", ".",
		"a/./x", "/x",	 "a//x",   "a/",   "",
	};
	struct error err;

	(void)state;
	for (size_t kind = 0; kind < TEST_COUNT(kinds); kind++) {
		struct member_store *store = create(kinds[kind]);

		for (size_t i = 0; i < TEST_COUNT(bad); i++) {
			assert_false(member_store_begin(store, bad[i], &err));
			assert_false(member_store_whole(store, bad[i],
							SPAN("x"), 1, &err));
			assert_false(
				member_store_link(store, bad[i], "x", &err));
			assert_false(member_store_put(store, bad[i], SPAN("x"),
						      &err));
		}
		assert_false(member_store_begin(store, "a/../x", &err));
		assert_string_equal(err.text,
				    "'a/../x' cannot be the path of a member");
		write_member(store, "proc/.../stat", "...");
		finish(store);
	}
	assert_int_not_equal(access("x", F_OK), 0);
}

static void nothing_is_written_through_a_link(void **state)
{
	struct member_store *store;
	struct error err;

	(void)state;
	assert_int_equal(mkdir("out", 0700), 0);
	store = create("t1");
	must(member_store_link(store, "proc", "../out", &err), &err);
	must(member_store_link(store, "file.gz", "../out/file", &err), &err);
	must(member_store_begin(store, "proc/meminfo", &err), &err);
	assert_false(add(store, "m", &err));
	assert_string_equal(err.text, "cannot create 't1/proc/meminfo.gz': "
				      "Not a directory");
	must(member_store_drop(store, &err), &err);
	must(member_store_begin(store, "file", &err), &err);
	assert_false(add(store, "m", &err));
	must(member_store_drop(store, &err), &err);
	assert_false(member_store_put(store, "proc/x", SPAN("x"), &err));
	assert_false(member_store_link(store, "proc/x", "x", &err));
	finish(store);
	assert_int_equal(rmdir("out"), 0);
}

static void a_link_is_as_the_kernel_has_it(void **state)
{
	struct member_store *store = create("t1");
	struct error err;
	char target[64] = "";

	(void)state;
	must(member_store_link(store, "sys/kernel/slab/filp", "../:0000256",
			       &err),
	     &err);
	finish(store);
	assert_int_equal(
		readlink("t1/sys/kernel/slab/filp", target, sizeof(target)),
		11);
	assert_string_equal(target, "../:0000256");
}

static void long_names_are_whole(void **state)
{
	char slab[300] = "sys/kernel/debug/slab/", expected[600];
	struct error err;

	(void)state;
	memset(slab + strlen(slab), 'k', 200);
	strcat(slab, "/alloc_traces");
	snprintf(expected, sizeof(expected), "%s=one;proc/vmstat=two;", slab);
	for (size_t kind = 1; kind < TEST_COUNT(kinds); kind++) {
		struct member_store *store = create(kinds[kind]);

		write_member(store, slab, "one");
		must(member_store_link(store, slab, slab, &err), &err);
		write_member(store, "proc/vmstat", "two");
		finish(store);
		expect_members(kinds[kind], expected);
	}
}

static void an_archive_begins_with_a_folder_of_its_name(void **state)
{
	static const struct {
		const char *path, *expected;
	} cases[] = {
		{"lab.2.tar", "lab.2/"},  {"./x.tar.gz", "x/"},
		{"./y.tgz", "y/"},	  {"./.tar", "capture/"},
		{"./...tar", "capture/"}, {"./z.tar.tar", "z.tar/"},
	};

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(cases); i++) {
		char header[600] = "";
		gzFile file;

		finish(create(cases[i].path));
		/* Reads what is not packed as it is. */
		file = gzopen(cases[i].path, "r");
		assert_true(gzread(file, header, sizeof(header)) > 512);
		gzclose(file);
		assert_string_equal(header, cases[i].expected);
	}
}

/* ---- members ---- */

static void a_member_is_all_its_pieces(void **state)
{
	struct error err;

	(void)state;
	for (size_t kind = 0; kind < TEST_COUNT(kinds); kind++) {
		struct member_store *store = create(kinds[kind]);
		struct stat status;

		must(member_store_begin(store, "proc/meminfo", &err), &err);
		must(add(store, "one ", &err), &err);
		must(add(store, "two ", &err), &err);
		must(add(store, "three", &err), &err);
		must(member_store_end(store, &err), &err);
		must(member_store_begin(store, "proc/vmstat", &err), &err);
		must(member_store_end(store, &err), &err);
		must(member_store_sync(store, &err), &err);
		if (kind) {
			assert_int_equal(stat(kinds[kind], &status), 0);
			assert_u64(member_store_bytes(store),
				   (uint64_t)status.st_size);
		}
		finish(store);
		expect_members(kinds[kind],
			       "proc/meminfo=one two three;proc/vmstat=;");
	}
}

static void a_whole_member_is_one_write_to_an_archive(void **state)
{
	(void)state;
	for (size_t kind = 0; kind < TEST_COUNT(kinds); kind++) {
		struct member_store *store = create(kinds[kind]);
		uint64_t before = store_trouble.calls;

		write_whole(store, "proc/meminfo", "one");
		if (!kind) {
			finish(store);
			expect_members(kinds[kind], "proc/meminfo=one;");
			continue;
		}
		assert_u64(store_trouble.calls, before + 1);
		write_member(store, "proc/vmstat", "two");
		write_whole(store, "proc/stat", "three");
		finish(store);
		expect_members(kinds[kind], "proc/meminfo=one;"
					    "proc/vmstat=two;"
					    "proc/stat=three;");
	}
}

static void a_whole_member_without_text_is_an_empty_one(void **state)
{
	struct error err;

	(void)state;
	for (size_t kind = 0; kind < TEST_COUNT(kinds); kind++) {
		struct member_store *store = create(kinds[kind]);

		must(member_store_whole(store, "proc/meminfo", SPAN(""), 0,
					&err),
		     &err);
		finish(store);
		expect_members(kinds[kind], "proc/meminfo=;");
	}
}

static void nothing_remains_of_a_whole_member_that_failed(void **state)
{
	static const char text[10000];
	struct stat status;
	struct error err;

	(void)state;
	for (size_t kind = 0; kind < TEST_COUNT(kinds); kind++) {
		struct member_store *store = create(kinds[kind]);
		uint64_t before = member_store_bytes(store);

		/* In a folder two are made before the first write. */
		store_trouble.at = store_trouble.calls + (kind ? 1 : 3);
		store_trouble.reason = ENOSPC;
		assert_false(member_store_whole(
			store, "proc/meminfo",
			(struct span){text, sizeof(text)}, 1, &err));
		assert_int_equal(err.code, ERROR_FULL);
		assert_u64(member_store_bytes(store), before);
		assert_int_not_equal(access("t1/proc/meminfo.gz", F_OK), 0);
		if (kind) {
			assert_int_equal(stat(kinds[kind], &status), 0);
			assert_u64((uint64_t)status.st_size, before);
		}
		member_store_destroy(store);
	}
}

/* Thousands of members are of a few bytes, and a manifest is long. */
static void what_tar_adds_is_packed(void **state)
{
	enum { MEMBERS = 100, TEXT = 200000 };
	struct member_store *store = create("t1.tgz");
	uint64_t before = member_store_bytes(store);
	char *text = calloc(1, TEXT);
	struct error err;

	(void)state;
	assert_non_null(text);
	for (unsigned i = 0; i < MEMBERS; i++)
		write_whole(store, "proc/meminfo", "m");
	/* The text itself is of 21 bytes. */
	assert_true(member_store_bytes(store) - before < MEMBERS * 200);
	before = member_store_bytes(store);
	must(member_store_put(store, "proc/uptime", (struct span){text, TEXT},
			      &err),
	     &err);
	assert_true(member_store_bytes(store) - before < TEXT / 50);
	finish(store);
	free(text);
}

static void an_empty_member_is_one_for_zcat_too(void **state)
{
	struct member_store *store = create("t1");
	struct stat status;
	struct error err;

	(void)state;
	must(member_store_begin(store, "proc/vmstat", &err), &err);
	must(member_store_end(store, &err), &err);
	must(member_store_whole(store, "sys/uevent", SPAN(""), 0, &err), &err);
	finish(store);
	/* An empty file is an error of gzip. */
	assert_int_equal(stat("t1/proc/vmstat.gz", &status), 0);
	assert_true(status.st_size > 18);
	assert_int_equal(stat("t1/sys/uevent.gz", &status), 0);
	assert_true(status.st_size > 18);
	expect_members("t1", "proc/vmstat=;");
}

static void a_member_without_a_piece_is_none_until_its_end(void **state)
{
	struct error err;

	(void)state;
	for (size_t kind = 0; kind < TEST_COUNT(kinds); kind++) {
		struct member_store *store = create(kinds[kind]);
		uint64_t before = member_store_bytes(store);

		must(member_store_begin(store, "proc/meminfo", &err), &err);
		assert_u64(member_store_bytes(store), before);
		assert_int_not_equal(access("t1/proc", F_OK), 0);
		member_store_destroy(store);
	}
}

static void nothing_remains_of_what_is_dropped(void **state)
{
	struct error err;

	(void)state;
	for (size_t kind = 0; kind < TEST_COUNT(kinds); kind++) {
		struct member_store *store = create(kinds[kind]);
		uint64_t before;

		write_member(store, "proc/meminfo", "m");
		before = member_store_bytes(store);
		must(member_store_begin(store, "sys/kernel/debug/page_owner",
					&err),
		     &err);
		must(add(store, "some text that is longer than m", &err), &err);
		must(member_store_drop(store, &err), &err);
		assert_u64(member_store_bytes(store), before);
		must(member_store_begin(store, "proc/stat", &err), &err);
		must(member_store_drop(store, &err), &err);
		write_member(store, "proc/vmstat", "v");
		finish(store);
		expect_members(kinds[kind], "proc/meminfo=m;proc/vmstat=v;");
	}
	assert_int_not_equal(access("t1/sys", F_OK), 0);
}

static void of_a_text_that_is_put_again_the_last_holds(void **state)
{
	struct member_store *store;

	(void)state;
	store = create("t1");
	put(store, "the first one");
	put(store, "second");
	assert_u64(member_store_bytes(store), 6);
	finish(store);
	expect_members("t1", "proc/uptime=second;");
	for (size_t kind = 1; kind < TEST_COUNT(kinds); kind++) {
		store = create(kinds[kind]);
		put(store, "the first one");
		put(store, "second");
		finish(store);
		expect_members(kinds[kind], "proc/uptime=the first one;"
					    "proc/uptime=second;");
	}
}

/* ---- the disk ---- */

static void room_is_kept_free_for_the_manifest(void **state)
{
	struct member_store *store;
	struct error err;

	(void)state;
	for (size_t kind = 0; kind < TEST_COUNT(kinds); kind++) {
		store_trouble = (struct store_trouble){.free = 80 << 20};
		must(member_store_create_io(kinds[kind], &store_io_troubled,
					    &store, &err),
		     &err);
		must(member_store_begin(store, "proc/meminfo", &err), &err);
		store_trouble.free = STORE_RESERVE + 1000;
		must(add(store, "m", &err), &err);
		store_trouble.free = STORE_RESERVE + 10;
		assert_false(add(store, "not in it", &err));
		assert_int_equal(err.code, ERROR_FULL);
		assert_non_null(strstr(err.text, "no space left for 't1"));
		assert_non_null(strstr(err.text, "; 4096 KiB are kept free"));
		must(member_store_end(store, &err), &err);
		must(member_store_begin(store, "proc/stat", &err), &err);
		assert_false(add(store, "not in it", &err));
		must(member_store_drop(store, &err), &err);
		put(store, "u");
		finish(store);
		expect_members(kinds[kind], "proc/meminfo=m;proc/uptime=u;");
	}
}

static void of_little_room_a_sixteenth_is_kept_free(void **state)
{
	struct member_store *store;
	struct error err;

	(void)state;
	store_trouble = (struct store_trouble){.free = 16 << 20};
	must(member_store_create_io("t1", &store_io_troubled, &store, &err),
	     &err);
	must(member_store_begin(store, "proc/meminfo", &err), &err);
	store_trouble.free = (1 << 20) + 1000;
	must(add(store, "m", &err), &err);
	store_trouble.free = (1 << 20) + 10;
	assert_false(add(store, "m", &err));
	assert_non_null(strstr(err.text, "; 1024 KiB are kept free"));
	must(member_store_end(store, &err), &err);
	finish(store);
}

static void of_the_size_of_a_file_a_part_is_kept_free_too(void **state)
{
	enum { LIMIT = 64000 };
	char *text = calloc(1, LIMIT);
	struct rlimit before, limit;
	struct error err;

	(void)state;
	assert_non_null(text);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	for (size_t kind = 1; kind < TEST_COUNT(kinds); kind++) {
		struct member_store *store;

		limit = (struct rlimit){LIMIT, before.rlim_max};
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
		store = create(kinds[kind]);
		assert_false(member_store_whole(
			store, "proc/stat",
			(struct span){text, LIMIT * 15 / 16}, LIMIT, &err));
		assert_int_equal(err.code, ERROR_FULL);
		assert_non_null(strstr(err.text, "no room left in 't1.t"));
		write_whole(store, "proc/meminfo", "m");
		put(store, "u");
		finish(store);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
		expect_members(kinds[kind], "proc/meminfo=m;proc/uptime=u;");
	}
	free(text);
}

static void a_text_is_not_let_grow_over_the_size_of_a_file(void **state)
{
	enum { LIMIT = 64000 };
	struct rlimit before, limit;
	struct error err;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	for (size_t kind = 0; kind < TEST_COUNT(kinds); kind++) {
		struct member_store *store;

		limit = (struct rlimit){LIMIT, before.rlim_max};
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
		store = create(kinds[kind]);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
		member_store_expect(store, LIMIT / 2);
		write_whole(store, "proc/meminfo", "m");
		member_store_expect(store, LIMIT - 100);
		assert_false(member_store_whole(store, "proc/stat", SPAN("x"),
						1, &err));
		assert_int_equal(err.code, ERROR_FULL);
		finish(store);
	}
}

static void what_will_be_put_has_its_room(void **state)
{
	struct member_store *store;
	struct error err;

	(void)state;
	store_trouble = (struct store_trouble){.free = 16 << 20};
	must(member_store_create_io("t1", &store_io_troubled, &store, &err),
	     &err);
	store_trouble.free = 3 << 20;
	write_whole(store, "proc/meminfo", "m");
	member_store_expect(store, 3 << 20);
	assert_false(
		member_store_whole(store, "proc/stat", SPAN("x"), 1, &err));
	assert_int_equal(err.code, ERROR_FULL);
	put(store, "u");
	finish(store);
}

static void the_reason_tells_a_full_disk_from_a_broken_one(void **state)
{
	static const struct {
		int reason;
		enum error_code code;
	} cases[] = {
		{ENOSPC, ERROR_FULL},
		{EDQUOT, ERROR_FULL},
		{EFBIG, ERROR_FULL},
		{EIO, ERROR_IO},
	};
	struct error err;

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(cases); i++) {
		struct member_store *store = create("t1.tar");
		char expected[100];

		snprintf(expected, sizeof(expected),
			 "cannot write 't1.tar': %s",
			 strerror(cases[i].reason));
		must(member_store_begin(store, "proc/stat", &err), &err);
		store_trouble.at = store_trouble.calls + 1;
		store_trouble.reason = cases[i].reason;
		assert_false(add(store, "m", &err));
		assert_int_equal(err.code, cases[i].code);
		assert_string_equal(err.text, expected);
		store_trouble.at = 0;
		must(member_store_drop(store, &err), &err);
		finish(store);
		assert_int_equal(unlink("t1.tar"), 0);
	}
}

static void what_is_written_leaves_the_page_cache(void **state)
{
	enum { MIB = 1 << 20 };
	char *text = calloc(1, MIB);
	struct error err;

	(void)state;
	assert_non_null(text);
	for (size_t kind = 0; kind < TEST_COUNT(kinds); kind++) {
		struct member_store *store = create(kinds[kind]);
		uint64_t after;

		must(member_store_begin(store, "proc/meminfo", &err), &err);
		for (int i = 0; i < 14; i++)
			must(member_store_add(store, (struct span){text, MIB},
					      MIB, &err),
			     &err);
		/* Of 14 MiB four were begun last, and two not yet. */
		assert_u64(store_trouble.behind, 5);
		after = store_trouble.dropped;
		assert_true(after >= 8 * MIB && after < 8 * MIB + 4096);
		must(member_store_end(store, &err), &err);
		member_store_destroy(store);
	}
	free(text);
}

/* The text of proc/meminfo, as far as it can be read. */
static void read_meminfo(const char *path, char *ret, size_t capacity)
{
	struct package *package;
	const struct member *member;
	struct source *source;
	struct error err;
	size_t got = 0;

	must(package_open(path, NULL, &package, &err), &err);
	while (package_next(package, &member, &err) && member) {
		if (!span_equal(member->own, SPAN("proc/meminfo")))
			continue;
		must(package_member(package, &source, &err), &err);
		must(source_read(source, ret, capacity - 1, &got, &err), &err);
	}
	ret[got] = '\0';
	package_close(package);
}

/* Another member, and one whose second piece is broken off at this call. */
static void write_broken_off(const char *path, size_t before, uint64_t call)
{
	static const char zeros[4096];
	char packed[sizeof(zeros) + 64];
	struct member_store *store = create(path);
	struct error err;

	gzip_member_store((struct span){zeros, before}, packed);
	must(member_store_whole(
		     store, "proc/stat",
		     (struct span){packed, gzip_member_stored_length(before)},
		     before, &err),
	     &err);
	must(member_store_begin(store, "proc/meminfo", &err), &err);
	must(add(store, "one ", &err), &err);
	/* All fail from there on, so that nothing is mended. */
	store_trouble.at = store_trouble.calls + call;
	store_trouble.reason = EIO;
	add(store, "two", &err);
	member_store_destroy(store);
}

static void a_piece_outlives_the_next_one_wherever_its_header_stands(
	void **state)
{
	(void)state;
	for (size_t kind = 0; kind < TEST_COUNT(kinds); kind++) {
		/*
		 * With some of these a page would end between the size that it
		 * tells, which is new, and its sum, which is not.
		 */
		for (size_t before = 3620; before < 3820; before += 8) {
			for (uint64_t call = 1; call < 5; call++) {
				char text[64] = "";
				void *folder;

				folder_setup(&folder);
				write_broken_off(kinds[kind], before, call);
				read_meminfo(kinds[kind], text, sizeof(text));
				if (strncmp(text, "one ", 4) != 0)
					fail_msg("%s, %zu bytes before, call "
						 "%d: '%s'",
						 kinds[kind], before, (int)call,
						 text);
				folder_teardown(&folder);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
		TEST(a_capture_goes_where_nothing_is),
		TEST(an_empty_folder_is_taken_and_one_of_ours_is_closed),
		TEST(a_path_cannot_lead_out),
		TEST(nothing_is_written_through_a_link),
		TEST(a_link_is_as_the_kernel_has_it),
		TEST(long_names_are_whole),
		TEST(an_archive_begins_with_a_folder_of_its_name),
		TEST(a_member_is_all_its_pieces),
		TEST(a_whole_member_is_one_write_to_an_archive),
		TEST(a_whole_member_without_text_is_an_empty_one),
		TEST(nothing_remains_of_a_whole_member_that_failed),
		TEST(what_tar_adds_is_packed),
		TEST(an_empty_member_is_one_for_zcat_too),
		TEST(a_member_without_a_piece_is_none_until_its_end),
		TEST(nothing_remains_of_what_is_dropped),
		TEST(of_a_text_that_is_put_again_the_last_holds),
		TEST(room_is_kept_free_for_the_manifest),
		TEST(of_little_room_a_sixteenth_is_kept_free),
		TEST(of_the_size_of_a_file_a_part_is_kept_free_too),
		TEST(a_text_is_not_let_grow_over_the_size_of_a_file),
		TEST(what_will_be_put_has_its_room),
		TEST(the_reason_tells_a_full_disk_from_a_broken_one),
		TEST(what_is_written_leaves_the_page_cache),
		TEST(a_piece_outlives_the_next_one_wherever_its_header_stands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
