/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/PID/status (fs/proc/array.c): who a process is, and what it has mapped
 * by the kernel's quick counters.
 *
 *   "Name:\tnl\\npid 7, tgid 9"	newlines and backslashes are escaped
 *   "Pid:\t812"
 *   "Uid:\t1000\t1000\t1000\t1000"	the first one is the real one
 *   "VmRSS:\t    5640 kB"		a kernel thread has no such rows
 *
 * The many other rows are none of ours.
 */
#include "formats/counter_text.h"
#include "formats/memory_row.h"
#include "formats/process_path.h"

/* Four times the longest, that of a worker of the kernel. */
#define NAME_LENGTH 256

#define EXPECTED_ROW "\"<label>: <value>\""

/* What stands behind "Name:" and one tab, blanks at its end included. */
static struct span raw_name(const struct counter_text *text,
			    const struct memory_row *row)
{
	struct span raw = text->cursor.raw;

	return span_take(&raw, SPAN("Name:\t")) ? raw : row->value;
}

/* Undo what the kernel escapes. */
static bool unescape(struct span name, char ret[NAME_LENGTH],
		     size_t *ret_length)
{
	size_t length = 0;

	while (name.length) {
		if (length == NAME_LENGTH)
			return false;
		if (span_take(&name, SPAN("\\n"))) {
			ret[length++] = '\n';
			continue;
		}
		if (span_starts_with(name, SPAN("\\\\")))
			name = span_skip(name, 1);
		ret[length++] = name.at[0];
		name = span_skip(name, 1);
	}
	*ret_length = length;
	return true;
}

static bool give_name(struct counter_text *text, const struct memory_row *row)
{
	char name[NAME_LENGTH];
	size_t length;

	if (!unescape(raw_name(text, row), name, &length))
		return counter_text_skip(text, "the name of a task");
	return counter_text_give_text(text, process_path_pid(text->sink->path),
				      row->label, (struct span){name, length});
}

static bool give_number(struct counter_text *text, const struct memory_row *row)
{
	struct span rest = row->value;
	uint64_t value;

	if (!span_take_u64(&rest, &value) ||
	    (rest.length && !span_take_blanks(&rest)))
		return counter_text_skip(text, "\"<label>: <number>\"");
	return counter_text_give(text, process_path_pid(text->sink->path),
				 row->label, value, COUNTER_NUMBER);
}

/* Of these an amount is expected, whatever stands there. */
static bool is_amount(struct span label)
{
	return span_starts_with(label, SPAN("Vm")) ||
	       span_starts_with(label, SPAN("Rss"));
}

static bool is_number(struct span label)
{
	return span_has_word(SPAN("Uid,Pid,Tgid,PPid,Threads"), label, ',');
}

static bool status_line(struct counter_text *text, struct span line)
{
	enum memory_row_kind kind;
	struct memory_row row;

	kind = memory_row_parse(line, &row);
	if (kind == MEMORY_ROW_NONE)
		return counter_text_stray(text, EXPECTED_ROW);
	if (!counter_text_has_end(text))
		return counter_text_skip(text, "a line that ends");
	if (span_equal(row.label, SPAN("Name")))
		return give_name(text, &row);
	if (is_number(row.label))
		return give_number(text, &row);
	switch (kind) {
	case MEMORY_ROW_NONE:
	case MEMORY_ROW_OTHER:
		if (!is_amount(row.label))
			return true;
		break;
	case MEMORY_ROW_DAMAGED:
		break;
	case MEMORY_ROW_AMOUNT:
		return counter_text_give(text,
					 process_path_pid(text->sink->path),
					 row.label, row.kib, COUNTER_KIB);
	}
	return counter_text_skip(text, "\"<label>: <number> kB\"");
}

static bool status_block(void *state, struct span lines, struct sink *sink,
			 struct error *err)
{
	return counter_text_block(state, "status", status_line, lines, sink,
				  err);
}

static const char *const paths[] = {"proc/#/status", NULL};

const struct format format_status = {
	.name = "status",
	.title = "/proc/PID/status: whose process it is, its memory",
	.state_size = sizeof(struct counter_text),
	.paths = paths,
	.counts = true,
	.of_process = true,
	.block = status_block,
	.finish = counter_text_finish,
};
