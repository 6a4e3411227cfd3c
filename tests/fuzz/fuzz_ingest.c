/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a dump, from the file to the JSON of a report: nothing may
 * depend on the size of blocks or the number of threads, and no record may get
 * lost on the way. The first byte says whether to gzip what follows, by what
 * to group, and how large the blocks of the other readings are.
 */
#define _GNU_SOURCE /* memfd_create */
#include <assert.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#define ZLIB_CONST
#include <zlib.h>

#include "account/rollup.h"
#include "input/ingest.h"
#include "output/output.h"
#include "tests/fuzz/balance.h"

enum {
	CONTROL_GZIP = 1,
	CONTROL_BY = 2,	   /* group by task and cgroup, not by stack */
	CONTROL_ONLY = 4,  /* count one task only */
	CONTROL_SINCE = 8, /* count what has a time only */
};

/* One of the ways to read the input. */
struct way {
	size_t block_size;
	unsigned threads;
	uint64_t range_size;
	size_t part; /* bytes per read(); 0: a file */
	bool careful;
};

struct bytes {
	const uint8_t *data;
	size_t size, at, part;
};

static ssize_t read_bytes(void *context, void *buffer, size_t length)
{
	struct bytes *bytes = context;

	if (length > bytes->size - bytes->at)
		length = bytes->size - bytes->at;
	if (length > bytes->part)
		length = bytes->part;
	memcpy(buffer, bytes->data + bytes->at, length);
	bytes->at += length;
	return (ssize_t)length;
}

static int make_file(const uint8_t *data, size_t size, char path[32])
{
	int fd = memfd_create("dump", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, 32, "/proc/self/fd/%d", fd);
	return fd;
}

static char *render(struct snapshot *snapshot, const struct format *format,
		    const struct filter *filter,
		    const struct grouping *grouping)
{
	static const char *const keys[] = {"comm", "memcg", NULL};
	struct row_set set = {0};
	struct report report = {
		.side_count = 1,
		.all_ranked = true,
		.keys = grouping->count ? keys : NULL,
	};
	const struct output_options show = {0};
	struct error err;
	size_t length;
	char *json;
	FILE *file = open_memstream(&json, &length);
	bool done;

	if (!file)
		abort();
	done = rollup_build(&set, snapshot, grouping, filter, MATCH_EXACT,
			    &err);
	assert(done);
	balance_check(snapshot, &set);
	report.sides[0] = (struct report_side){
		.path = "dump",
		.format = format->name,
		.set = &set,
		.snapshot = snapshot,
		.began_ns = snapshot->began_ns,
		.fresh_known = snapshot->began_ns != TS_NONE,
		.noun = "record",
		.timed = true,
		.unit_bytes = 4096,
		.page_size_from = "assumed",
	};
	done = rollup_report(&report, &err) &&
	       report_arrange(&report, SORT_RANK, false, &err) &&
	       output_named("json")->write(&report, &show, file, &err);
	assert(done);
	fprintf(file, "lines %" PRIu64 ", block %u\n", snapshot->lines,
		snapshot->block_shift);
	fclose(file);
	report_deinit(&report);
	row_set_deinit(&set);
	return json;
}

/* The JSON of the input, or the error text. */
static char *run(const uint8_t *data, size_t size, unsigned control,
		 const struct way *way)
{
	struct bytes bytes = {data, size, 0, way->part};
	const struct source_io io = {.read = read_bytes, .context = &bytes};
	struct filter filter = {0};
	struct grouping grouping = {0};
	struct ingest_options options = {
		.plan = {.filter = &filter,
			 .began_ns = TS_NONE,
			 .learn = true,
			 .before_own = true,
			 .careful = way->careful},
		.threads = way->threads,
		.block_size = way->block_size,
		.range_size = way->range_size,
	};
	const struct format *format;
	struct snapshot snapshot;
	struct source *source;
	struct error err;
	char path[32], *text;
	int fd = -1;
	bool done;

	if (control & CONTROL_BY)
		grouping_add(&grouping, span_of("comm,memcg"), &err);
	if (control & CONTROL_ONLY)
		filter_add(&filter, "comm=x*", false, &err);
	if (control & CONTROL_SINCE)
		filter.since_ns = 1;
	options.plan.by = grouping.fields;
	if (way->part) {
		done = source_create_io(io, SOURCE_STREAM, "dump", &source,
					&err);
	} else {
		fd = make_file(data, size, path);
		done = source_create(path, &source, &err);
	}
	if (done) {
		done = ingest_source(source, &options, &snapshot, &format,
				     &err);
		source_destroy(source);
	}
	if (done) {
		text = render(&snapshot, format, &filter, &grouping);
		snapshot_deinit(&snapshot);
	} else {
		assert(err.code == ERROR_FORMAT || err.code == ERROR_IO);
		text = strdup(way->part ? err.text : "failed");
	}
	if (fd >= 0)
		close(fd);
	filter_deinit(&filter);
	return text;
}

static uint8_t *pack(const uint8_t *data, size_t size, size_t *ret_size)
{
	z_stream stream = {0};
	uint8_t *packed;

	if (deflateInit2(&stream, 1, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) !=
	    Z_OK)
		abort();
	*ret_size = deflateBound(&stream, size);
	packed = malloc(*ret_size);
	if (!packed)
		abort();
	stream.next_in = data;
	stream.avail_in = (uInt)size;
	stream.next_out = packed;
	stream.avail_out = (uInt)*ret_size;
	if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
		abort();
	*ret_size = stream.total_out;
	deflateEnd(&stream);
	return packed;
}

/*
 * Of gzip data that is cut or damaged, ISA-L may give a byte or two more or
 * less, as it is fed (fuzz_inflate.c): such readings are not compared.
 */
static bool is_damaged(const char *json)
{
	return strstr(json, "\"input\": \"") != NULL;
}

static void run_all(const uint8_t *data, size_t size, unsigned control)
{
	size_t small = 1 + (control >> 4) * 37;
	const struct way ways[] = {
		{0, 1, 0, 0, false},		    /* a file at once */
		{small, 3, 1, 0, false},	    /* in three ranges */
		{small, 2, 1, 0, true},		    /* in two, carefully */
		{0, 1, 0, SIZE_MAX, false},	    /* a stream at once */
		{small, 2, 0, 1 + small / 3, false} /* in small parts */
	};
	char *first = run(data, size, control, &ways[0]), *other;
	size_t i;

	for (i = 1; i < sizeof(ways) / sizeof(ways[0]); i++) {
		other = run(data, size, control, &ways[i]);
		if (strcmp(first, other) != 0 && strcmp(first, "failed") != 0 &&
		    !is_damaged(first)) {
			fprintf(stderr, "---- at once:\n%s---- way %zu:\n%s",
				first, i, other);
			abort();
		}
		free(other);
	}
	free(first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *packed;
	unsigned control;
	size_t length;

	if (size < 1)
		return 0;
	control = data[0];
	if (control & CONTROL_GZIP) {
		packed = pack(data + 1, size - 1, &length);
		run_all(packed, length, control);
		free(packed);
	} else {
		run_all(data + 1, size - 1, control);
	}
	return 0;
}
