/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/PID/smaps (fs/proc/task_mmu.c): the rows of each mapping, which are
 * added up here, as smaps_rollup does it in newer kernels.
 *
 *   "55c0a000-55c0b000 r-xp 00000000 08:01 1310  /usr/bin/x"
 *   "Size:                  4 kB"	of addresses, not of memory
 *   "KernelPageSize:        4 kB"	the same
 *   "Rss:                   4 kB"
 *   "THPeligible:    0"		no amount, as ProtectionKey
 *   "VmFlags: rd ex mr mw me"		the same
 */
#include "formats/counter_text.h"
#include "formats/memory_row.h"
#include "formats/process_path.h"

enum {
	LABELS_MAX = 64, /* three times what a kernel prints */
	LABEL_LENGTH = 32,
};

struct sum {
	size_t length;
	char label[LABEL_LENGTH];
	uint64_t kib;
};

struct smaps {
	struct counter_text text;
	size_t count;
	struct sum sums[LABELS_MAX]; /* in the order of the first mapping */
};

#define EXPECTED_ROW "\"<label>: <number> kB\""

/* A mapping without the row behind it is a line of /proc/PID/maps. */
static const char *smaps_sniff(struct span head)
{
	struct span rest = head, line;

	return span_take_line(&rest, &line) && memory_row_is_mapping(line) &&
			       span_starts_with(rest, SPAN("Size:"))
		       ? head.at
		       : NULL;
}

static struct sum *find(struct smaps *state, struct span label)
{
	for (size_t i = 0; i < state->count; i++) {
		struct sum *sum = &state->sums[i];

		if (span_equal((struct span){sum->label, sum->length}, label))
			return sum;
	}
	return NULL;
}

static struct sum *find_or_add(struct smaps *state, struct span label)
{
	struct sum *sum = find(state, label);

	if (sum || state->count == LABELS_MAX || label.length > LABEL_LENGTH)
		return sum;
	sum = &state->sums[state->count++];
	sum->length = label.length;
	memcpy(sum->label, label.at, label.length);
	return sum;
}

/* Of addresses, or of one page. */
static bool is_left_out(struct span label)
{
	return span_has_word(SPAN("Size,KernelPageSize,MMUPageSize"), label,
			     ',');
}

static bool add_amount(struct counter_text *text, const struct memory_row *row)
{
	struct sum *sum;

	if (is_left_out(row->label))
		return true;
	sum = find_or_add((struct smaps *)text, row->label);
	if (!sum)
		return counter_text_skip(text, "labels that a kernel has");
	if (__builtin_add_overflow(sum->kib, row->kib, &sum->kib))
		sum->kib = UINT64_MAX;
	return true;
}

static bool smaps_line(struct counter_text *text, struct span line)
{
	struct memory_row row;

	if (memory_row_is_mapping(line))
		return true;
	switch (memory_row_parse(line, &row)) {
	case MEMORY_ROW_NONE:
		return counter_text_stray(text, EXPECTED_ROW);
	case MEMORY_ROW_OTHER:
		/* What was an amount before should be one. */
		if (counter_text_has_end(text) &&
		    !find((struct smaps *)text, row.label))
			return true;
		break;
	case MEMORY_ROW_DAMAGED:
		break;
	case MEMORY_ROW_AMOUNT:
		return add_amount(text, &row);
	}
	return counter_text_skip(text, EXPECTED_ROW);
}

static bool smaps_block(void *state, struct span lines, struct sink *sink,
			struct error *err)
{
	return counter_text_block(state, "smaps", smaps_line, lines, sink, err);
}

static bool smaps_finish(void *context, enum ending ending, struct sink *sink,
			 struct error *err)
{
	struct smaps *state = context;
	struct span pid = process_path_pid(sink->path);
	bool done = true;

	state->text.sink = sink;
	state->text.err = err;
	for (size_t i = 0; done && i < state->count; i++) {
		const struct sum *sum = &state->sums[i];

		done = counter_text_give(&state->text, pid,
					 (struct span){sum->label, sum->length},
					 sum->kib, COUNTER_KIB);
	}
	return counter_text_finish(state, ending, sink, err) && done;
}

static const char *const paths[] = {"proc/#/smaps", NULL};

const struct format format_smaps = {
	.name = "smaps",
	.title = "/proc/PID/smaps: memory of a process, added up",
	.state_size = sizeof(struct smaps),
	.paths = paths,
	.counts = true,
	.of_process = true,
	.at_head = true,
	.sniff = smaps_sniff,
	.block = smaps_block,
	.finish = smaps_finish,
};
