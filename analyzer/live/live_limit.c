/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of sources that can be read: why they tell less than they might. */
#include <inttypes.h>
#include <stdio.h>

#include "live/live_remedy.h"

#define COUNT_THRESHOLD "sys/kernel/debug/page_owner_stacks/count_threshold"

static bool is_readable(const struct live_machine *machine, const char *path)
{
	return live_machine_try(machine, path) == 0;
}

static bool is_there(const struct live_machine *machine, const char *path)
{
	struct stat at;

	return live_file_look(live_machine_root(machine), path, &at) == 0;
}

bool live_limit_counters(const struct live_machine *machine, char *ret,
			 size_t capacity)
{
	if (!is_there(machine, "proc/slabinfo") ||
	    is_readable(machine, "proc/slabinfo"))
		return false;
	snprintf(ret, capacity, "slabinfo and pagetypeinfo are for root only");
	return true;
}

bool live_limit_identity(const struct live_machine *machine, char *ret,
			 size_t capacity)
{
	const char *release = live_machine_release(machine);

	if (!live_machine_is_live(machine) ||
	    live_machine_built(machine, SPAN("CONFIG_")) != ANSWER_UNKNOWN)
		return false;
	snprintf(ret, capacity,
		 "the configuration of this kernel is not here; modprobe "
		 "configs, or keep it as /boot/config-%s",
		 release ? release : "RELEASE");
	return true;
}

bool live_limit_modules(const struct live_machine *machine, char *ret,
			size_t capacity)
{
	if (live_machine_is_superuser(machine))
		return false;
	snprintf(ret, capacity, "addresses are for root only");
	return true;
}

/* Whether the first symbols have other addresses than zero. */
static bool shows_addresses(struct span text)
{
	struct span line;

	while (span_take_line(&text, &line)) {
		size_t i;

		for (i = 0; i < line.length && line.at[i] != ' '; i++)
			if (line.at[i] != '0')
				return true;
	}
	return false;
}

bool live_limit_kallsyms(const struct live_machine *machine, char *ret,
			 size_t capacity)
{
	char buffer[8192];
	struct span text =
		live_file_read(live_machine_root(machine), "proc/kallsyms",
			       buffer, sizeof(buffer));

	if (!text.length || shows_addresses(text))
		return false;
	snprintf(ret, capacity, "all addresses are shown as zero; %s",
		 live_machine_is_superuser(machine)
			 ? "sysctl kernel.kptr_restrict=1"
			 : "run as root");
	return true;
}

bool live_limit_processes(const struct live_machine *machine, char *ret,
			  size_t capacity)
{
	const char *root = live_machine_root(machine);

	if (live_machine_is_superuser(machine))
		return false;
	if (live_file_has(root, "proc/self/mounts", SPAN("hidepid=")) ==
	    ANSWER_YES)
		snprintf(ret, capacity,
			 "processes of others are hidden (hidepid); run as "
			 "root");
	else
		snprintf(ret, capacity,
			 "smaps_rollup of others' processes is for root only");
	return true;
}

bool live_limit_allocinfo(const struct live_machine *machine, char *ret,
			  size_t capacity)
{
	uint64_t on;

	if (!live_file_number(live_machine_root(machine),
			      "proc/sys/vm/mem_profiling", &on) ||
	    on)
		return false;
	snprintf(ret, capacity,
		 "profiling is off, all is zero; sysctl vm.mem_profiling=1 "
		 "counts what is allocated from then on, booting with "
		 "sysctl.vm.mem_profiling=1 counts everything");
	return true;
}

bool live_limit_page_owner_stacks(const struct live_machine *machine, char *ret,
				  size_t capacity)
{
	uint64_t threshold;

	if (!live_file_number(live_machine_root(machine), COUNT_THRESHOLD,
			      &threshold) ||
	    threshold <= 1)
		return false;
	snprintf(ret, capacity,
		 "stacks of fewer than %" PRIu64 " pages are left out, of "
		 "page_owner itself none; echo 0 > /" COUNT_THRESHOLD,
		 threshold);
	return true;
}

bool live_limit_slab_traces(const struct live_machine *machine, char *ret,
			    size_t capacity)
{
	struct span value;

	/* Flags for some caches only: "U,kmalloc-64". */
	if (!(live_machine_parameter(machine, SPAN("slab_debug"), &value) ||
	      live_machine_parameter(machine, SPAN("slub_debug"), &value)) ||
	    !value.at || !memchr(value.at, ',', value.length))
		return false;
	snprintf(ret, capacity,
		 "only some caches track who allocates; boot with "
		 "slab_debug=U for all");
	return true;
}

/* The file is there all the same, and has nothing in it. */
bool live_limit_kmemleak(const struct live_machine *machine, char *ret,
			 size_t capacity)
{
	struct span value = SPAN("");
	bool given = live_machine_parameter(machine, SPAN("kmemleak"), &value);

	if (given ? !span_equal(value, SPAN("off"))
		  : live_machine_built(
			    machine,
			    SPAN("CONFIG_DEBUG_KMEMLEAK_DEFAULT_OFF=y")) !=
			    ANSWER_YES)
		return false;
	snprintf(ret, capacity,
		 "kmemleak is switched off: it has nothing to tell; boot with "
		 "kmemleak=on");
	return true;
}
