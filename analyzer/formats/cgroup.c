/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/PID/cgroup (kernel/cgroup/cgroup.c): a line for each hierarchy.
 *
 *   "0::/user.slice/session-1.scope"	cgroup v2
 *   "9:memory:/docker/4f2a"		v1, by controller
 *   "1:name=systemd:/init.scope"	v1 without one
 *
 * One path is kept, the first kind of these that is there. It may hold any
 * byte but a newline.
 */
#include "formats/counter_text.h"
#include "formats/process_path.h"

#define PATH_LENGTH 4096

/* Of hierarchies, the better the larger. */
enum rank {
	RANK_NONE,
	RANK_SYSTEMD,
	RANK_MEMORY,
	RANK_UNIFIED,
};

struct cgroup {
	struct counter_text text;
	enum rank rank; /* of the path that is kept */
	size_t length;
	char path[PATH_LENGTH];
};

static enum rank rank_of(struct span controllers, uint64_t number)
{
	if (!number && !controllers.length)
		return RANK_UNIFIED;
	if (span_has_word(controllers, SPAN("memory"), ','))
		return RANK_MEMORY;
	return span_equal(controllers, SPAN("name=systemd")) ? RANK_SYSTEMD
							     : RANK_NONE;
}

/* "9:memory:/docker/4f2a" */
static bool parse(struct span line, enum rank *ret_rank, struct span *ret_path)
{
	struct span controllers;
	const char *colon;
	uint64_t number;

	if (!span_take_u64(&line, &number) || !span_take(&line, SPAN(":")) ||
	    !line.length)
		return false;
	colon = memchr(line.at, ':', line.length);
	if (!colon)
		return false;
	controllers = span_between(line.at, colon);
	*ret_path = span_between(colon + 1, span_end(line));
	*ret_rank = rank_of(controllers, number);
	return span_starts_with(*ret_path, SPAN("/"));
}

static bool cgroup_line(struct counter_text *text, struct span line)
{
	struct cgroup *state = (struct cgroup *)text;
	enum rank rank;
	struct span path;

	/* A path may end in blanks. */
	(void)line;
	if (!parse(text->cursor.raw, &rank, &path) ||
	    path.length > sizeof(state->path))
		return counter_text_skip(text,
					 "\"<number>:<controllers>:<path>\"");
	if (!counter_text_has_end(text))
		return counter_text_skip(text, "a line that ends");
	if (rank <= state->rank)
		return true;
	state->rank = rank;
	state->length = path.length;
	memcpy(state->path, path.at, path.length);
	return true;
}

static bool cgroup_block(void *state, struct span lines, struct sink *sink,
			 struct error *err)
{
	return counter_text_block(state, "cgroup", cgroup_line, lines, sink,
				  err);
}

static bool cgroup_finish(void *context, enum ending ending, struct sink *sink,
			  struct error *err)
{
	struct cgroup *state = context;
	bool done = true;

	state->text.sink = sink;
	state->text.err = err;
	if (state->rank != RANK_NONE)
		done = counter_text_give_text(
			&state->text, process_path_pid(sink->path),
			SPAN("cgroup"),
			(struct span){state->path, state->length});
	return counter_text_finish(state, ending, sink, err) && done;
}

static const char *const paths[] = {"proc/#/cgroup", NULL};

const struct format format_cgroup = {
	.name = "cgroup",
	.title = "/proc/PID/cgroup: the cgroup of a process",
	.state_size = sizeof(struct cgroup),
	.paths = paths,
	.counts = true,
	.of_process = true,
	.block = cgroup_block,
	.finish = cgroup_finish,
};
