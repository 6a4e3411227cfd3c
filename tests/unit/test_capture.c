/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Captures in folders and archives that a temporary folder holds. */
#include "tests/support/check.h"

#include <fcntl.h>
#include <unistd.h>

#include "input/capture.h"
#include "tests/support/archive_maker.h"
#include "tests/support/folder_maker.h"
#include "tests/support/text_buffer.h"

static struct capture capture;
static struct error err;
static struct filter filter;
static struct text_buffer text;

static int setup(void **state)
{
	err = (struct error){0};
	return folder_setup(state);
}

static int teardown(void **state)
{
	capture_deinit(&capture);
	filter_deinit(&filter);
	text_buffer_deinit(&text);
	return folder_teardown(state);
}

/* ---- reading ---- */

/* As the commands ask. */
static struct capture_options asked(void)
{
	return (struct capture_options){
		.ingest.plan = {.filter = &filter,
				.began_ns = TS_NONE,
				.learn = true,
				.before_own = true},
		.ingest.threads = 1,
	};
}

static bool try_with(const char *path, const struct capture_options *options)
{
	capture_deinit(&capture);
	return capture_read(&capture, path, options, &err);
}

static void read_with(const char *path, const struct capture_options *options)
{
	if (!try_with(path, options))
		fail_msg("%s", err.text);
}

static void read_path(const char *path)
{
	const struct capture_options options = asked();

	read_with(path, &options);
}

static void assert_refused(const char *path, const char *expected)
{
	const struct capture_options options = asked();

	err = (struct error){0};
	assert_false(try_with(path, &options));
	assert_string_equal(err.text, expected);
}

/* All remarks, a line each. */
static void assert_remarks(const char *expected)
{
	struct text_buffer found = {0};
	const struct remark *remark;

	text_buffer_add(&found, SPAN(""));
	for (remark = capture.remarks; remark; remark = remark->next)
		text_buffer_format(&found, "%s\n", remark->text);
	assert_span(text_buffer_span(&found), expected);
	text_buffer_deinit(&found);
}

static const struct snapshot *snapshot_of(const char *format)
{
	struct capture_source *source = capture_source(&capture, format);

	if (!source)
		fail_msg("there is no %s", format);
	return &source->snapshot;
}

static uint64_t value_of(const char *group, const char *scope, const char *name)
{
	uint64_t value;

	if (!counters_value(&capture.counters, group, span_of(scope), name,
			    &value))
		fail_msg("no %s of '%s' in %s", name, scope, group);
	return value;
}

/* Objects of one cache. */
static uint64_t objects_of(const char *cache)
{
	const struct snapshot *snapshot = snapshot_of("slab_traces");
	const struct row *row;
	uint64_t objects = 0;

	for (row = snapshot->rows; row; row = row->hh.next)
		if (span_equal(string_pool_text(&snapshot->names,
						row->key.values[FIELD_CACHE]),
			       span_of(cache)))
			objects += row->tally.objects.objects;
	return objects;
}

/* ---- what captures are made of ---- */

#define PAGE_OWNER(pfn, ts)                                                   \
	"Page allocated via order 0, mask 0x1(X), pid 1, tgid 1 (x), ts " #ts \
	" ns\nPFN 0x" #pfn                                                    \
	" type Unmovable Block 0 type Unmovable Flags 0x0()\n"                \
	" f+0x1/0x20 [m]\n\n"

#define TRACE(count, function, age)                             \
	"      " #count " " #function "+0x1/0x20 [m] age=" #age \
	" pid=7\n        " #function "+0x1/0x20 [m]\n"          \
	"        entry+0x1/0x20\n\n"

#define DEBUG	"sys/kernel/debug/"
#define MEMINFO "MemTotal:        2048 kB\n"
#define UPTIME	"15.00 20.00\n"
/* At 10, 20 and 30 seconds. */
#define PAGES                      \
	PAGE_OWNER(1, 10000000000) \
	PAGE_OWNER(2, 20000000000) \
	PAGE_OWNER(3, 30000000000)

#define SLABINFO                                                       \
	"slabinfo - version: 2.1\n"                                    \
	"# name            <active_objs> <num_objs> <objsize> "        \
	"<objperslab> <pagesperslab> : tunables <limit> <batchcount> " \
	"<sharedfactor> : slabdata <active_slabs> <num_slabs> "        \
	"<sharedavail>\n"                                              \
	"thing 9 16 640 10 8 : tunables 0 0 0 : slabdata 2 2 0\n"

#ifdef HAVE_ARCHIVE

static void put_archive(const char *path, const char *packing,
			const struct made_entry *entries)
{
	struct made_archive made;

	made_archive_init(&made, "gnutar", packing, entries);
	made_archive_write(&made, made.length, path);
	made_archive_deinit(&made);
}

#define ENTRY(path_, text_)                      \
	{                                        \
		.path = (path_), .text = (text_) \
	}
#define PUT_TAR(path, ...) \
	put_archive(path, "none", (const struct made_entry[]){__VA_ARGS__, {0}})

#endif

/* ---- a folder ---- */

static void a_folder_has_its_stacks_its_counters_and_its_facts(void **state)
{
	struct contents contents;

	(void)state;
	folder_file("c/proc/meminfo", MEMINFO);
	folder_file("c/proc/version", "Linux version 6.12.1-lab (a@b) #1\n");
	folder_file("c/proc/uptime", UPTIME);
	folder_file("c/proc/sys/kernel/random/boot_id",
		    "01234567-89ab-cdef-0123-456789abcdef\n");
	folder_file("c/" DEBUG "page_owner", PAGES);
	read_path("c");
	assert_string_equal(capture.path, "c");
	assert_false(capture.single);
	assert_true(capture.rereadable);
	assert_u64(value_of("meminfo", "", "MemTotal"), 2048);
	assert_string_equal(capture.kernel, "6.12.1-lab");
	assert_string_equal(capture.boot_id,
			    "01234567-89ab-cdef-0123-456789abcdef");
	assert_u64(capture.uptime_ns, 15000000000);
	assert_int_equal(capture.source_count, 1);
	assert_u64(snapshot_of("page_owner")->seen, 3);
	assert_string_equal(capture.sources[0].path, "c/" DEBUG "page_owner");
	assert_remarks("");
	capture_contents(&capture, &contents);
	assert_int_equal(contents.count, 5);
	assert_string_equal(contents.kernel, "6.12.1-lab");
	assert_ptr_equal(contents.counters, &capture.counters);
}

static void contents_tell_of_each_member_in_the_order_of_reading(void **state)
{
	const struct content *member;

	(void)state;
	folder_file("c/proc/meminfo", MEMINFO "MemFree: 5 kB\nnonsense\n");
	folder_file("c/" DEBUG "slab/thing/alloc_traces",
		    TRACE(3, f, 5) TRACE(4, g, 5));
	read_path("c");
	member = capture.members;
	assert_string_equal(member->path, "proc/meminfo");
	assert_string_equal(member->format, "meminfo");
	assert_true(member->counts);
	assert_u64(member->entries, 2);
	assert_u64(member->skipped, 1);
	assert_u64(member->bytes, 25 + 14 + 9);
	member = member->next;
	assert_string_equal(member->path, DEBUG "slab/thing/alloc_traces");
	assert_string_equal(member->format, "slab_traces");
	assert_string_equal(member->noun, "object");
	assert_false(member->counts);
	assert_u64(member->entries, 2);
	assert_u64(member->records, 7);
	assert_u64(member->skipped, 0);
	assert_null(member->next);
}

static void a_counter_of_each_node_has_its_scope(void **state)
{
	(void)state;
	folder_file("c/sys/devices/system/node/node0/meminfo",
		    "Node 0 MemTotal: 10 kB\n");
	folder_file("c/sys/devices/system/node/node1/meminfo",
		    "Node 1 MemTotal: 20 kB\n");
	read_path("c");
	assert_u64(value_of("meminfo", "node 0", "MemTotal"), 10);
	assert_u64(value_of("meminfo", "node 1", "MemTotal"), 20);
}

static void note_path(void *context, const char *path)
{
	(void)context;
	text_buffer_format(&text, "%s\n", path);
}

static void each_member_is_told_by_its_path_before_it_is_read(void **state)
{
	struct capture_options options = asked();

	(void)state;
	folder_file("c/proc/meminfo", MEMINFO);
	folder_file("c/" DEBUG "page_owner", PAGES);
	options.begins = note_path;
	read_with("c", &options);
	assert_span(text_buffer_span(&text),
		    "c/proc/meminfo\nc/" DEBUG "page_owner\n");
}

static void a_path_that_is_not_there_is_an_error(void **state)
{
	(void)state;
	assert_refused("nowhere",
		       "cannot open 'nowhere': No such file or directory");
}

static void a_lone_file_of_unknown_text_is_refused_with_its_path(void **state)
{
	(void)state;
	folder_file("notes", "some notes\n");
	assert_refused("notes", "notes: not a dump of a known format; "
				"'pageowl help formats' lists them");
}

static void an_empty_folder_has_nothing_and_is_no_error(void **state)
{
	(void)state;
	folder_file("c/.keep", "");
	read_path("c");
	assert_int_equal(capture.source_count, 0);
	assert_int_equal(capture.member_count, 0);
}

static void a_wanted_source_leaves_out_others_that_have_times(void **state)
{
	struct capture_options options = asked();

	(void)state;
	folder_file("c/" DEBUG "page_owner", PAGES);
	folder_file("c/proc/allocinfo",
		    "allocinfo - version: 1.0\n#     <size>  <calls> <tag "
		    "info>\n        4096        1 a.c:1 func:f \n");
	options.only = "allocinfo";
	read_with("c", &options);
	assert_null(capture_source(&capture, "page_owner"));
	assert_u64(snapshot_of("allocinfo")->counted.units, 4096);
	options.only = "page_owner";
	read_with("c", &options);
	assert_u64(snapshot_of("page_owner")->seen, 3);
	/* It is small, and may agree. */
	assert_u64(snapshot_of("allocinfo")->counted.units, 4096);
}

static void what_is_not_wanted_is_not_opened(void **state)
{
	static const char *const wanted[] = {"meminfo", NULL};
	struct capture_options options = asked();

	(void)state;
	folder_file("c/proc/meminfo", MEMINFO);
	folder_file("c/proc/uptime", UPTIME);
	folder_file("c/" DEBUG "page_owner", PAGES);
	options.wanted = wanted;
	options.begins = note_path;
	read_with("c", &options);
	assert_span(text_buffer_span(&text), "c/proc/meminfo\n");
	assert_int_equal(capture.source_count, 0);
	assert_remarks("");
}

static void what_only_its_text_tells_is_not_counted_unless_wanted(void **state)
{
	static const char *const wanted[] = {"meminfo", NULL};
	struct capture_options options = asked();

	(void)state;
	folder_file("dump.txt", PAGES);
	options.wanted = wanted;
	read_with("dump.txt", &options);
	assert_int_equal(capture.source_count, 0);
	assert_int_equal(capture.member_count, 0);
}

#define ROLLUP "00400000-7ffd0000 ---p 00000000 00:00 0   [rollup]\n"
#define SMAPS  "00400000-00584000 r-xp 00000000 00:02 31   /bin/heron\n"

static void smaps_is_not_opened_where_its_rollup_has_told(void **state)
{
	static const char *const wanted[] = {"smaps_rollup", "smaps", NULL};
	struct capture_options options = asked();

	(void)state;
	folder_file("c/proc/7/smaps_rollup",
		    ROLLUP "Rss:                  10 kB\n");
	folder_file("c/proc/7/smaps", SMAPS "Rss:                  11 kB\n");
	folder_file("c/proc/8/smaps", SMAPS "Rss:                  12 kB\n");
	options.wanted = wanted;
	options.processes = true;
	options.begins = note_path;
	read_with("c", &options);
	assert_span(text_buffer_span(&text),
		    "c/proc/7/smaps_rollup\nc/proc/8/smaps\n");
	assert_u64(value_of("smaps", "8", "Rss"), 12);
}

/* ---- T0 ---- */

static void assert_cut_at_the_uptime(void)
{
	const struct snapshot *snapshot = snapshot_of("page_owner");

	assert_u64(capture.uptime_ns, 15000000000);
	assert_u64(snapshot->began_ns, 15000000000);
	assert_u64(snapshot->rows->tally.units_before, 1);
	assert_u64(snapshot->rows->tally.units_fresh, 2);
	assert_u64(snapshot->seen, 3);
}

static void t0_of_a_folder_is_its_uptime(void **state)
{
	struct capture_options options = asked();

	(void)state;
	folder_file("c/proc/uptime", UPTIME);
	folder_file("c/" DEBUG "page_owner", PAGES);
	options.begins = note_path;
	read_with("c", &options);
	assert_cut_at_the_uptime();
	/* It comes first, so that nothing is read twice. */
	assert_span(text_buffer_span(&text),
		    "c/proc/uptime\nc/" DEBUG "page_owner\n");
}

static void without_an_uptime_t0_is_learned_from_the_records(void **state)
{
	struct capture_options options = asked();

	(void)state;
	folder_file("c/" DEBUG "page_owner", PAGES);
	read_path("c");
	assert_u64(capture.uptime_ns, TS_NONE);
	assert_u64(snapshot_of("page_owner")->began_ns, 30000000000);
	assert_u64(snapshot_of("page_owner")->rows->tally.units_fresh, 0);
	folder_file("c/proc/uptime", UPTIME);
	options.ignore_clocks = true;
	read_with("c", &options);
	assert_u64(capture.uptime_ns, TS_NONE);
	assert_u64(snapshot_of("page_owner")->began_ns, 30000000000);
}

#ifdef HAVE_ARCHIVE

static void t0_of_an_archive_is_its_uptime_whichever_comes_first(void **state)
{
	(void)state;
	PUT_TAR("first.tar", ENTRY("proc/uptime", UPTIME),
		ENTRY(DEBUG "page_owner", PAGES));
	read_path("first.tar");
	assert_cut_at_the_uptime();
	PUT_TAR("last.tar", ENTRY(DEBUG "page_owner", PAGES),
		ENTRY("proc/uptime", UPTIME));
	read_path("last.tar");
	assert_cut_at_the_uptime();
	/* It was read twice, and counted once. */
	assert_int_equal(capture.member_count, 2);
	assert_int_equal(capture.source_count, 1);
}

static void a_pipe_has_no_beginning_to_go_back_to(void **state)
{
	const struct made_entry entries[] = {ENTRY(DEBUG "page_owner", PAGES),
					     ENTRY("proc/uptime", UPTIME),
					     {0}};
	int ends[2], kept = dup(STDIN_FILENO);
	struct made_archive made;

	(void)state;
	made_archive_init(&made, "gnutar", "none", entries);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], made.bytes, made.length), made.length);
	close(ends[1]);
	made_archive_deinit(&made);
	dup2(ends[0], STDIN_FILENO);
	close(ends[0]);
	read_path("-");
	dup2(kept, STDIN_FILENO);
	close(kept);
	assert_false(capture.rereadable);
	assert_u64(capture.uptime_ns, 15000000000);
	assert_u64(snapshot_of("page_owner")->began_ns, 30000000000);
}

#endif

/* ---- a manifest ---- */

#define TITLE	"pageowl capture manifest 1\n"
#define HEAD	TITLE "machine\tlive\nbegan\t2026-11-22\t14.5\n"
#define END	"ended\t2026-11-23\t60.0\twhole\n"
#define OWNER	DEBUG "page_owner"
#define ROW	"whole\t25.000000001\t26.0\t99\t" OWNER "\n"
#define BOOT	"01234567-89ab-cdef-0123-456789abcdef"
#define BOOT_ID "proc/sys/kernel/random/boot_id"

static const struct capture_source *owner(void)
{
	const struct capture_source *source =
		capture_source(&capture, "page_owner");

	if (!source)
		fail_msg("there is no page_owner");
	return source;
}

static void assert_began(enum began_from from, uint64_t began_ns)
{
	assert_int_equal(owner()->began_from, from);
	assert_u64(owner()->snapshot.began_ns, began_ns);
}

static void put_capture(const char *manifest)
{
	folder_file("c/proc/uptime", UPTIME);
	folder_file("c/" OWNER, PAGES);
	folder_file("c/manifest", manifest);
}

static void t0_is_when_the_manifest_says_that_the_dump_was_opened(void **state)
{
	struct capture_options options = asked();

	(void)state;
	put_capture(HEAD ROW END);
	options.begins = note_path;
	read_with("c", &options);
	assert_began(BEGAN_MANIFEST, 25000000001);
	assert_u64(snapshot_of("page_owner")->rows->tally.units_before, 2);
	assert_u64(snapshot_of("page_owner")->rows->tally.units_fresh, 1);
	assert_u64(capture.uptime_ns, 15000000000);
	assert_remarks("");
	assert_false(loss_is_any(&owner()->snapshot.loss));
	/* Nothing is read twice. */
	assert_span(text_buffer_span(&text),
		    "c/proc/uptime\nc/manifest\nc/" OWNER "\n");
	options = asked();
	options.ignore_clocks = true;
	read_with("c", &options);
	assert_began(BEGAN_RECORDS, 30000000000);
	read_path("c/" OWNER);
	assert_began(BEGAN_MANIFEST, 25000000001);
}

static void a_manifest_tells_t0_of_its_own_boot_on_a_live_machine(void **state)
{
	(void)state;
	put_capture(TITLE "machine\tfolder\n" ROW END);
	read_path("c");
	assert_began(BEGAN_UPTIME, 15000000000);
	put_capture(HEAD END);
	read_path("c");
	assert_began(BEGAN_UPTIME, 15000000000);
	put_capture(HEAD "boot\t" BOOT "\n" ROW END);
	read_path("c");
	assert_began(BEGAN_MANIFEST, 25000000001);
	folder_file("c/" BOOT_ID, BOOT "\n");
	read_path("c");
	assert_began(BEGAN_MANIFEST, 25000000001);
	folder_file("c/" BOOT_ID, "11111111-89ab-cdef-0123-456789abcdef\n");
	read_path("c");
	assert_began(BEGAN_UPTIME, 15000000000);
}

static void a_capture_that_was_interrupted_says_so(void **state)
{
	(void)state;
	put_capture(HEAD ROW);
	folder_file("c/proc/slabinfo", "rubbish\n");
	read_path("c");
	/* Before what is said of members. */
	assert_string_equal(capture.remarks->text,
			    "c: the capture was interrupted; what it has is "
			    "read");
	assert_non_null(capture.remarks->next);
	assert_ptr_equal(capture.last_remark, capture.remarks->next);
	assert_false(loss_is_any(&owner()->snapshot.loss));
	folder_file("c/proc/slabinfo", SLABINFO);
	put_capture(HEAD ROW "ended\t2026\t60.0\tno room\\tleft\n");
	read_path("c");
	assert_remarks("c: the capture ended early: no room\\tleft; what it "
		       "has is read\n");
}

static void a_dump_that_was_read_in_part_has_lost_something(void **state)
{
	static const struct {
		const char *manifest, *loss;
	} cases[] = {
		{HEAD "part\t25.0\t26.0\t9\t" OWNER "\tkilled\n" END,
		 "was read in part: killed"},
		{HEAD "failed\t25.0\t26.0\t9\t" OWNER "\tEIO\n" END,
		 "could not be read: EIO"},
		{HEAD "part\t25.0\t26.0\t9\t" OWNER "\n" END,
		 "was read in part: no reason is known"},
		{HEAD "begun\t25.0\t-\t0\t" OWNER "\n",
		 "was read in part: the capture was interrupted while it was "
		 "read"},
		{HEAD, "may be there in part: the capture was interrupted"},
		{HEAD "missing\t-\t-\t0\t" OWNER "\twhy\n" END, ""},
		{HEAD END, ""},
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(cases); i++) {
		put_capture(cases[i].manifest);
		read_path("c");
		assert_string_equal(owner()->snapshot.loss.input,
				    cases[i].loss);
	}
}

static void of_many_members_the_first_that_is_not_whole_is_named(void **state)
{
	(void)state;
	folder_file("c/" DEBUG "slab/a/alloc_traces", TRACE(3, f, 5));
	folder_file("c/manifest", HEAD
		    "part\t1.0\t2.0\t9\t" DEBUG "slab/a/alloc_traces\tkilled\n"
		    "failed\t1.0\t2.0\t9\t" DEBUG "slab/b/alloc_traces\tEIO\n"
		    "failed\t1.0\t2.0\t9\tproc/slabinfo\tEIO\n"
		    "left out\t-\t-\t0\t" DEBUG
		    "slab/c/alloc_traces\thangs\n" END);
	read_path("c");
	assert_string_equal(snapshot_of("slab_traces")->loss.input,
			    DEBUG "slab/a/alloc_traces was read in part: "
				  "killed; the same of 1 member more");
}

static void what_others_call_a_manifest_is_passed_over(void **state)
{
	(void)state;
	put_capture("C some check-in\nD 2026-11-22T16:02:03\n");
	read_path("c");
	assert_int_equal(capture.member_count, 2);
	assert_remarks("");
}

static void what_else_a_capture_has_is_not_looked_into(void **state)
{
	static const char *const paths[] = {
		"proc/kallsyms",
		"proc/7/status",
		"proc/7/smaps_rollup",
		"proc/7/cmdline",
		"proc/7/stat",
		"proc/7/maps",
		"sys/module/m/sections/.text",
		"sys/module/m/version",
	};
	char path[64];
	size_t i;

	(void)state;
	put_capture(HEAD ROW END);
	for (i = 0; i < TEST_COUNT(paths); i++) {
		snprintf(path, sizeof(path), "c/%s", paths[i]);
		folder_file(path, PAGES MEMINFO MEMINFO);
	}
	read_path("c");
	assert_int_equal(capture.member_count, 3);
	assert_remarks("");
	assert_u64(snapshot_of("page_owner")->seen, 3);
}

/* What no text has: CR LF, NUL, no newline at the end. */
static void build_ids_are_read_byte_by_byte(void **state)
{
	static const char notes[] = "\4\0\0\0\10\0\0\0\3\0\0\0GNU\0"
				    "\r\n\0\xff\n\n> \r";
	const char *path = "c/sys/module/heron_tx/notes/.note.gnu.build-id";
	const struct counter *found;
	FILE *file;

	(void)state;
	put_capture(HEAD ROW END);
	folder_file(path, "");
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(notes, 24, 1, file), 1);
	fclose(file);
	read_path("c");
	assert_int_equal(capture.member_count, 4);
	assert_remarks("");
	found = counters_find(&capture.counters, "notes", SPAN("heron_tx"),
			      "build_id");
	assert_non_null(found);
	assert_span(found->text, "0d0a00ff0a0a3e20");
}

#ifdef HAVE_ARCHIVE

static void an_archive_whose_last_manifest_tells_t0_is_read_again(void **state)
{
	struct capture_options options = asked();

	(void)state;
	PUT_TAR("c.tar", ENTRY("20261122/manifest", HEAD),
		ENTRY("20261122/proc/interrupts", PAGES),
		ENTRY("20261122/proc/uptime", UPTIME),
		ENTRY("20261122/" OWNER, PAGES),
		ENTRY("20261122/manifest", HEAD ROW END));
	options.begins = note_path;
	read_with("c.tar", &options);
	assert_began(BEGAN_MANIFEST, 25000000001);
	assert_remarks("");
	/* The manifests are one, and what was read twice is counted once. */
	assert_int_equal(capture.member_count, 3);
	assert_u64(snapshot_of("page_owner")->seen, 3);
	assert_non_null(strstr(text_buffer_span(&text).at, "manifest\nc.tar"));
}

static void an_archive_that_tells_t0_in_time_is_read_once(void **state)
{
	struct capture_options options = asked();

	(void)state;
	PUT_TAR("c.tar", ENTRY("t1/proc/uptime", UPTIME),
		ENTRY("t1/manifest",
		      HEAD "begun\t25.000000001\t-\t0\t" OWNER "\n"),
		ENTRY("t1/" OWNER, PAGES), ENTRY("t1/manifest", HEAD ROW END));
	options.begins = note_path;
	read_with("c.tar", &options);
	assert_began(BEGAN_MANIFEST, 25000000001);
	assert_remarks("");
	assert_span(text_buffer_span(&text),
		    "c.tar/t1/proc/uptime\nc.tar/t1/manifest\nc.tar/t1/" OWNER
		    "\nc.tar/t1/manifest\n");
}

static void the_manifest_of_a_capture_inside_is_not_meant(void **state)
{
	(void)state;
	PUT_TAR("c.tar", ENTRY("t1/manifest", HEAD ROW END),
		ENTRY("t1/" OWNER, PAGES),
		ENTRY("t1/old/manifest",
		      HEAD "part\t1.0\t2.0\t9\t" OWNER "\tx\n"));
	read_path("c.tar");
	assert_began(BEGAN_MANIFEST, 25000000001);
	assert_remarks("");
	assert_false(loss_is_any(&owner()->snapshot.loss));
}

#endif

/* ---- several captures, several dumps ---- */

static void a_folder_of_several_captures_is_refused(void **state)
{
	(void)state;
	folder_file("c/t1/proc/meminfo", MEMINFO);
	folder_file("c/t2/proc/meminfo", MEMINFO);
	assert_refused("c", "'c' holds several captures: 't1', 't2'; name one "
			    "of them");
}

#ifdef HAVE_ARCHIVE

static void an_archive_of_several_captures_is_refused(void **state)
{
	(void)state;
	PUT_TAR("c.tar", ENTRY("t1/proc/meminfo", MEMINFO),
		ENTRY("t2/proc/meminfo", MEMINFO));
	assert_refused("c.tar", "c.tar: it holds several captures, 't1/' and "
				"'t2/' among them; unpack it and name one");
}

static void a_capture_inside_of_another_does_not_belong_to_it(void **state)
{
	(void)state;
	PUT_TAR("c.tar", ENTRY("r/proc/meminfo", MEMINFO),
		ENTRY("r/old/proc/meminfo", "MemTotal: 1 kB\n"));
	read_path("c.tar");
	assert_u64(value_of("meminfo", "", "MemTotal"), 2048);
	assert_int_equal(capture.member_count, 1);
}

#endif

static void several_dumps_of_one_kind_in_a_folder_are_refused(void **state)
{
	(void)state;
	folder_file("c/monday.txt", PAGES);
	folder_file("c/tuesday.txt", PAGES);
	assert_refused("c",
		       "c: it holds several dumps of page_owner, "
		       "'c/monday.txt' and 'c/tuesday.txt' among them; name "
		       "one");
}

static void files_without_names_are_known_by_their_content(void **state)
{
	(void)state;
	folder_file("c/a", PAGES);
	folder_file("c/b", MEMINFO "MemFree:          10 kB\n"
				   "Buffers:           0 kB\n");
	folder_file("c/c", "some notes\n");
	folder_file("c/d", SLABINFO);
	folder_file("c/e", "");
	folder_file("c/f.zip", "PK\003\004 and so on");
	read_path("c");
	assert_u64(snapshot_of("page_owner")->seen, 3);
	assert_u64(value_of("meminfo", "", "MemTotal"), 2048);
	assert_u64(value_of("slabinfo", "thing", "objsize"), 640);
	assert_int_equal(capture.source_count, 1);
	assert_int_equal(capture.member_count, 3);
	/* Nobody said that the others are of any use. */
	assert_remarks("");
}

static void a_name_that_somebody_chose_tells_less_than_the_text(void **state)
{
	(void)state;
	folder_file("c/page_owner.txt", SLABINFO);
	read_path("c");
	assert_int_equal(capture.source_count, 0);
	assert_u64(value_of("slabinfo", "thing", "objsize"), 640);
}

#ifdef HAVE_ARCHIVE

static void the_kernels_own_place_goes_before_a_name(void **state)
{
	(void)state;
	PUT_TAR("own_first.tar", ENTRY(DEBUG "page_owner", PAGES),
		ENTRY("page_owner.txt", PAGE_OWNER(9, 5)));
	read_path("own_first.tar");
	assert_u64(snapshot_of("page_owner")->seen, 3);
	assert_remarks("own_first.tar/page_owner.txt: left out, there is "
		       "another dump of page_owner\n");
	PUT_TAR("own_last.tar", ENTRY("page_owner.txt", PAGE_OWNER(9, 5)),
		ENTRY(DEBUG "page_owner", PAGES));
	read_path("own_last.tar");
	assert_u64(snapshot_of("page_owner")->seen, 3);
	assert_string_equal(capture.sources[0].path,
			    "own_last.tar/" DEBUG "page_owner");
	assert_remarks("own_last.tar/page_owner.txt: left out, there is "
		       "another dump of page_owner\n");
}

#endif

/* ---- slab caches ---- */

static void the_path_tells_the_cache_of_objects(void **state)
{
	(void)state;
	folder_file("c/" DEBUG "slab/kmalloc-64/alloc_traces", TRACE(5, f, 10));
	folder_file("c/" DEBUG "slab/dentry/alloc_traces",
		    TRACE(7, f, 10) TRACE(2, g, 10));
	read_path("c");
	assert_u64(objects_of("kmalloc-64"), 5);
	assert_u64(objects_of("dentry"), 9);
	assert_u64(objects_of("alloc_traces"), 0);
	assert_u64(snapshot_of("slab_traces")->seen, 14);
	assert_int_equal(HASH_COUNT(snapshot_of("slab_traces")->rows), 3);
	assert_int_equal(capture_source(&capture, "slab_traces")->members, 2);
}

static void the_folder_that_was_given_may_be_the_caches_own(void **state)
{
	(void)state;
	folder_file("s/kmalloc-64/alloc_traces", TRACE(5, f, 10));
	read_path("s/kmalloc-64");
	assert_u64(objects_of("kmalloc-64"), 5);
	read_path("s/kmalloc-64/alloc_traces");
	assert_u64(objects_of("kmalloc-64"), 5);
	read_path("s");
	assert_u64(objects_of("kmalloc-64"), 5);
	/* A file's own name tells more. */
	folder_file("d/kmalloc-32-alloc_traces.txt", TRACE(4, f, 10));
	read_path("d");
	assert_u64(objects_of("kmalloc-32"), 4);
}

static void free_traces_are_a_source_of_their_own(void **state)
{
	(void)state;
	folder_file("c/" DEBUG "slab/dentry/alloc_traces", TRACE(7, f, 10));
	folder_file("c/" DEBUG "slab/dentry/free_traces", TRACE(3, g, 10));
	read_path("c");
	assert_u64(snapshot_of("slab_traces")->seen, 7);
	assert_u64(snapshot_of("slab_free_traces")->seen, 3);
}

/* Caches that SLUB merged are there under an alias, too. */
static void a_cache_that_is_there_twice_is_counted_once(void **state)
{
	(void)state;
	folder_file("c/" DEBUG "slab/:0000064/alloc_traces",
		    TRACE(5, f, 10) TRACE(6, g, 10));
	/* In another order, and older by now. */
	folder_file("c/" DEBUG "slab/anon_vma/alloc_traces",
		    TRACE(6, g, 11) TRACE(5, f, 11));
	read_path("c");
	assert_u64(snapshot_of("slab_traces")->seen, 11);
	assert_u64(objects_of(":0000064"), 11);
	assert_remarks("c/" DEBUG "slab/anon_vma/alloc_traces: the objects of "
		       "':0000064' again: counted once\n");
}

static void caches_that_only_look_alike_are_both_counted(void **state)
{
	(void)state;
	/* Neither name is that of merged caches. */
	folder_file("c/" DEBUG "slab/a/alloc_traces", TRACE(5, f, 10));
	folder_file("c/" DEBUG "slab/b/alloc_traces", TRACE(5, f, 10));
	/* As many objects, of other stacks; and one stack, of more. */
	folder_file("c/" DEBUG "slab/:0000064/alloc_traces", TRACE(5, g, 10));
	folder_file("c/" DEBUG "slab/:0000128/alloc_traces", TRACE(6, f, 10));
	/* Who made objects is not who freed them. */
	folder_file("c/" DEBUG "slab/:0000064/free_traces", TRACE(5, g, 10));
	read_path("c");
	assert_u64(snapshot_of("slab_traces")->seen, 21);
	assert_u64(snapshot_of("slab_free_traces")->seen, 5);
	assert_remarks("");
}

/* Lines that fill a page, 8 objects each. */
static void put_full_calls(const char *path, uint64_t *ret_objects)
{
	struct text_buffer calls = {0};
	unsigned i;

	for (i = 0; calls.length < 4000; i++)
		text_buffer_format(&calls,
				   "      8 function_%u+0x1/0x20 age=5 "
				   "pid=1\n",
				   i);
	text_buffer_add(&calls, (struct span){"", 1});
	folder_file(path, calls.at);
	*ret_objects = 8 * i;
	text_buffer_deinit(&calls);
}

static void objects_that_alloc_calls_has_no_room_for_are_told(void **state)
{
	uint64_t objects;
	char expected[256];

	(void)state;
	put_full_calls("c/sys/kernel/slab/thing/alloc_calls", &objects);
	folder_file("c/sys/kernel/slab/thing/objects", "100000\n");
	folder_file("c/sys/kernel/slab/small/alloc_calls",
		    "      8 f+0x1/0x20 age=5 pid=1\n");
	folder_file("c/sys/kernel/slab/small/objects", "99\n");
	read_path("c");
	assert_u64(objects_of("thing"), objects);
	snprintf(expected, sizeof(expected),
		 "%s: %u of 100000 objects of 'thing' are missing: alloc_calls "
		 "ends at the size of a page\n",
		 capture.path, 100000 - (unsigned)objects);
	assert_remarks(expected);
}

static void without_a_count_alloc_calls_of_a_page_is_doubted(void **state)
{
	uint64_t objects;
	char count[32];

	(void)state;
	put_full_calls("c/sys/kernel/slab/thing/alloc_calls", &objects);
	read_path("c");
	assert_non_null(capture.remarks);
	assert_null(capture.remarks->next);
	assert_non_null(strstr(capture.remarks->text,
			       ": alloc_calls of 'thing' may end at the size "
			       "of a page before all objects are listed"));
	/* All are there. */
	snprintf(count, sizeof(count), "%u\n", (unsigned)objects);
	folder_file("c/sys/kernel/slab/thing/objects", count);
	read_path("c");
	assert_remarks("");
}

static void slabinfo_counts_objects_where_sysfs_does_not(void **state)
{
	uint64_t objects;

	(void)state;
	put_full_calls("c/sys/kernel/slab/thing/alloc_calls", &objects);
	folder_file("c/proc/slabinfo",
		    "slabinfo - version: 2.1\n"
		    "thing 99999 99999 640 10 8 : tunables 0 0 0 : slabdata 2 "
		    "2 0\n");
	read_path("c");
	assert_non_null(capture.remarks);
	assert_non_null(strstr(capture.remarks->text,
			       "of 99999 objects of 'thing' are missing"));
}

static void the_sizes_of_objects_come_from_beside_them(void **state)
{
	(void)state;
	folder_file("c/proc/slabinfo", SLABINFO);
	folder_file("c/" DEBUG "slab/thing/alloc_traces", TRACE(5, f, 10));
	read_path("c");
	assert_int_equal(snapshot_of("slab_traces")->unit, UNIT_BYTE);
	assert_u64(snapshot_of("slab_traces")->counted.units, 5 * 640);
	assert_u64(capture_source(&capture, "slab_traces")->sizes.slots, 5);
}

static void a_lone_dump_in_its_place_is_measured_by_its_siblings(void **state)
{
	(void)state;
	folder_file("c/proc/slabinfo", SLABINFO);
	folder_file("c/proc/uptime", UPTIME);
	folder_file("c/" DEBUG "slab/thing/alloc_traces", TRACE(5, f, 10));
	folder_file("c/" DEBUG "slab/other/alloc_traces", TRACE(9, f, 10));
	folder_file("c/" DEBUG "page_owner", PAGES);
	read_path("c/" DEBUG "slab/thing/alloc_traces");
	assert_true(capture.single);
	assert_u64(snapshot_of("slab_traces")->counted.units, 5 * 640);
	assert_u64(capture.uptime_ns, 15000000000);
	/* Its own stacks only. */
	assert_int_equal(capture.source_count, 1);
	assert_u64(snapshot_of("slab_traces")->seen, 5);
}

static void a_copy_of_a_dump_has_no_siblings(void **state)
{
	(void)state;
	folder_file("proc/slabinfo", SLABINFO);
	folder_file("thing-alloc_traces.txt", TRACE(5, f, 10));
	read_path("thing-alloc_traces.txt");
	assert_u64(objects_of("thing"), 5);
	assert_int_equal(snapshot_of("slab_traces")->unit, UNIT_OBJECT);
	assert_int_equal(capture.counters.count, 0);
}

/* ---- stacks and handles ---- */

#define STACKS DEBUG "page_owner_stacks/"
#define HANDLES                                         \
	"handle: 11\nnr_base_pages: 40\n\nhandle: 12\n" \
	"nr_base_pages: 2\n\n"
#define STACKS_HANDLES                                 \
	" f+0x1/0x20 [m]\nhandle: 11\n\n g+0x1/0x20\n" \
	"handle: 12\n\n"

static uint64_t pages_of(const char *stack)
{
	const struct snapshot *snapshot = snapshot_of("page_owner_stacks");
	const struct row *row;

	for (row = snapshot->rows; row; row = row->hh.next)
		if (span_equal(row->key.stack->text, span_of(stack)))
			return row->tally.units;
	return 0;
}

static void assert_joined(void)
{
	assert_u64(pages_of(" f+0x1/0x20 [m]\n"), 40);
	assert_u64(pages_of(" g+0x1/0x20\n"), 2);
	assert_u64(snapshot_of("page_owner_stacks")->counted.units, 42);
	assert_int_equal(capture.source_count, 1);
	assert_false(loss_is_any(&snapshot_of("page_owner_stacks")->loss));
	/* Stacks that came from two members know what they are. */
	assert_span(
		snapshot_of("page_owner_stacks")->rows->key.stack->class.module,
		"m");
	assert_remarks("");
}

static void handles_are_joined_with_their_stacks(void **state)
{
	(void)state;
	folder_file("c/" STACKS "show_handles", HANDLES);
	folder_file("c/" STACKS "show_stacks_handles", STACKS_HANDLES);
	read_path("c");
	assert_joined();
#ifdef HAVE_ARCHIVE
	PUT_TAR("stacks_last.tar", ENTRY(STACKS "show_handles", HANDLES),
		ENTRY(STACKS "show_stacks_handles", STACKS_HANDLES));
	read_path("stacks_last.tar");
	assert_joined();
	PUT_TAR("stacks_first.tar",
		ENTRY(STACKS "show_stacks_handles", STACKS_HANDLES),
		ENTRY(STACKS "show_handles", HANDLES));
	read_path("stacks_first.tar");
	assert_joined();
#endif
}

static void pages_that_are_told_three_times_are_counted_once(void **state)
{
	(void)state;
	folder_file("c/" STACKS "show_stacks",
		    " f+0x1/0x20 [m]\nnr_base_pages: 40\n\n g+0x1/0x20\n"
		    "nr_base_pages: 2\n\n");
	folder_file("c/" STACKS "show_handles", HANDLES);
	folder_file("c/" STACKS "show_stacks_handles", STACKS_HANDLES);
	read_path("c");
	assert_u64(snapshot_of("page_owner_stacks")->counted.units, 42);
}

/* ---- damage ---- */

static void a_member_that_cannot_be_read_is_told_and_left_out(void **state)
{
	(void)state;
	folder_file("c/proc/meminfo", MEMINFO);
	folder_file("c/proc/slabinfo", "PK\003\004 and so on");
	folder_file("c/" DEBUG "page_owner", PAGES);
	read_path("c");
	assert_u64(snapshot_of("page_owner")->seen, 3);
	assert_u64(value_of("meminfo", "", "MemTotal"), 2048);
	assert_int_equal(capture.member_count, 2);
	assert_remarks("c/proc/slabinfo: not read: 'proc/slabinfo' is a zip "
		       "archive; unpack it first: unzip -p proc/slabinfo | "
		       "pageowl top -\n");
}

static void the_only_member_that_cannot_be_read_is_an_error(void **state)
{
	(void)state;
	folder_file("dump", "PK\003\004 and so on");
	assert_refused("dump", "'dump' is a zip archive; unpack it first: "
			       "unzip -p dump | pageowl top -");
}

static void damage_of_a_member_has_its_path_and_its_line(void **state)
{
	(void)state;
	folder_file("c/proc/meminfo", MEMINFO "MemFree: a lot\n");
	folder_file("c/" DEBUG "slab/one/alloc_traces",
		    TRACE(5, f, 10) "      3 f+0x1/0x20 age=x pid=1\n");
	folder_file("c/" DEBUG "slab/two/alloc_traces",
		    "what?\n" TRACE(6, f, 10) "and this\n");
	read_path("c");
	assert_remarks(
		"c/proc/meminfo:2: expected \"<label>: <number>[ kB]\", found "
		"\"MemFree: a lot\"; 0 records and 1 line passed over\n"
		"c/" DEBUG "slab/one/alloc_traces:5: expected \"<count> "
		"<symbol> age=<number> pid=<number>\", found \"      3 "
		"f+0x1/0x20 age=x pid=1\"; 1 record and 0 lines passed over\n"
		"c/" DEBUG "slab/two/alloc_traces:1: expected \"<count> "
		"<symbol> age=<number> pid=<number>\", found \"what?\"; 0 "
		"records and 2 lines passed over\n");
	/* The sum is there, and the lines of members are not added up. */
	assert_u64(snapshot_of("slab_traces")->loss.records, 1);
	assert_u64(snapshot_of("slab_traces")->loss.stray_lines, 2);
	assert_int_equal(snapshot_of("slab_traces")->loss.event_count, 0);
}

static void damage_of_a_dump_stays_with_its_source(void **state)
{
	(void)state;
	folder_file("c/" DEBUG "page_owner", PAGES "what?\n");
	read_path("c");
	assert_remarks("");
	assert_u64(snapshot_of("page_owner")->loss.stray_lines, 1);
	assert_u64(snapshot_of("page_owner")->loss.events[0].line, 13);
}

#ifdef HAVE_ARCHIVE

static void an_archive_that_is_cut_gives_what_it_has_and_says_so(void **state)
{
	const struct made_entry entries[] = {ENTRY("proc/meminfo", MEMINFO),
					     ENTRY(DEBUG "page_owner", PAGES),
					     {0}};
	struct made_archive made;

	(void)state;
	made_archive_init(&made, "gnutar", "none", entries);
	made_archive_write(&made, 1024 + 512 + 300, "cut.tar");
	made_archive_deinit(&made);
	read_path("cut.tar");
	assert_u64(value_of("meminfo", "", "MemTotal"), 2048);
	assert_u64(snapshot_of("page_owner")->seen, 2);
	assert_non_null(capture.remarks);
	assert_non_null(strstr(capture.remarks->text, "cut.tar: "));
}

static void in_an_archive_a_file_deep_down_is_not_looked_into(void **state)
{
	(void)state;
	PUT_TAR("c.tar", ENTRY("a/b/c/notes", PAGES), ENTRY("a/b/dump", PAGES));
	read_path("c.tar");
	assert_u64(snapshot_of("page_owner")->seen, 3);
	assert_int_equal(capture.member_count, 1);
}

#endif

/* ---- balance ---- */

static void a_record_that_the_end_cuts_is_one_that_was_skipped(void **state)
{
	(void)state;
	folder_file("c/" DEBUG "slab/one/alloc_traces",
		    TRACE(5, f, 10) "    338 f+0x1/0x20 [m] age=5 pid=1\n"
				    "        f+0x1/0x20 [m]\n        ent");
	read_path("c");
	assert_u64(snapshot_of("slab_traces")->seen, 6);
	assert_u64(snapshot_of("slab_traces")->counted.records, 5);
	assert_u64(snapshot_of("slab_traces")->loss.records, 1);
}

static void each_record_of_each_member_is_accounted_for(void **state)
{
	struct capture_options options = asked();
	size_t i;

	(void)state;
	folder_file("c/" DEBUG "page_owner", PAGES
		    "Page allocated via order 77, mask\n" PAGE_OWNER(4, 5));
	folder_file("c/" DEBUG "slab/one/alloc_traces",
		    TRACE(5, f, 10) TRACE(4, g, 10) "  3 f+0x1/0x20 age=x\n");
	folder_file("c/" DEBUG "slab/two/alloc_traces",
		    TRACE(6, f, 10) "what?\n");
	folder_file("c/" DEBUG "slab/:0000064/alloc_traces", TRACE(6, f, 10));
	folder_file("c/" DEBUG "slab/one/free_traces", TRACE(2, f, 10));
	folder_file("c/" STACKS "show_handles",
		    HANDLES "handle: 13\nnr_base_pages: x\n\n");
	folder_file("c/" STACKS "show_stacks_handles", STACKS_HANDLES);
	folder_file("c/proc/allocinfo",
		    "allocinfo - version: 1.0\n#     <size>  <calls> <tag "
		    "info>\n        4096        1 a.c:1 func:f \n"
		    "        4096        1 nothing\n");
	assert_true(filter_add(&filter, "cache=one", true, &err));
	read_with("c", &options);
	assert_int_equal(capture.source_count, 5);
	for (i = 0; i < capture.source_count; i++) {
		const struct snapshot *snapshot = &capture.sources[i].snapshot;

		assert_u64(snapshot->seen, snapshot->counted.records +
						   snapshot->filtered.records +
						   snapshot->loss.records);
		assert_null(snapshot->unfinished);
	}
	assert_u64(snapshot_of("slab_traces")->counted.records, 6);
	assert_u64(snapshot_of("slab_traces")->filtered.records, 9);
	assert_u64(snapshot_of("slab_traces")->loss.records, 1);
	assert_u64(snapshot_of("allocinfo")->loss.records, 1);
	assert_u64(snapshot_of("page_owner")->counted.records, 4);
}

/* ---- the clock ---- */

static void config_hz_is_as_given_before_all_else(void **state)
{
	struct capture_options options = asked();

	(void)state;
	folder_file("c/boot/config-6.1", "CONFIG_HZ=300\n");
	folder_file("c/" DEBUG "slab/one/alloc_traces", TRACE(5, f, 10));
	options.hz = 24;
	read_with("c", &options);
	assert_int_equal(capture.clock.hz, 24);
	assert_int_equal(capture.clock.origin, HZ_GIVEN);
	read_path("c");
	assert_int_equal(capture.clock.hz, 300);
	assert_int_equal(capture.clock.origin, HZ_CONFIG);
}

static void config_hz_of_no_sense_is_not_believed(void **state)
{
	(void)state;
	folder_file("c/boot/config-6.1", "CONFIG_HZ=10001\n");
	folder_file("c/" DEBUG "slab/one/alloc_traces", TRACE(5, f, 10));
	read_path("c");
	assert_int_equal(capture.clock.hz, 0);
	assert_int_equal(capture.clock.origin, HZ_UNKNOWN);
}

/* Read 60 s after boot with HZ 250: 2^32 - 60000; the oldest 59.9 s ago. */
static void config_hz_shows_in_jiffies_and_ages(void **state)
{
	(void)state;
	folder_file("c/" DEBUG "slab/one/alloc_traces", TRACE(5, f, 14975));
	folder_file("c/" DEBUG "slab/one/free_traces",
		    "      3 <not-available> age=4294907296 pid=0\n");
	read_path("c");
	/* Each of both files alone does not show it. */
	assert_int_equal(capture.clock.origin, HZ_UNKNOWN);
	folder_file("c/" DEBUG "slab/two/free_traces",
		    "      3 <not-available> age=4294907296 pid=0\n" TRACE(
			    1, f, 14975));
	read_path("c");
	assert_int_equal(capture.clock.origin, HZ_JIFFIES);
	assert_int_equal(capture.clock.hz, 250);
	assert_u64(capture.clock.last, 15000);
}

static void config_hz_shows_in_the_uptime_and_ages(void **state)
{
	(void)state;
	folder_file("c/proc/uptime", "60.00 100.00\n");
	folder_file("c/" DEBUG "slab/one/alloc_traces", TRACE(5, f, 15010));
	read_path("c");
	assert_int_equal(capture.clock.origin, HZ_UPTIME);
	assert_int_equal(capture.clock.hz, 250);
	assert_u64(capture.clock.last, 15010);
}

/* ---- ends ---- */

static void a_zeroed_capture_may_be_deinited(void **state)
{
	struct capture none = {0};

	(void)state;
	capture_deinit(&none);
	capture_deinit(&none);
	assert_null(capture_source(&none, "page_owner"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_folder_has_its_stacks_its_counters_and_its_facts),
		TEST(contents_tell_of_each_member_in_the_order_of_reading),
		TEST(a_counter_of_each_node_has_its_scope),
		TEST(each_member_is_told_by_its_path_before_it_is_read),
		TEST(a_path_that_is_not_there_is_an_error),
		TEST(a_lone_file_of_unknown_text_is_refused_with_its_path),
		TEST(an_empty_folder_has_nothing_and_is_no_error),
		TEST(a_wanted_source_leaves_out_others_that_have_times),
		TEST(what_is_not_wanted_is_not_opened),
		TEST(what_only_its_text_tells_is_not_counted_unless_wanted),
		TEST(smaps_is_not_opened_where_its_rollup_has_told),
		TEST(t0_of_a_folder_is_its_uptime),
		TEST(without_an_uptime_t0_is_learned_from_the_records),
		TEST(t0_is_when_the_manifest_says_that_the_dump_was_opened),
		TEST(a_manifest_tells_t0_of_its_own_boot_on_a_live_machine),
		TEST(a_capture_that_was_interrupted_says_so),
		TEST(a_dump_that_was_read_in_part_has_lost_something),
		TEST(of_many_members_the_first_that_is_not_whole_is_named),
		TEST(what_others_call_a_manifest_is_passed_over),
		TEST(what_else_a_capture_has_is_not_looked_into),
		TEST(build_ids_are_read_byte_by_byte),
		TEST(a_folder_of_several_captures_is_refused),
		TEST(several_dumps_of_one_kind_in_a_folder_are_refused),
		TEST(files_without_names_are_known_by_their_content),
		TEST(a_name_that_somebody_chose_tells_less_than_the_text),
		TEST(the_path_tells_the_cache_of_objects),
		TEST(the_folder_that_was_given_may_be_the_caches_own),
		TEST(free_traces_are_a_source_of_their_own),
		TEST(a_cache_that_is_there_twice_is_counted_once),
		TEST(caches_that_only_look_alike_are_both_counted),
		TEST(objects_that_alloc_calls_has_no_room_for_are_told),
		TEST(without_a_count_alloc_calls_of_a_page_is_doubted),
		TEST(slabinfo_counts_objects_where_sysfs_does_not),
		TEST(the_sizes_of_objects_come_from_beside_them),
		TEST(a_lone_dump_in_its_place_is_measured_by_its_siblings),
		TEST(a_copy_of_a_dump_has_no_siblings),
		TEST(handles_are_joined_with_their_stacks),
		TEST(pages_that_are_told_three_times_are_counted_once),
		TEST(a_member_that_cannot_be_read_is_told_and_left_out),
		TEST(the_only_member_that_cannot_be_read_is_an_error),
		TEST(damage_of_a_member_has_its_path_and_its_line),
		TEST(damage_of_a_dump_stays_with_its_source),
		TEST(a_record_that_the_end_cuts_is_one_that_was_skipped),
		TEST(each_record_of_each_member_is_accounted_for),
		TEST(config_hz_is_as_given_before_all_else),
		TEST(config_hz_of_no_sense_is_not_believed),
		TEST(config_hz_shows_in_jiffies_and_ages),
		TEST(config_hz_shows_in_the_uptime_and_ages),
		TEST(a_zeroed_capture_may_be_deinited),
#ifdef HAVE_ARCHIVE
		TEST(t0_of_an_archive_is_its_uptime_whichever_comes_first),
		TEST(an_archive_whose_last_manifest_tells_t0_is_read_again),
		TEST(an_archive_that_tells_t0_in_time_is_read_once),
		TEST(the_manifest_of_a_capture_inside_is_not_meant),
		TEST(a_pipe_has_no_beginning_to_go_back_to),
		TEST(an_archive_of_several_captures_is_refused),
		TEST(a_capture_inside_of_another_does_not_belong_to_it),
		TEST(the_kernels_own_place_goes_before_a_name),
		TEST(an_archive_that_is_cut_gives_what_it_has_and_says_so),
		TEST(in_an_archive_a_file_deep_down_is_not_looked_into),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
