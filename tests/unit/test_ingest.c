/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading whole dumps. That the way of reading changes nothing is for
 * tests/property/property_reading.c.
 */
#include "tests/support/check.h"

#include <errno.h>
#include <unistd.h>

#include "tests/support/dump_reader.h"
#include "tests/support/text_buffer.h"

static struct dump_reading reading;
static struct text_buffer text;
static struct error err;

static int teardown(void **state)
{
	(void)state;
	dump_reading_deinit(&reading);
	text_buffer_deinit(&text);
	return 0;
}

static const struct way file = {.threads = 1};
static const struct way stream = {.part = 100};

static void add(unsigned pfn, unsigned ts)
{
	text_buffer_format(&text,
			   "Page allocated via order 0, mask 0x1(X), pid 1, "
			   "ts %u ns\nPFN %u type Unmovable Block %u type "
			   "Unmovable Flags 0x0()\n f+0x1/0x2\n\n",
			   ts, pfn, pfn >> 9);
}

static bool read_text(const struct way *way)
{
	return dump_reading_init(&reading, text_buffer_span(&text), way,
				 &(struct question){0}, &err);
}

static void a_dump_is_counted_with_its_lines(void **state)
{
	(void)state;
	add(600, 10);
	add(601, 20);
	assert_true(read_text(&file));
	assert_string_equal(reading.format->name, "page_owner");
	assert_u64(reading.snapshot.seen, 2);
	assert_u64(reading.snapshot.lines, 8);
	assert_u64(reading.snapshot.began_ns, 20);
	assert_int_equal(reading.snapshot.block_shift, 9);
	assert_u64(reading.snapshot.first_pfn, 600);
	assert_u64(reading.snapshot.last_pfn, 601);
}

static void an_empty_input_is_no_dump(void **state)
{
	(void)state;
	assert_false(read_text(&file));
	assert_int_equal(err.code, ERROR_FORMAT);
	assert_string_equal(err.text, "there is nothing in it");
	assert_false(read_text(&stream));
	assert_string_equal(err.text, "there is nothing in it");
}

static void other_text_is_no_dump(void **state)
{
	(void)state;
	text_buffer_add(&text, SPAN("# notes\n"));
	assert_false(read_text(&file));
	assert_int_equal(err.code, ERROR_FORMAT);
	assert_string_equal(err.text, "not a dump of a known format; "
				      "'pageowl help formats' lists them");
	assert_false(read_text(&stream));
}

static void a_dump_behind_a_long_log_is_found(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 4000; i++)
		text_buffer_format(&text, "[%5d.000000] some log line\n", i);
	add(600, 10);
	assert_true(read_text(&file));
	assert_u64(reading.snapshot.seen, 1);
	assert_u64(reading.snapshot.loss.stray_lines, 4000);
	assert_u64(reading.snapshot.lines, 4004);
	teardown(NULL);
}

static void two_dumps_in_one_file_are_told(void **state)
{
	(void)state;
	add(600, 10);
	add(700, 10);
	add(600, 20);
	add(700, 20);
	assert_true(read_text(&file));
	assert_u64(reading.snapshot.loss.descents, 1);
	assert_u64(reading.snapshot.loss.first_descent, 9);
}

static void gzip_is_read_like_the_text(void **state)
{
	size_t length;
	char *packed;

	(void)state;
	add(600, 10);
	add(601, 20);
	packed = dump_pack(text_buffer_span(&text), 3, &length);
	assert_true(dump_reading_init(&reading, (struct span){packed, length},
				      &(struct way){0}, &(struct question){0},
				      &err));
	assert_u64(reading.snapshot.seen, 2);
	assert_string_equal(reading.snapshot.loss.input, "");
	free(packed);
}

static void gzip_that_is_cut_gives_what_it_has_and_says_so(void **state)
{
	size_t length;
	char *packed;

	(void)state;
	add(600, 10);
	add(601, 20);
	packed = dump_pack(text_buffer_span(&text), 1, &length);
	assert_true(dump_reading_init(
		&reading, (struct span){packed, length - 6}, &(struct way){0},
		&(struct question){0}, &err));
	assert_u64(reading.snapshot.seen, 2);
	assert_non_null(strstr(reading.snapshot.loss.input, "ends early"));
	assert_true(loss_is_any(&reading.snapshot.loss));
	free(packed);
}

/* ---- a live file ---- */

/* A record for each read(2), or ENOMEM. */
struct live {
	unsigned next, count, refused;
};

static ssize_t read_live(void *context, void *buffer, size_t length)
{
	struct live *live = context;
	char record[300];
	int n;

	if (live->next == live->count)
		return 0;
	live->next++;
	if (live->next == live->refused) {
		errno = ENOMEM;
		return -1;
	}
	n = snprintf(record, sizeof(record),
		     "Page allocated via order 0, mask 0x1(X), pid 1, ts 5 ns\n"
		     "PFN %u type Movable Block 0 type Movable Flags 0x0()\n"
		     " f+0x1/0x2\n\n",
		     live->next);
	assert_true(n < (int)length);
	memcpy(buffer, record, (size_t)n);
	return n;
}

static void records_that_a_live_file_refuses_are_counted(void **state)
{
	struct live live = {.count = 3000, .refused = 7};
	const struct ingest_options options = {
		.plan = {.filter = &reading.filter,
			 .began_ns = TS_NONE,
			 .learn = true}};
	const struct format *format;
	struct snapshot snapshot;
	struct source *source;

	(void)state;
	assert_true(source_create_io(
		(struct source_io){.read = read_live, .context = &live},
		SOURCE_RECORDS, "live", &source, &err));
	assert_true(ingest_source(source, &options, &snapshot, &format, &err));
	assert_u64(snapshot.seen, 2999);
	assert_u64(snapshot.loss.unreadable, 1);
	assert_u64(snapshot.loss.records, 0);
	snapshot_deinit(&snapshot);
	source_destroy(source);
}

/* ---- members, one after the other ---- */

static struct source *open_text(const char *member)
{
	char path[] = "/tmp/test_ingest.XXXXXX";
	struct source *source;
	FILE *made = fdopen(mkstemp(path), "w");

	assert_non_null(made);
	fputs(member, made);
	assert_int_equal(fclose(made), 0);
	assert_true(source_create(path, &source, &err));
	unlink(path);
	return source;
}

/* The same as a stream, which can be read once. */
struct once {
	const char *rest;
};

static ssize_t read_once(void *context, void *buffer, size_t length)
{
	struct once *once = context;
	size_t left = strlen(once->rest);

	if (length > left)
		length = left;
	memcpy(buffer, once->rest, length);
	once->rest += length;
	return (ssize_t)length;
}

static struct ingest_options asked(void)
{
	return (struct ingest_options){
		.plan = {.filter = &reading.filter,
			 .began_ns = TS_NONE,
			 .learn = true},
		.threads = 1,
	};
}

#define SLAB_LINE "      5 f+0x1/0x2 age=5 pid=1\n"

static void what_was_looked_at_is_read_as_it_was_decided(void **state)
{
	struct once once = {SLAB_LINE SLAB_LINE};
	struct ingest_options options = asked();
	struct source *sources[2];
	unsigned i;

	(void)state;
	sources[0] = open_text(SLAB_LINE SLAB_LINE);
	assert_true(source_create_io(
		(struct source_io){.read = read_once, .context = &once},
		SOURCE_STREAM, "x", &sources[1], &err));
	for (i = 0; i < 2; i++) {
		struct ingest_head head;
		struct snapshot snapshot;

		assert_true(ingest_look(sources[i], &head, &err));
		assert_span(ingest_head_text(&head), SLAB_LINE SLAB_LINE);
		assert_int_equal(head.plain, i == 0);
		/* The text alone would be that of the other side. */
		assert_string_equal(format_sniff(ingest_head_text(&head))->name,
				    "slab_traces");
		options.format = format_named("slab_free_traces");
		options.plan.path = SPAN("slab/thing/free_traces");
		assert_true(ingest_rest(sources[i], &head, &options, &snapshot,
					&err));
		assert_u64(snapshot.seen, 10);
		assert_u64(snapshot.entries, 2);
		assert_u64(snapshot.bytes, strlen(SLAB_LINE SLAB_LINE));
		assert_int_equal(snapshot.unit, UNIT_BYTE);
		assert_int_equal(snapshot.identity, 1u << FIELD_CACHE);
		assert_span(string_pool_text(
				    &snapshot.names,
				    snapshot.rows->key.values[FIELD_CACHE]),
			    "thing");
		snapshot_deinit(&snapshot);
		ingest_head_deinit(&head);
		ingest_head_deinit(&head);
		source_destroy(sources[i]);
	}
}

static void counters_go_where_the_plan_says(void **state)
{
	struct ingest_options options = asked();
	struct counters counters = {0};
	struct source *source = open_text("MemTotal: 5 kB\nMemFree: x\n");
	struct ingest_head head;
	struct snapshot snapshot;
	uint64_t value;

	(void)state;
	options.format = format_named("meminfo");
	options.plan.counters = &counters;
	assert_true(ingest_look(source, &head, &err));
	assert_true(ingest_rest(source, &head, &options, &snapshot, &err));
	assert_true(counters_value(&counters, "meminfo", SPAN(""), "MemTotal",
				   &value));
	assert_u64(value, 5);
	assert_u64(snapshot.seen, 0);
	assert_u64(snapshot.loss.stray_lines, 1);
	snapshot_deinit(&snapshot);
	ingest_head_deinit(&head);
	source_destroy(source);
	counters_deinit(&counters);
}

/* Handles with pages, and then their stacks: pages once both are there. */
static void a_joined_state_goes_on_from_member_to_member(void **state)
{
	static const char *const members[] = {
		"handle: 1\nnr_base_pages: 40\n\n",
		" f+0x1/0x2\nhandle: 1\n\n g+0x1/0x2\nhandle: 2\n\n",
	};
	const struct format *format = format_named("page_owner_stacks");
	void *parser = calloc(1, format->state_size);
	struct ingest_options options = asked();
	struct snapshot snapshots[3];
	uint64_t pages = 0;
	unsigned i;

	(void)state;
	assert_true(format->joined);
	options.format = format;
	options.state = parser;
	for (i = 0; i < 2; i++) {
		struct source *source = open_text(members[i]);
		struct ingest_head head;

		options.plan.path =
			i ? SPAN("show_stacks_handles") : SPAN("show_handles");
		assert_true(ingest_look(source, &head, &err));
		assert_true(ingest_rest(source, &head, &options, &snapshots[i],
					&err));
		ingest_head_deinit(&head);
		source_destroy(source);
	}
	assert_true(ingest_finish(format, parser, &options.plan, &snapshots[2],
				  &err));
	free(parser);
	for (i = 0; i < 3; i++) {
		pages += snapshots[i].counted.units;
		if (snapshots[i].rows) {
			assert_span(snapshots[i].rows->key.stack->text,
				    " f+0x1/0x2\n");
			assert_true(snapshots[i].rows->key.stack->classified);
		}
		snapshot_deinit(&snapshots[i]);
	}
	assert_u64(pages, 40);
}

static void what_is_refused_tells_whether_there_was_anything(void **state)
{
	static const char *const texts[] = {"", "notes\n"};
	static const char *const words[] = {
		"there is nothing in it",
		"not a dump of a known format; 'pageowl help formats' lists "
		"them",
	};
	unsigned i;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct source *source = open_text(texts[i]);
		struct ingest_head head;

		assert_true(ingest_look(source, &head, &err));
		assert_false(ingest_refuse(source, &head, &err));
		assert_int_equal(err.code, ERROR_FORMAT);
		assert_string_equal(err.text, words[i]);
		ingest_head_deinit(&head);
		source_destroy(source);
	}
}

/* ---- progress ---- */

struct counting_progress {
	struct progress_sink sink; /* first: it is handed back */
	uint64_t calls, done, total, records;
};

static void note_progress(struct progress_sink *sink, uint64_t done,
			  uint64_t total, uint64_t records)
{
	struct counting_progress *progress = (struct counting_progress *)sink;

	assert_true(done >= progress->done);
	progress->calls++;
	progress->done = done;
	progress->total = total;
	progress->records = records;
}

static void progress_tells_bytes_and_records(void **state)
{
	struct counting_progress progress = {.sink.report = note_progress};
	const struct ingest_options options = {
		.plan = {.filter = &reading.filter, .began_ns = TS_NONE},
		.block_size = 1000,
		.progress = &progress.sink,
	};
	struct live live = {.count = 100};
	const struct format *format;
	struct snapshot snapshot;
	struct source *source;

	(void)state;
	assert_true(source_create_io(
		(struct source_io){.read = read_live, .context = &live},
		SOURCE_STREAM, "x", &source, &err));
	assert_true(ingest_source(source, &options, &snapshot, &format, &err));
	assert_true(progress.calls > 5);
	assert_u64(progress.records, 100);
	assert_u64(progress.total, 0);
	assert_true(progress.done > 10000);
	snapshot_deinit(&snapshot);
	source_destroy(source);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_dump_is_counted_with_its_lines),
		TEST(an_empty_input_is_no_dump),
		TEST(other_text_is_no_dump),
		TEST(a_dump_behind_a_long_log_is_found),
		TEST(two_dumps_in_one_file_are_told),
		TEST(gzip_is_read_like_the_text),
		TEST(gzip_that_is_cut_gives_what_it_has_and_says_so),
		TEST(records_that_a_live_file_refuses_are_counted),
		TEST(what_was_looked_at_is_read_as_it_was_decided),
		TEST(counters_go_where_the_plan_says),
		TEST(a_joined_state_goes_on_from_member_to_member),
		TEST(what_is_refused_tells_whether_there_was_anything),
		TEST(progress_tells_bytes_and_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
