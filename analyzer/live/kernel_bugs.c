/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/kernel_bugs.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#define OWNER	  "sys/kernel/debug/page_owner"
#define THRESHOLD OWNER "_stacks/count_threshold"
#define TRACES	  "sys/kernel/debug/slab"

enum { TEXT_CAPACITY = 400 };

/* What a bug says of the machine at hand. */
struct bug_text {
	char applies[TEXT_CAPACITY], handled[TEXT_CAPACITY];
	bool severe;
};

static const char *release_of(const struct live_machine *machine)
{
	const char *release = live_machine_release(machine);

	return release ? release : "of unknown release";
}

static bool owner_may_be_read(const struct live_machine *machine)
{
	return live_machine_page_owner(machine) != PAGE_OWNER_OFF;
}

static bool reading_oopses(const struct live_machine *machine,
			   struct bug_text *ret)
{
	if (!live_hazard_oopses(machine))
		return false;
	snprintf(ret->applies, sizeof(ret->applies),
		 "it is Linux %s and has memory cgroups; seen on 6.12.117 of "
		 "Debian, others of 6.12 may be mended",
		 release_of(machine));
	ret->severe = live_hazard_panics(machine);
	if (ret->severe)
		snprintf(ret->handled, sizeof(ret->handled),
			 "kernel.panic_on_oops is set: the WHOLE MACHINE WOULD "
			 "PANIC, so page_owner is left out; sysctl "
			 "kernel.panic_on_oops=0 first, or --risky reads it");
	else
		snprintf(ret->handled, sizeof(ret->handled),
			 "page_owner is read last and by a process of its own: "
			 "what it had read is kept, and all else is on the "
			 "disk");
	return true;
}

static bool traces_hang(const struct live_machine *machine,
			struct bug_text *ret)
{
	struct stat at;

	if (!live_hazard_hangs(machine) ||
	    live_file_look(live_machine_root(machine), TRACES, &at) == ENOENT)
		return false;
	snprintf(ret->applies, sizeof(ret->applies),
		 "page_owner is on and counts pages by stack "
		 "(page_owner_stacks), and slab caches have traces");
	snprintf(ret->handled, sizeof(ret->handled),
		 "the traces of all kmalloc caches of that size are left out "
		 "unless --risky; the manifest says so for each");
	ret->severe = true;
	return true;
}

static bool long_records_are_refused(const struct live_machine *machine,
				     struct bug_text *ret)
{
	if (!owner_may_be_read(machine) ||
	    live_machine_older(machine, 5, 0) != ANSWER_NO)
		return false;
	snprintf(ret->applies, sizeof(ret->applies),
		 "so it is since Linux 5.0; it takes very long names of "
		 "functions, as C++ and Rust have them");
	snprintf(ret->handled, sizeof(ret->handled),
		 "they are counted and told in the manifest; all others are "
		 "read");
	return true;
}

static bool threshold_hides(const struct live_machine *machine,
			    struct bug_text *ret)
{
	uint64_t threshold;

	if (!live_file_number(live_machine_root(machine), THRESHOLD,
			      &threshold) ||
	    threshold <= 1)
		return false;
	snprintf(ret->applies, sizeof(ret->applies),
		 "count_threshold is %" PRIu64 " pages", threshold);
	snprintf(ret->handled, sizeof(ret->handled),
		 "nothing: a capture changes no setting; page_owner itself is "
		 "whole");
	return true;
}

static bool note_calls(void *context, const char *path, const char *link,
		       struct error *err)
{
	bool *found = context;

	(void)link;
	(void)err;
	*found = *found ||
		 live_path_matches("sys/kernel/slab/*/alloc_calls", path);
	return !*found;
}

static bool calls_are_cut(const struct live_machine *machine,
			  struct bug_text *ret)
{
	bool found = false;
	struct error ignored;

	live_source_visit(machine, live_source_named("slab_traces"), note_calls,
			  &found, &ignored);
	if (!found)
		return false;
	snprintf(ret->applies, sizeof(ret->applies),
		 "slab caches have alloc_calls, as up to Linux 5.13");
	snprintf(ret->handled, sizeof(ret->handled),
		 "nothing can be done; reports compare what is listed with "
		 "the number of objects");
	return true;
}

static bool reading_drains(const struct live_machine *machine,
			   struct bug_text *ret)
{
	if (!owner_may_be_read(machine) ||
	    live_machine_older(machine, 6, 1) != ANSWER_YES)
		return false;
	snprintf(ret->applies, sizeof(ret->applies), "it is Linux %s",
		 release_of(machine));
	snprintf(ret->handled, sizeof(ret->handled),
		 "several processes read at once; --quick leaves page_owner "
		 "out");
	return true;
}

struct untraced {
	const struct live_machine *machine;
	uint64_t count;
};

/* "sys/kernel/slab/NAME/store_user" */
static bool note_untraced(void *context, const char *path, const char *link,
			  struct error *err)
{
	struct untraced *untraced = context;
	const char *root = live_machine_root(untraced->machine);
	struct span name = span_of(path);
	char folder[LIVE_PATH_CAPACITY];
	uint64_t tracks = 0;
	struct stat at;

	(void)link;
	(void)err;
	span_take(&name, SPAN("sys/kernel/slab/"));
	if (!span_drop(&name, SPAN("/store_user")) ||
	    !live_file_number(root, path, &tracks) || !tracks)
		return true;
	snprintf(folder, sizeof(folder), TRACES "/%.*s", (int)name.length,
		 name.at);
	/* A capture may have left them out. */
	if (live_file_look(root, folder, &at) == ENOENT &&
	    !live_machine_takes_slab(untraced->machine, name))
		untraced->count++;
	return true;
}

static bool traces_are_missing(const struct live_machine *machine,
			       struct bug_text *ret)
{
	static const char *const paths[] = {"sys/kernel/slab/*/store_user",
					    NULL};
	const struct live_source tracked = {.paths = paths};
	struct untraced untraced = {.machine = machine};
	struct error ignored;
	struct stat at;

	if (live_file_look(live_machine_root(machine), TRACES, &at) != 0)
		return false;
	live_source_visit(machine, &tracked, note_untraced, &untraced,
			  &ignored);
	if (!untraced.count)
		return false;
	snprintf(ret->applies, sizeof(ret->applies),
		 "%" PRIu64 " cache%s here, as on Linux 7.0 and newer those "
		 "that are created early",
		 untraced.count, untraced.count == 1 ? "" : "s");
	snprintf(ret->handled, sizeof(ret->handled),
		 "nothing can be done; the numbers of their objects are in "
		 "the capture");
	return true;
}

static const struct {
	const char *title;
	bool (*applies)(const struct live_machine *machine,
			struct bug_text *ret);
} bugs[] = {
	{"Reading page_owner can make the kernel oops and kill the reader.",
	 reading_oopses},
	{"Reading the traces of kmalloc caches with objects of 16 bytes can "
	 "hang the whole machine.",
	 traces_hang},
	{"Records of page_owner that are longer than a page of memory cannot "
	 "be read.",
	 long_records_are_refused},
	{"page_owner_stacks leaves out stacks that hold few pages.",
	 threshold_hides},
	{"The kernel cuts alloc_calls and free_calls at a page, in the order "
	 "of addresses: modules may be missing.",
	 calls_are_cut},
	{"Each record of page_owner that is read empties the lists of free "
	 "pages of all CPUs, which is slow and slows the machine down.",
	 reading_drains},
	{"Slab caches that track who allocates show no traces.",
	 traces_are_missing},
};

bool kernel_bugs_find(const struct live_machine *machine, struct arena *arena,
		      struct kernel_bug ret[KERNEL_BUGS_MAX], size_t *ret_count,
		      struct error *err)
{
	size_t count = 0, i;

	_Static_assert(sizeof(bugs) / sizeof(bugs[0]) <= KERNEL_BUGS_MAX,
		       "there is room for all");
	for (i = 0; i < sizeof(bugs) / sizeof(bugs[0]); i++) {
		struct bug_text text = {0};
		struct kernel_bug *bug = &ret[count];

		if (!bugs[i].applies(machine, &text))
			continue;
		bug->title = bugs[i].title;
		bug->applies = arena_string(arena, span_of(text.applies));
		bug->handled = arena_string(arena, span_of(text.handled));
		bug->severe = text.severe;
		if (!bug->applies || !bug->handled)
			return error_no_memory(err);
		count++;
	}
	*ret_count = count;
	return true;
}
