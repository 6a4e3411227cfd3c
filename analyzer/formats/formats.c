/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/format.h"

extern const struct format format_page_owner;
extern const struct format format_page_owner_sort;
extern const struct format format_crash_owner;
extern const struct format format_page_owner_stacks;
extern const struct format format_slab_traces;
extern const struct format format_slab_free_traces;
extern const struct format format_allocinfo;
extern const struct format format_kmemleak;
extern const struct format format_slab_allocators;
extern const struct format format_trace_pages;
extern const struct format format_trace_objects;
extern const struct format format_slub_report;
extern const struct format format_dump_page;
extern const struct format format_vmallocinfo;
extern const struct format format_show_mem;
extern const struct format format_meminfo;
extern const struct format format_slabinfo;
extern const struct format format_zoneinfo;
extern const struct format format_vmstat;
extern const struct format format_buddyinfo;
extern const struct format format_pagetypeinfo;
extern const struct format format_stat;
extern const struct format format_slab_attribute;
extern const struct format format_modules;
extern const struct format format_kallsyms;
extern const struct format format_version;
extern const struct format format_uptime;
extern const struct format format_boot_id;
extern const struct format format_notes;
extern const struct format format_cmdline;
extern const struct format format_count_threshold;
extern const struct format format_cpu_possible;
extern const struct format format_kernel_config;
extern const struct format format_manifest;
extern const struct format format_mm_stat;
extern const struct format format_smaps_rollup;
extern const struct format format_status;
extern const struct format format_comm;
extern const struct format format_cgroup;
extern const struct format format_smaps;
extern const struct format format_mixed;

/* Stacks first, the richest of all; then counters, of processes last. */
/* clang-format off */
const struct format *const formats[] = {
	&format_page_owner,
	&format_page_owner_sort,
	&format_crash_owner,
	&format_page_owner_stacks,
	&format_slab_traces,
	&format_slab_free_traces,
	&format_allocinfo,
	&format_kmemleak,
	&format_slab_allocators,
	&format_trace_pages,
	&format_trace_objects,
	&format_slub_report,
	&format_dump_page,
	&format_vmallocinfo,
	&format_show_mem,
	&format_meminfo,
	&format_slabinfo,
	&format_zoneinfo,
	&format_vmstat,
	&format_buddyinfo,
	&format_pagetypeinfo,
	&format_stat,
	&format_slab_attribute,
	&format_modules,
	&format_kallsyms,
	&format_version,
	&format_uptime,
	&format_boot_id,
	&format_notes,
	&format_cmdline,
	&format_count_threshold,
	&format_cpu_possible,
	&format_kernel_config,
	&format_manifest,
	&format_mm_stat,
	&format_smaps_rollup,
	&format_status,
	&format_comm,
	&format_cgroup,
	&format_smaps,
	&format_mixed,
	NULL,
};
/* clang-format on */

const struct format *format_named(const char *name)
{
	size_t i;

	for (i = 0; formats[i]; i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

bool format_is_listed(const struct format *format, const char *const *names)
{
	if (!names)
		return true;
	for (; *names; names++)
		if (strcmp(*names, format->name) == 0)
			return true;
	return false;
}

const struct format *format_sniff(struct span head)
{
	const struct format *best = NULL;
	const char *first = NULL;
	size_t i;

	for (i = 0; formats[i]; i++) {
		const char *at;

		if (!formats[i]->sniff)
			continue;
		at = formats[i]->sniff(head);
		if (at && (!first || at < first)) {
			first = at;
			best = formats[i];
		}
	}
	return best;
}
