/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/PID/smaps_rollup (fs/proc/task_mmu.c, 4.14 and newer): what smaps has
 * for each mapping, added up by the kernel.
 *
 *   "55c0a000-7ffe1000 ---p 00000000 00:00 0     [rollup]"
 *   "Rss:                5640 kB"
 *   "Pss_Anon:            812 kB"	5.4 and newer
 *
 * Whose it is stands in its path. That of a kernel thread is empty.
 */
#include "formats/counter_text.h"
#include "formats/memory_row.h"
#include "formats/process_path.h"

struct smaps_rollup {
	struct counter_text text;
	bool foreign; /* the rows now read are of a single mapping */
};

#define EXPECTED_ROW "\"<label>: <number> kB\""

static const char *smaps_rollup_sniff(struct span head)
{
	struct span rest = head, line;

	return span_take_line(&rest, &line) && memory_row_is_rollup(line)
		       ? head.at
		       : NULL;
}

static bool smaps_rollup_line(struct counter_text *text, struct span line)
{
	struct smaps_rollup *state = (struct smaps_rollup *)text;
	struct memory_row row;

	if (memory_row_is_mapping(line)) {
		state->foreign = !memory_row_is_rollup(line);
		return !state->foreign ||
		       counter_text_skip(text, "\"[rollup]\"");
	}
	switch (memory_row_parse(line, &row)) {
	case MEMORY_ROW_NONE:
		return counter_text_stray(text, EXPECTED_ROW);
	case MEMORY_ROW_OTHER:
	case MEMORY_ROW_DAMAGED:
		break;
	case MEMORY_ROW_AMOUNT:
		if (state->foreign)
			break;
		return counter_text_give(text,
					 process_path_pid(text->sink->path),
					 row.label, row.kib, COUNTER_KIB);
	}
	return counter_text_skip(text, EXPECTED_ROW);
}

static bool smaps_rollup_block(void *state, struct span lines,
			       struct sink *sink, struct error *err)
{
	return counter_text_block(state, "smaps_rollup", smaps_rollup_line,
				  lines, sink, err);
}

static const char *const paths[] = {"proc/#/smaps_rollup", NULL};

const struct format format_smaps_rollup = {
	.name = "smaps_rollup",
	.title = "/proc/PID/smaps_rollup: memory of a process",
	.state_size = sizeof(struct smaps_rollup),
	.paths = paths,
	.counts = true,
	.of_process = true,
	.at_head = true,
	.sniff = smaps_rollup_sniff,
	.block = smaps_rollup_block,
	.finish = counter_text_finish,
};
