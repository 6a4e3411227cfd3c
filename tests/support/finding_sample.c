/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/finding_sample.h"

#include <stdio.h>
#include <stdlib.h>

#define MIB	 (1 << 20)
#define LEAF	 "do_leak+0x1b/0x30 [leaky]"
#define EXCEEDED "churn_warm_fill+0x20/0x90 [churn]"
#define POOL	 "pool_grow+0x4/0x20 [pool]"
#define STEADY	 "setup_buffers+0x8/0x40 [leaky]"

/* count allocations of 1 MiB each. */
static void add(struct finding_sample *sample, unsigned side, unsigned count,
		const char *leaf, const char *caller)
{
	while (count-- > 0)
		text_buffer_format(&sample->dumps[side],
				   "Page allocated via order 8, mask 0x1(X), "
				   "pid 1, tgid 1 (a), ts 5 ns\n"
				   "PFN 0x1 type Unmovable Block 0 type "
				   "Unmovable Flags 0x0()\n"
				   " post_alloc_hook+0x59/0x120\n"
				   " %s\n %s\n\n",
				   leaf, caller);
}

static void compare(struct finding_sample *sample)
{
	const struct way way = {.threads = 1};
	const struct question question = {0};
	struct error err;
	unsigned i;

	for (i = 0; i < 2; i++)
		if (!dump_reading_init(&sample->readings[i],
				       text_buffer_span(&sample->dumps[i]),
				       &way, &question, &err))
			abort();
	dump_diff(&sample->readings[0], &sample->readings[1], MATCH_EXACT,
		  &sample->report);
	if (!report_arrange(&sample->report, SORT_RANK, false, &err))
		abort();
	sample->report.iterations = 3;
	sample->report.gate = &sample->result;
}

static struct gate_rule rule(enum gate_subject subject, double bytes,
			     const char *text, const char *origin)
{
	return (struct gate_rule){
		.subject = subject,
		.limits = {{.measure = GATE_BYTES, .amount = bytes}},
		.limit_count = 1,
		.text = span_of(text),
		.origin = origin,
	};
}

static void set_rules(struct finding_sample *sample)
{
	sample->rules[0] =
		rule(GATE_FUNCTION, 512 << 10, "function: 512K", "default");
	sample->rules[1] = rule(GATE_UNACCOUNTED, 16 * MIB, "unaccounted: 16M",
				"nightly.rules:3");
	sample->rules[2] =
		rule(GATE_MODULE, 512 << 10, "module: 512K", "--fail-over");
}

static void set_suppressions(struct finding_sample *sample)
{
	struct suppression *all = sample->suppressions;

	all[SAMPLE_USED] = (struct suppression){
		.origin = "nightly.rules:5",
		.module = SPAN("pool"),
		.has_bytes = true,
		.max_bytes = 4 * MIB,
		.reason = SPAN("a pool of 4 buffers"),
		.state = SUPPRESSION_USED,
		.rows = 1,
		.bytes = MIB,
		.records = 1,
	};
	all[SAMPLE_PASSED] = (struct suppression){
		.origin = "nightly.rules:9",
		.frames = {SPAN("churn_warm_fill"), SPAN("warm_set")},
		.frame_count = 2,
		.module = SPAN("churn"),
		.has_bytes = true,
		.max_bytes = MIB,
		.reason = SPAN("a cache of 4,000 entries"),
		.state = SUPPRESSION_EXCEEDED,
		.rows = 1,
		.bytes = 2 * MIB,
		.records = 2,
	};
	all[SAMPLE_UNUSED] = (struct suppression){
		.origin = "nightly.rules:14",
		.cache = SPAN("kmalloc-2k"),
		.has_records = true,
		.max_records = 4000,
		.expires = SPAN("2027-06-30"),
		.reason = SPAN("known"),
		.state = SUPPRESSION_UNUSED,
	};
	all[SAMPLE_EXPIRED] = (struct suppression){
		.origin = "nightly.rules:19",
		.frames = {SPAN("do_leak"), SPAN("..."), SPAN("rx_*")},
		.frame_count = 3,
		.has_bytes = true,
		.max_bytes = 64 * MIB,
		.expires = SPAN("2026-06-30"),
		.reason = SPAN("to be mended"),
		.state = SUPPRESSION_EXPIRED,
	};
}

static const struct report_row *row_of(const struct report *report,
				       const char *frame)
{
	size_t i;

	for (i = 0; i < report->row_count; i++)
		if (span_find(report->rows[i].stack->text, span_of(frame)))
			return &report->rows[i];
	abort();
}

/* A finding on what one row has. */
static struct finding finding_of(struct finding_sample *sample,
				 enum gate_subject subject, const char *frame,
				 const char *fingerprint)
{
	const struct report *report = &sample->report;
	const struct report_row *row = row_of(report, frame);
	uint64_t page = report->sides[1].unit_bytes;
	struct finding finding = {
		.subject = subject,
		.report = report,
		.row = row,
		.function = row->function,
		.module = row->module,
		.category = category_info(row->category)->name,
		.rows = 1,
		.bytes = row->growth.units * (int64_t)page,
		.records = row->growth.records,
		.before_bytes = (int64_t)(row->sides[0]->units * page),
		.after_bytes = (int64_t)(row->sides[1]->units * page),
		.bytes_known = true,
	};

	if (subject == GATE_FUNCTION)
		finding.group = &report->groups[row->group];
	snprintf(finding.fingerprint, sizeof(finding.fingerprint), "%s",
		 fingerprint);
	return finding;
}

static void set_findings(struct finding_sample *sample, const char *leaf)
{
	struct finding *all = sample->findings;

	all[SAMPLE_LEAK] =
		finding_of(sample, GATE_FUNCTION, leaf, "00000000000000a1");
	all[SAMPLE_LEAK].rule = &sample->rules[0];
	sample->rules[0].broken = 1;
	all[SAMPLE_UNACCOUNTED] = (struct finding){
		.subject = GATE_UNACCOUNTED,
		.rule = &sample->rules[1],
		.bytes = 20 * MIB,
		.before_bytes = 30 * MIB,
		.after_bytes = 50 * MIB,
		.bytes_known = true,
		.fingerprint = "00000000000000b2",
	};
	sample->rules[1].broken = 1;
	all[SAMPLE_EXCEEDED] =
		finding_of(sample, GATE_FUNCTION, EXCEEDED, "00000000000000c3");
	all[SAMPLE_EXCEEDED].state = FINDING_EXCEEDED;
	all[SAMPLE_EXCEEDED].suppression = &sample->suppressions[SAMPLE_PASSED];
	all[SAMPLE_SUPPRESSED] =
		finding_of(sample, GATE_MODULE, POOL, "00000000000000d4");
	all[SAMPLE_SUPPRESSED].state = FINDING_SUPPRESSED;
	all[SAMPLE_SUPPRESSED].function = (struct span){0};
	all[SAMPLE_SUPPRESSED].rule = &sample->rules[2];
	all[SAMPLE_SUPPRESSED].suppression = &sample->suppressions[SAMPLE_USED];
}

static void set_result(struct finding_sample *sample)
{
	sample->result = (struct gate_result){
		.rules = sample->rules,
		.rule_count = 3,
		.suppressions = sample->suppressions,
		.suppression_count = SAMPLE_SUPPRESSIONS,
		.findings = sample->findings,
		.finding_count = SAMPLE_FINDINGS,
		.failing = SAMPLE_SUPPRESSED,
		.enforced = true,
	};
}

void finding_sample_init(struct finding_sample *sample, const char *leaf)
{
	unsigned side;

	*sample = (struct finding_sample){0};
	leaf = leaf ? leaf : LEAF;
	for (side = 0; side < 2; side++) {
		add(sample, side, 1 + 3 * side, leaf,
		    "leaky_rx_refill+0x1/0x2 [leaky]");
		add(sample, side, 1, STEADY, "leaky_init+0x1/0x2 [leaky]");
		add(sample, side, 2 * side, EXCEEDED,
		    "warm_set+0x1/0x2 [churn]");
		add(sample, side, 1 + side, POOL, "pool_get+0x1/0x2 [pool]");
	}
	compare(sample);
	set_rules(sample);
	set_suppressions(sample);
	set_findings(sample, leaf);
	set_result(sample);
}

void finding_sample_init_clean(struct finding_sample *sample)
{
	unsigned side;

	*sample = (struct finding_sample){0};
	for (side = 0; side < 2; side++)
		add(sample, side, 1, STEADY, "leaky_init+0x1/0x2 [leaky]");
	compare(sample);
	set_rules(sample);
	sample->result = (struct gate_result){
		.rules = sample->rules,
		.rule_count = 3,
		.enforced = true,
	};
}

void finding_sample_deinit(struct finding_sample *sample)
{
	unsigned i;

	report_deinit(&sample->report);
	for (i = 0; i < 2; i++) {
		dump_reading_deinit(&sample->readings[i]);
		text_buffer_deinit(&sample->dumps[i]);
	}
}

char *finding_sample_write(const struct finding_sample *sample,
			   const char *output,
			   const struct output_options *options)
{
	struct error err;
	char *text = NULL;
	size_t length;
	FILE *file = open_memstream(&text, &length);
	bool done = file && output_named(output)->write(&sample->report,
							options, file, &err);

	if (file)
		fclose(file);
	if (done)
		return text;
	free(text);
	return NULL;
}
