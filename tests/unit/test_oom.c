/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory that runs out at any allocation: each run is repeated with its first
 * allocation failing, then its second, until one has none left to fail.
 */
#define _GNU_SOURCE
#include "tests/support/check.h"

#include <errno.h>
#include <stdatomic.h>
#include <unistd.h>

#include "cli/command.h"
#include "symbolize/symbolizer.h"
#include "input/ingest.h"
#include "tests/support/dump_maker.h"
#include "tests/support/dump_reader.h"
#include "tests/support/folder_maker.h"

/* ---- an allocator that can be told to fail ---- */

#ifdef __has_feature
#define HAS_FEATURE(name) __has_feature(name)
#else
#define HAS_FEATURE(name) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || HAS_FEATURE(address_sanitizer)
/*
 * Below us is the sanitizer, which goes on to find leaks and misuse. It needs
 * memory to start a thread, and gives some out (strdup) that we do not see.
 */
#define REAL(name) __interceptor_##name
#define SANITIZED  true
#else
#define REAL(name) __libc_##name
#define SANITIZED  false
#endif

void *REAL(malloc)(size_t size);
void *REAL(calloc)(size_t count, size_t size);
void *REAL(realloc)(void *old, size_t size);
void REAL(free)(void *old);

static atomic_long allocations_left = -1; /* until one fails; below 0: none */
static atomic_long live;		  /* allocations not freed */
static atomic_bool failed;

static bool fails(void)
{
	long left = atomic_load(&allocations_left);

	/* Once memory has run out it stays so. */
	if (left == 0) {
		atomic_store(&failed, true);
		return true;
	}
	if (left > 0)
		atomic_fetch_sub(&allocations_left, 1);
	return false;
}

static void *counted(void *made)
{
	if (made)
		atomic_fetch_add(&live, 1);
	return made;
}

void *malloc(size_t size)
{
	if (fails()) {
		errno = ENOMEM;
		return NULL;
	}
	return counted(REAL(malloc)(size));
}

void *calloc(size_t count, size_t size)
{
	if (fails()) {
		errno = ENOMEM;
		return NULL;
	}
	return counted(REAL(calloc)(count, size));
}

void *realloc(void *old, size_t size)
{
	if (fails()) {
		errno = ENOMEM;
		return NULL;
	}
	return old ? REAL(realloc)(old, size)
		   : counted(REAL(realloc)(old, size));
}

void free(void *old)
{
	if (old)
		atomic_fetch_sub(&live, 1);
	REAL(free)(old);
}

/* ---- what is run ---- */

#define OUTPUT_MAX (1 << 20)
#define RECORDS	   420

struct fixture {
	char directory[64];
	char plain[96], later[96], packed[96];
	char folder[64];
	FILE *out, *err;
	char out_buffer[4096], err_buffer[4096];
	char out_text[OUTPUT_MAX], err_text[OUTPUT_MAX];
	char expected[OUTPUT_MAX];
};

static void write_file(const char *path, struct span text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text.at, 1, text.length, file), text.length);
	assert_int_equal(fclose(file), 0);
}

/* Enough stacks for the hash tables to grow. */
static void make_text(struct text_buffer *text, uint64_t seed)
{
	const struct dump_recipe recipe = {.records = RECORDS, .stacks = 420};
	struct dice dice = {seed};
	struct dump dump = {0};

	dump_make(&dump, &dice, &recipe);
	dump_write(text, &dump, &(struct dump_style){.variant = DUMP_6_8});
	/* A record that the end cuts: it is kept apart. */
	text->length -= 2;
	dump_deinit(&dump);
}

static int setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	struct text_buffer text = {0}, later = {0};
	char *packed;
	size_t length;

	assert_non_null(fixture);
	strcpy(fixture->directory, "/tmp/test_oom.XXXXXX");
	assert_non_null(mkdtemp(fixture->directory));
	snprintf(fixture->plain, 96, "%s/plain", fixture->directory);
	snprintf(fixture->later, 96, "%s/later", fixture->directory);
	snprintf(fixture->packed, 96, "%s/packed.gz", fixture->directory);
	make_text(&text, 1);
	make_text(&later, 2);
	text_buffer_add(&later, text_buffer_span(&text));
	packed = dump_pack(text_buffer_span(&text), 3, &length);
	write_file(fixture->plain, text_buffer_span(&text));
	write_file(fixture->later, text_buffer_span(&later));
	write_file(fixture->packed, (struct span){packed, length});
	free(packed);
	text_buffer_deinit(&text);
	text_buffer_deinit(&later);
	/* Files with buffers of ours: writing to them needs no memory. */
	fixture->out = tmpfile();
	fixture->err = tmpfile();
	assert_non_null(fixture->out);
	assert_non_null(fixture->err);
	setvbuf(fixture->out, fixture->out_buffer, _IOFBF, 4096);
	setvbuf(fixture->err, fixture->err_buffer, _IOFBF, 4096);
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	fclose(fixture->out);
	fclose(fixture->err);
	unlink(fixture->plain);
	unlink(fixture->later);
	unlink(fixture->packed);
	assert_int_equal(rmdir(fixture->directory), 0);
	free(fixture);
	return 0;
}

static void take_text(FILE *file, char *ret)
{
	ssize_t length;

	fflush(file);
	length = pread(fileno(file), ret, OUTPUT_MAX - 1, 0);
	assert_true(length >= 0 && length < OUTPUT_MAX - 1);
	ret[length] = '\0';
	rewind(file);
	assert_int_equal(ftruncate(fileno(file), 0), 0);
}

/* Run with `left` allocations before the one that fails; returns the status. */
static int run_with(struct fixture *fixture, const char *const *words,
		    long left)
{
	static char name[] = "pageowl";
	char *argv[12] = {name};
	int argc = 1, status;

	while (*words)
		argv[argc++] = (char *)(uintptr_t)*words++;
	atomic_store(&failed, false);
	atomic_store(&allocations_left, left);
	status = cli_main(argc, argv, fixture->out, fixture->err);
	atomic_store(&allocations_left, -1);
	take_text(fixture->out, fixture->out_text);
	take_text(fixture->err, fixture->err_text);
	return status;
}

static bool says(const struct fixture *fixture, const char *line)
{
	return strstr(fixture->err_text, line) != NULL;
}

static void assert_survives(struct fixture *fixture, const char *const *words)
{
	long before, left;
	int status;

	/* Once to fill the caches of the C library. */
	assert_int_equal(run_with(fixture, words, -1), STATUS_DONE);
	before = atomic_load(&live);
	assert_int_equal(run_with(fixture, words, -1), STATUS_DONE);
	strcpy(fixture->expected, fixture->out_text);
	for (left = 0;; left++) {
		status = run_with(fixture, words, left);
		if (!SANITIZED && atomic_load(&live) != before)
			fail_msg("%s: %ld leaked at allocation %ld", words[0],
				 atomic_load(&live) - before, left + 1);
		if (status == STATUS_DONE) {
			/* The C library can do without some of its own. */
			assert_string_equal(fixture->out_text,
					    fixture->expected);
			if (!atomic_load(&failed))
				break;
			continue;
		}
		assert_true(atomic_load(&failed));
		assert_int_equal(status, STATUS_TROUBLE);
		if (!says(fixture, "pageowl: out of memory\n") &&
		    !says(fixture, "cannot start a thread\n"))
			fail_msg("%s, allocation %ld: %s", words[0], left + 1,
				 fixture->err_text);
	}
	/* So that the loop is known to have done something. */
	assert_true(left > 10);
	print_message("%s: %ld allocations\n", words[0], left);
}

#define ASSERT_SURVIVES(fixture, ...) \
	assert_survives((fixture), (const char *const[]){__VA_ARGS__, NULL})

static void top_of_a_plain_file_survives(void **state)
{
	struct fixture *fixture = *state;

	ASSERT_SURVIVES(fixture, "top", "-j1", fixture->plain);
	ASSERT_SURVIVES(fixture, "top", "--full", "--top=0", "--all",
			fixture->plain);
}

static void top_by_keys_as_json_survives(void **state)
{
	struct fixture *fixture = *state;

	ASSERT_SURVIVES(fixture, "top", "--by=comm,memcg,stack",
			"--output=json", fixture->plain);
}

static void top_of_a_gzip_file_survives_with_and_without_thread(void **state)
{
	struct fixture *fixture = *state;

	ASSERT_SURVIVES(fixture, "top", "-j1", fixture->packed);
	if (!SANITIZED)
		ASSERT_SURVIVES(fixture, "top", fixture->packed);
}

static void diff_survives(void **state)
{
	struct fixture *fixture = *state;

	ASSERT_SURVIVES(fixture, "diff", "-j1", fixture->plain, fixture->later);
	ASSERT_SURVIVES(fixture, "diff", "--match=name", "--output=json", "-j1",
			fixture->packed, fixture->later);
	ASSERT_SURVIVES(fixture, "diff", "--by=function,order", "-j1",
			fixture->plain, fixture->later);
}

static void what_rules_say_survives(void **state)
{
	struct fixture *fixture = *state;

	ASSERT_SURVIVES(fixture, "diff", "-q", "-j1", "--output=junit",
			fixture->plain, fixture->later);
	assert_non_null(strstr(fixture->expected, "<failure"));
	ASSERT_SURVIVES(fixture, "diff", "-q", "-j1", "--output=sarif",
			fixture->plain, fixture->later);
}

/* ---- a folder with several sources ---- */

static void add_slab(struct text_buffer *text, unsigned count, unsigned stacks)
{
	unsigned i;

	text->length = 0;
	for (i = 0; i < stacks; i++)
		text_buffer_format(text,
				   "%7u leak_%u+0x1/0x20 [m] waste=%u/8 "
				   "age=%u/%u/%u pid=1-9 cpus=0-3 nodes=0\n"
				   "        leak_%u+0x1/0x20 [m]\n"
				   "        entry+0x1/0x20\n\n",
				   count + i, i, 8 * (count + i), 10 * i,
				   10 * i + 5, 10 * i + 9000, i);
}

static void put(const char *root, const char *path, const char *content)
{
	char name[192];

	snprintf(name, sizeof(name), "%s/%s", root, path);
	folder_file(name, content);
}

/* Sources of every kind, with something to say of some. */
static void make_capture(const char *root, unsigned count)
{
	struct text_buffer text = {0};
	unsigned i;

	add_slab(&text, count, 40);
	put(root, "sys/kernel/debug/slab/kmalloc-64/alloc_traces", text.at);
	/* Once more, and a cache of no known size. */
	put(root, "sys/kernel/debug/slab/:0000064/alloc_traces", text.at);
	add_slab(&text, count + 1, 3);
	put(root, "sys/kernel/debug/slab/thing/alloc_traces", text.at);
	put(root, "sys/kernel/debug/slab/thing/free_traces",
	    "      7 <not-available> age=4294707296 pid=0 cpus=0\n"
	    "      5 done+0x1/0x20 age=5 pid=9\n        done+0x1/0x20\n\n"
	    "what is this?\n");
	text.length = 0;
	for (i = 0; i < 30; i++)
		text_buffer_format(&text, " f_%u+0x1/0x20 [m]\nhandle: %u\n\n",
				   i, i + 1);
	put(root, "sys/kernel/debug/page_owner_stacks/show_stacks_handles",
	    text.at);
	text.length = 0;
	for (i = 0; i < 30; i++)
		text_buffer_format(&text, "handle: %u\nnr_base_pages: %u\n\n",
				   i + 1, count + i);
	put(root, "sys/kernel/debug/page_owner_stacks/show_handles", text.at);
	text.length = 0;
	text_buffer_format(&text, "allocinfo - version: 1.0\n#     <size>  "
				  "<calls> <tag info>\n");
	for (i = 0; i < 30; i++)
		text_buffer_format(&text,
				   "%12u %8u drivers/a.c:%u [m] func:f_%u \n",
				   (count + i) * 4096, count + i, i, i);
	put(root, "proc/allocinfo", text.at);
	put(root, "proc/meminfo", "MemTotal: 2048 kB\nMemFree: a lot\n");
	put(root, "proc/uptime", "100.00 200.00\n");
	put(root, "proc/version", "Linux version 6.12.1 (a@b) #1\n");
	put(root, "sys/kernel/slab/kmalloc-64/slab_size", "192\n");
	text_buffer_deinit(&text);
}

static int setup_folders(void **state)
{
	int done = setup(state);
	struct fixture *fixture = *state;
	void *folder;

	done = done || folder_setup(&folder);
	snprintf(fixture->folder, sizeof(fixture->folder), "%s",
		 (char *)folder);
	free(folder);
	make_capture("old", 10);
	make_capture("new", 90);
	return done;
}

static int teardown_folders(void **state)
{
	struct fixture *fixture = *state;
	void *folder = strdup(fixture->folder);

	return folder_teardown(&folder) || teardown(state);
}

static void top_of_a_folder_survives(void **state)
{
	struct fixture *fixture = *state;

	ASSERT_SURVIVES(fixture, "top", "-v", "-j1", "new");
	ASSERT_SURVIVES(fixture, "top", "--source=slab", "--full", "-j1",
			"--output=json", "new");
}

static void diff_of_folders_survives(void **state)
{
	struct fixture *fixture = *state;

	ASSERT_SURVIVES(fixture, "diff", "-j1", "--output=json", "old", "new");
	ASSERT_SURVIVES(fixture, "diff", "-j1", "--source=slab", "--match=name",
			"old", "new");
}

static void contents_of_a_folder_survive(void **state)
{
	struct fixture *fixture = *state;

	ASSERT_SURVIVES(fixture, "contents", "--full", "-j1", "new");
	ASSERT_SURVIVES(fixture, "contents", "--output=json", "-j1", "new");
}

static void symbolize_survives(void **state)
{
	struct fixture *fixture = *state;

	/* It has nothing to do. */
	if (!symbolizer_is_built())
		skip();
	ASSERT_SURVIVES(fixture, "symbolize", "-q", "--debug-dir=new",
			"new/sys/kernel/debug/slab/kmalloc-64/alloc_traces");
}

static void ps_of_folders_survives(void **state)
{
	struct fixture *fixture = *state;
	static const char rollup[] =
		"00400000-7ffd0000 ---p 00000000 00:00 0   [rollup]\n"
		"Rss:                  10 kB\nPss:                   5 kB\n";

	folder_file("new/proc/7/smaps_rollup", rollup);
	folder_file("new/proc/7/comm", "heron\n");
	folder_file("old/proc/7/status",
		    "Name:\theron\nUid:\t1000\t1000\t1000\t1000\n"
		    "VmRSS:\t       9 kB\nThreads:\t1\n");
	folder_file("old/proc/8/comm", "cron\n");
	ASSERT_SURVIVES(fixture, "ps", "-q", "old");
	ASSERT_SURVIVES(fixture, "ps", "-q", "--by=user", "--output=json",
			"old", "new");
	ASSERT_SURVIVES(fixture, "ps", "-q", "--output=csv", "old", "new");
}

/* Rows that come and go, differences, notes, checks, nodes, caches. */
static void make_counters(const char *root, unsigned kib)
{
	struct text_buffer text = {0};
	unsigned i;

	text_buffer_format(
		&text,
		"MemTotal: 409600 kB\nMemFree: %u kB\nMemAvailable: 300000 kB\n"
		"Buffers: 100 kB\nCached: 1000 kB\nActive: 500 kB\n"
		"Inactive: 600 kB\nActive(anon): 200 kB\nInactive(anon): 0 kB\n"
		"Active(file): 9999 kB\nInactive(file): 600 kB\n"
		"Unevictable: 0 kB\nAnonPages: 200 kB\nShmem: 0 kB\n"
		"KReclaimable: 500 kB\nSlab: 1000 kB\nSReclaimable: 400 kB\n"
		"SUnreclaim: 600 kB\nKernelStack: 64 kB\nPageTables: 80 kB\n"
		"VmallocUsed: %u kB\nPercpu: 40 kB\nVendor_%u: 7 kB\n",
		kib, kib / 1000, kib);
	put(root, "proc/meminfo", text.at);
	text.length = 0;
	for (i = 0; i < 2; i++)
		text_buffer_format(
			&text,
			"Node %u, zone   Normal\n  pages free     100\n"
			"        min      10\n        low      20\n"
			"        high     30\n        managed  51200\n"
			"        protection: (0, 0)\n  pagesets\n    cpu: %u\n"
			"              count: 9\n",
			i, i);
	put(root, "proc/zoneinfo", text.at);
	text.length = 0;
	text_buffer_format(&text, "slabinfo - version: 2.1\n");
	for (i = 0; i < 20; i++)
		text_buffer_format(&text,
				   "cache_%u 9 %u 64 8 1 : tunables 0 0 0 : "
				   "slabdata %u %u 0\n",
				   i, 8 * kib, kib, kib);
	put(root, "proc/slabinfo", text.at);
	put(root, "proc/cmdline", "quiet page_owner=on\n");
	text_buffer_deinit(&text);
}

static void account_of_folders_survives(void **state)
{
	struct fixture *fixture = *state;

	make_counters("old", 300000);
	make_counters("new", 290000);
	ASSERT_SURVIVES(fixture, "account", "-q", "-j1", "--formula",
			"--verbose", "--by=node", "new");
	ASSERT_SURVIVES(fixture, "account", "-q", "-j1", "old", "new");
	ASSERT_SURVIVES(fixture, "account", "-q", "-j1", "--by=node",
			"--output=json", "old", "new");
	ASSERT_SURVIVES(fixture, "account", "-q", "-j1", "--output=csv",
			"--source=allocinfo", "old", "new");
	/* Who holds it is not known. */
	ASSERT_SURVIVES(fixture, "account", "-q", "-j1", "new/proc/meminfo");
}

/* Many ranges at once, which the command line takes for large files only. */
/* A frame of it is an address: then lists of symbols are read. */
static void names_of_addresses_survive(void **state)
{
	struct fixture *fixture = *state;
	char kallsyms[128], map[128];
	static const char list[] = "ffffffff81000000 T _stext\n"
				   "ffffffff81000040 T do_this\n"
				   "ffffffff81000080 T _etext\n"
				   "ffffffffc0100000 t do_leak\t[leaky]\n";

	snprintf(kallsyms, sizeof(kallsyms), "--kallsyms=%s", fixture->later);
	snprintf(map, sizeof(map), "--system-map=%s", fixture->packed);
	write_file(fixture->plain,
		   SPAN("Page allocated via order 0, mask 0xcc0(GFP_KERNEL), "
			"pid 1, tgid 1 (a), ts 1 ns\n"
			"PFN 0x1 type Unmovable Block 0 type Unmovable Flags "
			"0x0()\n"
			" 0xffffffffc0100010\n"
			" 0xffffffff81000050\n"
			" 0xffffffffc0999999\n\n"));
	write_file(fixture->later, span_of(list));
	/* A System.map has no modules. */
	write_file(fixture->packed,
		   (struct span){list,
				 (size_t)(strstr(list, "ffffffffc") - list)});
	ASSERT_SURVIVES(fixture, "top", "-j1", "--full", kallsyms, map,
			"--kaslr-offset=0", fixture->plain);
	assert_non_null(strstr(fixture->expected, "do_leak+0x10/0x1000"));
	assert_non_null(strstr(fixture->expected, "do_this+0x10/0x40"));
}

static void ranges_in_threads_survive(void **state)
{
	struct fixture *fixture = *state;
	const struct filter filter = {0};
	const struct ingest_options options = {
		.plan = {.filter = &filter,
			 .by = 1u << FIELD_COMM,
			 .began_ns = TS_NONE,
			 .learn = true,
			 .before_own = true},
		.threads = 4,
		.range_size = 1,
		.block_size = 8192,
	};
	long before = 0, left = -1, done = 0;

	if (SANITIZED)
		skip();
	while (true) {
		const struct format *format;
		struct snapshot snapshot;
		struct source *source;
		struct error err = {0};
		bool read;

		assert_true(source_create(fixture->plain, &source, &err));
		atomic_store(&failed, false);
		atomic_store(&allocations_left, left);
		read = ingest_source(source, &options, &snapshot, &format,
				     &err);
		atomic_store(&allocations_left, -1);
		source_destroy(source);
		if (read) {
			assert_u64(snapshot.seen, RECORDS);
			snapshot_deinit(&snapshot);
		} else {
			assert_int_equal(err.code, ERROR_MEMORY);
		}
		if (left < 0)
			before = atomic_load(&live);
		assert_int_equal(atomic_load(&live), before);
		if (left >= 0 && read && !atomic_load(&failed))
			break;
		left++;
		done++;
	}
	assert_true(done > 10);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
#define TEST_FOLDERS(name) \
	cmocka_unit_test_setup_teardown(name, setup_folders, teardown_folders)
	const struct CMUnitTest tests[] = {
		TEST(top_of_a_plain_file_survives),
		TEST(top_by_keys_as_json_survives),
		TEST(top_of_a_gzip_file_survives_with_and_without_thread),
		TEST(diff_survives),
		TEST(what_rules_say_survives),
		TEST(names_of_addresses_survive),
		TEST(ranges_in_threads_survive),
		TEST_FOLDERS(top_of_a_folder_survives),
		TEST_FOLDERS(diff_of_folders_survives),
		TEST_FOLDERS(contents_of_a_folder_survive),
		TEST_FOLDERS(symbolize_survives),
		TEST_FOLDERS(ps_of_folders_survives),
		TEST_FOLDERS(account_of_folders_survives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
