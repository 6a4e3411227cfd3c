/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files that must not be read on some kernels. Where in doubt the answer is
 * yes: what is left out can be asked for, a machine that hangs cannot.
 */
#include <stdio.h>

#include "formats/member_path.h"
#include "live/live_sources.h"

#define SLAB_PATH   "sys/kernel/slab"
#define TRACES_PATH "sys/kernel/debug/slab"

/* The cache whose traces are in path. */
static bool trace_cache(const char *path, struct span *ret)
{
	struct span rest = span_of(path), part, last = {0};

	if (!live_path_matches(TRACES_PATH "/*/alloc_traces", path) &&
	    !live_path_matches(TRACES_PATH "/*/free_traces", path) &&
	    !live_path_matches(SLAB_PATH "/*/alloc_calls", path) &&
	    !live_path_matches(SLAB_PATH "/*/free_calls", path))
		return false;
	while (member_take_part(&rest, &part)) {
		if (!rest.length)
			break;
		last = part;
	}
	*ret = last;
	return true;
}

bool live_hazard_hangs(const struct live_machine *machine)
{
	return live_machine_page_owner_stacks(machine) != ANSWER_NO &&
	       live_machine_page_owner(machine) != PAGE_OWNER_OFF;
}

/* Copies of files do nothing. */
static bool is_printed(const struct live_machine *machine)
{
	return live_machine_is_live(machine) ||
	       live_machine_has_debugfs(machine);
}

bool live_path_hangs(const struct live_machine *machine, const char *path,
		     char *why, size_t capacity)
{
	struct span name;

	if (!trace_cache(path, &name) || !is_printed(machine) ||
	    !live_hazard_hangs(machine) ||
	    !live_machine_takes_slab(machine, name))
		return false;
	snprintf(why, capacity,
		 "reading it can hang the machine: page_owner takes objects of "
		 "this cache while the kernel collects them; --risky reads it");
	return true;
}

/* Whether user pages are charged to memory cgroups. */
static bool has_memory_cgroups(const struct live_machine *machine)
{
	struct span value;

	if (live_machine_parameter(machine, SPAN("cgroup_disable"), &value) &&
	    value.at && span_has_word(value, SPAN("memory"), ','))
		return false;
	return live_file_has(live_machine_root(machine), "proc/cgroups",
			     SPAN("memory\t")) != ANSWER_NO;
}

bool live_hazard_oopses(const struct live_machine *machine)
{
	const char *release = live_machine_release(machine);

	return release && span_starts_with(span_of(release), SPAN("6.12.")) &&
	       live_machine_page_owner(machine) != PAGE_OWNER_OFF &&
	       has_memory_cgroups(machine);
}

bool live_hazard_panics(const struct live_machine *machine)
{
	uint64_t panics;

	return live_file_number(live_machine_root(machine),
				"proc/sys/kernel/panic_on_oops", &panics) &&
	       panics;
}

bool live_path_panics(const struct live_machine *machine, const char *path,
		      char *why, size_t capacity)
{
	if (strcmp(path, "sys/kernel/debug/page_owner") != 0 ||
	    !is_printed(machine) || !live_hazard_oopses(machine) ||
	    !live_hazard_panics(machine))
		return false;
	snprintf(why, capacity,
		 "reading it can make Linux 6.12 oops, and this machine panics "
		 "then; sysctl kernel.panic_on_oops=0, or --risky reads it");
	return true;
}
