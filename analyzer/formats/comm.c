/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/PID/comm (fs/proc/base.c): the name of a task and a newline. A task
 * gives itself any name, newlines included, which nothing escapes here.
 */
#include "formats/counter_text.h"
#include "formats/process_path.h"

enum {
	/* A name has 15 bytes; that of a worker of the kernel up to 63. */
	TASK_NAME_LENGTH = 15,
	NAME_LENGTH = 256,
};

struct comm {
	struct counter_text text;
	size_t length;	   /* of what is in bytes */
	bool too_long;	   /* there was more */
	bool line_is_open; /* the last one had no newline */
	char bytes[NAME_LENGTH];
};

static bool comm_block(void *context, struct span lines, struct sink *sink,
		       struct error *err)
{
	struct comm *state = context;
	size_t room = sizeof(state->bytes) - state->length;
	size_t length = lines.length < room ? lines.length : room;

	(void)sink;
	(void)err;
	if (!lines.length)
		return true;
	memcpy(state->bytes + state->length, lines.at, length);
	state->length += length;
	state->too_long |= length < lines.length;
	state->text.line += span_count_lines(lines);
	state->line_is_open = span_end(lines)[-1] != '\n';
	return true;
}

/* "cat: /proc/812/comm: No such process": longer than a name can be. */
static bool is_error_of_cat(struct span name)
{
	return name.length > TASK_NAME_LENGTH &&
	       span_starts_with(name, SPAN("cat: "));
}

static void tell_damage(struct sink *sink, struct span name, bool stray)
{
	const struct damage damage = {
		.line = 1,
		.expected = "the name of a task",
		.found = name,
		.stray = stray,
	};

	sink->damage(sink, &damage);
}

static bool give(struct comm *state, struct sink *sink, struct error *err)
{
	struct span name = {state->bytes, state->length};

	span_drop(&name, SPAN("\n"));
	if (state->too_long || is_error_of_cat(name)) {
		tell_damage(sink, name, !state->too_long);
		return true;
	}
	state->text.sink = sink;
	state->text.err = err;
	state->text.group = SPAN("comm");
	return counter_text_give_text(
		&state->text, process_path_pid(sink->path), SPAN("comm"), name);
}

static bool comm_finish(void *context, enum ending ending, struct sink *sink,
			struct error *err)
{
	struct comm *state = context;
	bool done = !state->length || give(state, sink, err);

	state->text.line += state->line_is_open;
	return counter_text_finish(state, ending, sink, err) && done;
}

static const char *const paths[] = {"proc/#/comm", NULL};

const struct format format_comm = {
	.name = "comm",
	.title = "/proc/PID/comm: the name of a task",
	.state_size = sizeof(struct comm),
	.paths = paths,
	.counts = true,
	.of_process = true,
	.block = comm_block,
	.finish = comm_finish,
};
