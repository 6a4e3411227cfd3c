/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memfd_create */
#include "tests/support/dump_reader.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#define ZLIB_CONST
#include <zlib.h>

#include "account/object_sizes.h"
#include "diff/diff.h"
#include "output/output.h"

static void must(bool done, const struct error *err)
{
	if (done)
		return;
	fprintf(stderr, "unexpected: %s\n", err->text);
	abort();
}

/* A read(2) that gives the bytes in parts. */
struct parts {
	struct span rest;
	size_t part;
};

static ssize_t read_part(void *context, void *buffer, size_t length)
{
	struct parts *parts = context;

	if (length > parts->part)
		length = parts->part;
	if (length > parts->rest.length)
		length = parts->rest.length;
	if (length)
		memcpy(buffer, parts->rest.at, length);
	parts->rest = span_skip(parts->rest, length);
	return (ssize_t)length;
}

static int make_file(struct span bytes, char path[32])
{
	int fd = memfd_create("dump", MFD_CLOEXEC);

	while (fd >= 0 && bytes.length) {
		ssize_t done = write(fd, bytes.at, bytes.length);

		if (done <= 0)
			abort();
		bytes = span_skip(bytes, (size_t)done);
	}
	snprintf(path, 32, "/proc/self/fd/%d", fd);
	return fd;
}

static void ask(struct dump_reading *reading, const struct question *question)
{
	struct error err;
	size_t i;

	if (question->by)
		must(grouping_add(&reading->grouping, span_of(question->by),
				  &err),
		     &err);
	if (question->only)
		must(filter_add(&reading->filter, question->only, false, &err),
		     &err);
	if (question->not )
		must(filter_add(&reading->filter, question->not, true, &err),
		     &err);
	reading->filter.since_ns = question->since_ns;
	for (i = 0; i < reading->grouping.count; i++)
		reading->keys[i] = reading->grouping.keys[i]->name;
}

/* A dump by itself has no counters: the names of caches tell. */
static void size_objects(struct dump_reading *reading)
{
	const struct counters none = {0};
	const struct tally_plan plan = {.filter = &reading->filter};
	struct object_sizes ignored;
	struct error err;

	object_sizes_apply(&reading->snapshot,
			   &(struct size_sources){.own = &none}, &ignored);
	must(tallier_conclude(&plan, &reading->snapshot, &err), &err);
}

bool dump_reading_init(struct dump_reading *reading, struct span bytes,
		       const struct way *way, const struct question *question,
		       struct error *err)
{
	struct parts parts = {bytes, way->part};
	struct ingest_options options = {
		.block_size = way->block_size,
		.range_size = way->range_size,
		.threads = way->threads,
	};
	struct source *source = NULL;
	char path[32];
	int fd = -1;

	*reading = (struct dump_reading){0};
	ask(reading, question);
	options.plan = (struct tally_plan){
		.filter = &reading->filter,
		.by = reading->grouping.fields,
		.began_ns = question->began_ns ? question->began_ns : TS_NONE,
		.learn = !question->began_ns,
		.before_own = !question->before_ns,
		.before_ns =
			question->before_ns ? *question->before_ns : TS_NONE,
		.careful = way->careful,
		.scan = way->portable ? text_scan_portable() : NULL,
	};
	if (way->part) {
		reading->read =
			source_create_io((struct source_io){.read = read_part,
							    .context = &parts},
					 SOURCE_STREAM, "dump", &source, err);
	} else {
		fd = make_file(bytes, path);
		reading->read = source_create(path, &source, err);
	}
	reading->read = reading->read &&
			ingest_source(source, &options, &reading->snapshot,
				      &reading->format, err);
	source_destroy(source);
	if (fd >= 0)
		close(fd);
	if (!reading->read)
		return false;
	if (reading->snapshot.identity & 1u << FIELD_CACHE)
		size_objects(reading);
	must(rollup_build(&reading->set, &reading->snapshot, &reading->grouping,
			  &reading->filter, question->match, err),
	     err);
	return true;
}

void dump_reading_deinit(struct dump_reading *reading)
{
	row_set_deinit(&reading->set);
	if (reading->read)
		snapshot_deinit(&reading->snapshot);
	filter_deinit(&reading->filter);
	*reading = (struct dump_reading){0};
}

static struct report_side side_of(const struct dump_reading *reading)
{
	return (struct report_side){
		.path = "dump",
		.format = reading->format->name,
		.set = &reading->set,
		.snapshot = &reading->snapshot,
		.began_ns = reading->snapshot.began_ns,
		.fresh_known = reading->snapshot.began_ns != TS_NONE,
		.noun = "record",
		.timed = true,
		.unit = reading->snapshot.unit,
		.unit_bytes = reading->snapshot.unit == UNIT_PAGE ? 4096 : 1,
		.page_size_from = "given",
	};
}

void dump_top(struct dump_reading *reading, struct report *report)
{
	struct error err;

	*report = (struct report){
		.side_count = 1,
		.sides = {side_of(reading)},
		.keys = reading->grouping.count ? reading->keys : NULL,
		.all_ranked = true,
	};
	must(rollup_report(report, &err), &err);
}

void dump_diff(struct dump_reading *old, struct dump_reading *new,
	       enum report_match match, struct report *report)
{
	struct error err;

	*report = (struct report){
		.side_count = 2,
		.sides = {side_of(old), side_of(new)},
		.keys = new->grouping.count ? new->keys : NULL,
		.all_ranked = true,
		.match = match,
		.match_reason = "given",
		.boot = BOOT_SAME,
	};
	must(diff_build(report, &err), &err);
}

char *dump_render(struct report *report)
{
	const struct output_options show = {.full = true, .top_given = true};
	enum output_answer answer =
		report->side_count == 2 ? ANSWER_DIFF : ANSWER_TOP;
	struct error err;
	size_t length, i;
	char *text;
	FILE *file = open_memstream(&text, &length);

	if (!file)
		abort();
	must(report_arrange(report, SORT_RANK, false, &err), &err);
	for (i = 0; outputs[i]; i++)
		if (output_has_form(outputs[i], answer))
			must(outputs[i]->write(report, &show, file, &err),
			     &err);
	/* Not shown, but to be the same however the dump is read. */
	for (i = 0; i < report->side_count; i++) {
		const struct snapshot *snapshot = report->sides[i].snapshot;

		fprintf(file,
			"lines %" PRIu64 ", block shift %u, first skipped "
			"%" PRIu64 ", first descent %" PRIu64 "\n",
			snapshot->lines, snapshot->block_shift,
			snapshot->loss.first_line,
			snapshot->loss.first_descent);
	}
	fclose(file);
	return text;
}

char *dump_answer(struct span bytes, const struct way *way,
		  const struct question *question)
{
	struct dump_reading reading;
	struct report report;
	struct error err;
	char *text;

	if (dump_reading_init(&reading, bytes, way, question, &err)) {
		dump_top(&reading, &report);
		text = dump_render(&report);
		report_deinit(&report);
	} else {
		text = strdup(err.code == ERROR_FORMAT ? "no dump" : err.text);
	}
	dump_reading_deinit(&reading);
	return text;
}

static size_t pack_member(struct span bytes, char *at, size_t room)
{
	z_stream stream = {0};

	if (deflateInit2(&stream, 1, Z_DEFLATED, 16 + MAX_WBITS, 8,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	stream.next_in = (const Bytef *)bytes.at;
	stream.avail_in = (uInt)bytes.length;
	stream.next_out = (Bytef *)at;
	stream.avail_out = (uInt)room;
	if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
		abort();
	room = stream.total_out;
	deflateEnd(&stream);
	return room;
}

char *dump_pack(struct span bytes, unsigned members, size_t *ret_length)
{
	size_t each = bytes.length / members + 1, used = 0;
	size_t capacity = 2 * bytes.length + members * 64 + 64;
	char *packed = malloc(capacity);

	if (!packed)
		abort();
	do {
		struct span piece = bytes;

		if (piece.length > each)
			piece.length = each;
		used += pack_member(piece, packed + used, capacity - used);
		bytes = span_skip(bytes, piece.length);
	} while (bytes.length);
	*ret_length = used;
	return packed;
}
