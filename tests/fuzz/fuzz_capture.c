/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a capture: an archive, or one dump, from the file to the
 * reports of all sources in it. Nothing may depend on the size of blocks nor
 * on the short cuts of parsers, and no record may get lost on the way. The
 * first byte says by what to group, what is wanted, and how large the blocks
 * of the second reading are.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "account/corroborate.h"
#include "account/rollup.h"
#include "input/capture.h"
#include "output/output.h"
#include "tests/fuzz/balance.h"
#include "tests/fuzz/tar_mender.h"

enum {
	CONTROL_BY = 1,	    /* group by cache and task, not by stack */
	CONTROL_FILTER = 2, /* count one node only */
	CONTROL_HZ = 4,	    /* CONFIG_HZ is given */
	CONTROL_ONLY = 8,   /* the traces of slabs are what is wanted */
	CONTROL_MEND = 16,  /* checksums are to be mended: tar_mender.h */
};

/* How a capture is read. */
struct way {
	size_t block_size;
	bool careful;
};

/* What a capture is read for. */
struct question {
	const char *path;
	unsigned control;
	struct filter filter;
	struct grouping grouping;
};

/* What was told of it. */
struct answer {
	FILE *file;
	char *text;
	size_t length;
	bool damaged; /* compressed data in it is */
};

static uint64_t unit_bytes(const struct capture_source *source)
{
	return source->snapshot.unit == UNIT_PAGE ? 4096 : 1;
}

static void set_side(const struct capture *capture,
		     const struct capture_source *source,
		     const struct row_set *set, struct report_side *ret)
{
	const struct format *format = source->format;
	static const char *const others[] = {"other", NULL};

	*ret = (struct report_side){
		.path = capture->path,
		.kernel = capture->kernel,
		.format = format->name,
		.noun = format->noun ? format->noun : "record",
		.timed = format->timed,
		.stacks_only = format->stacks_only,
		.set = set,
		.snapshot = &source->snapshot,
		.began_ns = format->timed ? source->snapshot.began_ns
					  : capture->uptime_ns,
		.began_from = source->began_from,
		.unit = source->snapshot.unit,
		.unit_bytes = unit_bytes(source),
		.page_size_from = "assumed",
		.clock = capture->clock,
		.sizes = format->identity & 1u << FIELD_CACHE ? &source->sizes
							      : NULL,
		.others = others,
	};
	ret->fresh_known = ret->began_ns != TS_NONE;
}

/* All the other sources are asked whether they agree. */
static bool ask_others(const struct capture *capture,
		       const struct capture_source *source,
		       struct report *report, struct error *err)
{
	bool done = true;
	size_t i;

	for (i = 0; done && i < capture->source_count; i++) {
		const struct capture_source *other = &capture->sources[i];
		const struct witness witness = {
			.source = other->format->name,
			.sides = {&other->snapshot},
			.unit_bytes = {unit_bytes(other)},
		};

		if (other != source && other->snapshot.unit != UNIT_OBJECT)
			done = corroborate(report, &witness, err);
	}
	return done;
}

static void put_report(const struct report *report, FILE *file)
{
	static const struct output_options show = {.width = 80, .full = true};
	struct error err;
	size_t i;

	for (i = 0; outputs[i]; i++) {
		bool done = !output_has_form(outputs[i], ANSWER_TOP) ||
			    outputs[i]->write(report, &show, file, &err);

		assert(done);
	}
}

static void put_source(struct capture *capture, struct capture_source *source,
		       const struct question *question, FILE *file)
{
	static const char *const keys[] = {"cache", "comm", NULL};
	struct row_set set = {0};
	struct report report = {
		.side_count = 1,
		.all_ranked = true,
		.keys = question->grouping.count ? keys : NULL,
	};
	struct error err;
	bool done;

	done = rollup_build(&set, &source->snapshot, &question->grouping,
			    &question->filter, MATCH_EXACT, &err);
	assert(done);
	balance_check(&source->snapshot, &set);
	set_side(capture, source, &set, &report.sides[0]);
	done = rollup_report(&report, &err) &&
	       report_arrange(&report, SORT_RANK, false, &err) &&
	       ask_others(capture, source, &report, &err);
	assert(done);
	put_report(&report, file);
	report_deinit(&report);
	row_set_deinit(&set);
}

static void put_contents(const struct capture *capture, FILE *file)
{
	static const struct output_options show = {.width = 80, .full = true};
	struct contents contents;
	struct error err;
	size_t i;

	capture_contents(capture, &contents);
	for (i = 0; outputs[i]; i++) {
		bool done = !outputs[i]->contents ||
			    outputs[i]->contents(&contents, &show, file, &err);

		assert(done);
	}
}

/* Of damaged gzip data a byte or two may be there or not (fuzz_inflate.c). */
static bool is_damaged(const struct capture *capture)
{
	const struct remark *remark;
	size_t i;

	for (i = 0; i < capture->source_count; i++)
		if (capture->sources[i].snapshot.loss.input[0])
			return true;
	for (remark = capture->remarks; remark; remark = remark->next)
		if (strstr(remark->text, "damaged") ||
		    strstr(remark->text, "ends early"))
			return true;
	return false;
}

static void put_capture(struct capture *capture,
			const struct question *question, struct answer *answer)
{
	const struct remark *remark;
	size_t i;

	for (remark = capture->remarks; remark; remark = remark->next)
		fprintf(answer->file, "remark: %s\n", remark->text);
	put_contents(capture, answer->file);
	for (i = 0; i < capture->source_count; i++)
		put_source(capture, &capture->sources[i], question,
			   answer->file);
	answer->damaged = is_damaged(capture);
}

static struct answer ask(const struct question *question, const struct way *way)
{
	const struct capture_options options = {
		.ingest.plan = {.filter = &question->filter,
				.by = question->grouping.fields,
				.began_ns = TS_NONE,
				.learn = true,
				.before_own = true,
				.careful = way->careful},
		.ingest.threads = 1,
		.ingest.block_size = way->block_size,
		.only = question->control & CONTROL_ONLY ? "slab_traces" : NULL,
		.hz = question->control & CONTROL_HZ ? 250 : 0,
	};
	struct answer answer = {.damaged = false};
	struct capture capture;
	struct error err;

	answer.file = open_memstream(&answer.text, &answer.length);
	if (!answer.file)
		abort();
	if (capture_read(&capture, question->path, &options, &err)) {
		put_capture(&capture, question, &answer);
	} else {
		assert(err.code == ERROR_FORMAT || err.code == ERROR_IO);
		fprintf(answer.file, "error: %s\n", err.text);
	}
	capture_deinit(&capture);
	fclose(answer.file);
	return answer;
}

static void compare(const struct answer *a, const struct answer *b)
{
	if (a->damaged || (a->length == b->length &&
			   memcmp(a->text, b->text, a->length) == 0))
		return;
	fputs("---- at once:\n", stderr);
	fwrite(a->text, 1, a->length, stderr);
	fputs("---- in small blocks:\n", stderr);
	fwrite(b->text, 1, b->length, stderr);
	abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct way at_once = {0, false};
	struct question question = {.control = size ? data[0] : 0};
	struct way small = {1 + (size_t)(question.control >> 5) * 75, true};
	struct answer first, other;
	struct error err;
	char path[32];
	int fd;

	if (size < 1)
		return 0;
	fd = tar_mender_file(data + 1, size - 1,
			     question.control & CONTROL_MEND, path);
	question.path = path;
	if (question.control & CONTROL_BY)
		grouping_add(&question.grouping, span_of("cache,comm"), &err);
	if (question.control & CONTROL_FILTER)
		filter_add(&question.filter, "node=0", false, &err);
	first = ask(&question, &at_once);
	other = ask(&question, &small);
	compare(&first, &other);
	free(first.text);
	free(other.text);
	filter_deinit(&question.filter);
	close(fd);
	return 0;
}
