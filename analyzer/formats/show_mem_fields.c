/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the fields of a report are called in /proc. Labels that are not listed
 * come in later kernels, or tell nothing that /proc has.
 */
#include "formats/show_mem_fields.h"

/* ---- of the machine ---- */

/* show_free_areas(), in pages; up to 4.7 in another order. */
static const struct page_row {
	const char *label, *group, *name;
} page_rows[] = {
	{"active_anon", "meminfo", "Active(anon)"},
	{"inactive_anon", "meminfo", "Inactive(anon)"},
	{"isolated_anon", "vmstat", "nr_isolated_anon"},
	{"active_file", "meminfo", "Active(file)"},
	{"inactive_file", "meminfo", "Inactive(file)"},
	{"isolated_file", "vmstat", "nr_isolated_file"},
	{"unevictable", "meminfo", "Unevictable"},
	{"dirty", "meminfo", "Dirty"},
	{"writeback", "meminfo", "Writeback"},
	{"unstable", "meminfo", "NFS_Unstable"},
	{"slab_reclaimable", "meminfo", "SReclaimable"},
	{"slab_unreclaimable", "meminfo", "SUnreclaim"},
	{"mapped", "meminfo", "Mapped"},
	{"shmem", "meminfo", "Shmem"},
	{"pagetables", "meminfo", "PageTables"},
	{"sec_pagetables", "meminfo", "SecPageTables"},
	{"bounce", "meminfo", "Bounce"},
	{"kernel_misc_reclaimable", "show_mem", "kernel_misc_reclaimable"},
	{"free", "meminfo", "MemFree"},
	{"free_pcp", "show_mem", "free_pcp"},
	{"free_cma", "meminfo", "CmaFree"},
};

static const struct page_row *page_row(struct span label)
{
	size_t i;

	for (i = 0; i < sizeof(page_rows) / sizeof(page_rows[0]); i++)
		if (span_equal(label, span_of(page_rows[i].label)))
			return &page_rows[i];
	return NULL;
}

static bool is_label(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       span_is_digit(c) || c == '_' || c == '(' || c == ')';
}

bool show_mem_take_field(struct span *line, struct show_mem_field *ret)
{
	struct span rest = *line, number;
	size_t length = 0;

	span_take_blanks(&rest);
	while (length < rest.length && is_label(rest.at[length]))
		length++;
	ret->label = (struct span){rest.at, length};
	rest = span_skip(rest, length);
	if (!length || !span_take(&rest, SPAN(":")))
		return false;
	span_take_blanks(&rest);
	number = rest;
	if (!span_take_u64(&rest, &ret->value)) {
		/* One CPU may have freed what another one took. */
		if (!span_take(&number, SPAN("-")) ||
		    !span_take_u64(&number, &ret->value))
			return false;
		rest = number;
		ret->value = 0;
	}
	ret->kib = span_take(&rest, SPAN("kB")) || span_take(&rest, SPAN("KB"));
	if (rest.length && !span_is_blank(rest.at[0]))
		return false;
	*line = rest;
	return true;
}

enum show_mem_line show_mem_take_pages(struct show_mem_report *report,
				       struct span line)
{
	struct show_mem_field field;
	const struct page_row *row;
	struct span rest = line;

	if (!report->has_info || !show_mem_take_field(&rest, &field) ||
	    field.kib || !page_row(field.label))
		return SHOW_MEM_OTHER;
	rest = line;
	while (show_mem_take_field(&rest, &field))
		if (field.kib)
			return SHOW_MEM_DAMAGED;
	if (rest.length)
		return SHOW_MEM_DAMAGED;
	while (show_mem_take_field(&line, &field)) {
		row = page_row(field.label);
		if (row)
			show_mem_set(report, row->group, row->name, field.value,
				     COUNTER_PAGES);
	}
	return SHOW_MEM_TAKEN;
}

/* ---- of nodes and zones ---- */

/*
 * name is that of /proc/zoneinfo, total that of /proc/meminfo, NULL where the
 * line of the machine has it, or nothing has.
 */
struct area_row {
	const char *label, *name, *total;
};

static const struct area_row node_rows[] = {
	{"active_anon", "nr_active_anon", NULL},
	{"inactive_anon", "nr_inactive_anon", NULL},
	{"active_file", "nr_active_file", NULL},
	{"inactive_file", "nr_inactive_file", NULL},
	{"unevictable", "nr_unevictable", NULL},
	{"isolated(anon)", "nr_isolated_anon", NULL},
	{"isolated(file)", "nr_isolated_file", NULL},
	{"mapped", "nr_mapped", NULL},
	{"dirty", "nr_dirty", NULL},
	{"writeback", "nr_writeback", NULL},
	{"shmem", "nr_shmem", NULL},
	{"shmem_thp", NULL, "ShmemHugePages"},
	{"shmem_pmdmapped", NULL, "ShmemPmdMapped"},
	{"anon_thp", NULL, "AnonHugePages"},
	{"writeback_tmp", "nr_writeback_temp", "WritebackTmp"},
	{"kernel_stack", "nr_kernel_stack", "KernelStack"},
	{"shadow_call_stack", "nr_shadow_call_stack", "ShadowCallStack"},
	{"pagetables", "nr_page_table_pages", NULL},
	{"sec_pagetables", "nr_sec_page_table_pages", NULL},
	{"Balloon", "nr_balloon_pages", "Balloon"},
	{"gpu_active", "nr_gpu_active", "GPUActive"},
	{"gpu_reclaim", "nr_gpu_reclaim", "GPUReclaim"},
};

/* Of zones alone. */
static const struct area_row zone_rows[] = {
	{"free", "free", NULL},
	{"boost", "boost", NULL},
	{"min", "min", NULL},
	{"low", "low", NULL},
	{"high", "high", NULL},
	{"reserved_highatomic", "reserved_highatomic", NULL},
	{"free_highatomic", "free_highatomic", NULL},
	{"present", "present", NULL},
	{"managed", "managed", NULL},
	{"mlocked", "nr_mlock", "Mlocked"},
	{"bounce", "nr_bounce", NULL},
	{"free_pcp", "free_pcp", NULL},
	{"free_cma", "nr_free_cma", NULL},
	/* 4.8 to 5.9 */
	{"kernel_stack", "nr_kernel_stack", "KernelStack"},
	{"shadow_call_stack", "nr_shadow_call_stack", "ShadowCallStack"},
	{"pagetables", "nr_page_table_pages", NULL},
};

/* Besides, up to 4.7, where zones had what nodes have now. */
static const struct area_row old_zone_rows[] = {
	{"active_anon", "nr_active_anon", NULL},
	{"inactive_anon", "nr_inactive_anon", NULL},
	{"active_file", "nr_active_file", NULL},
	{"inactive_file", "nr_inactive_file", NULL},
	{"unevictable", "nr_unevictable", NULL},
	{"isolated(anon)", "nr_isolated_anon", NULL},
	{"isolated(file)", "nr_isolated_file", NULL},
	{"dirty", "nr_dirty", NULL},
	{"writeback", "nr_writeback", NULL},
	{"mapped", "nr_mapped", NULL},
	{"shmem", "nr_shmem", NULL},
	{"slab_reclaimable", "nr_slab_reclaimable", NULL},
	{"slab_unreclaimable", "nr_slab_unreclaimable", NULL},
	{"writeback_tmp", "nr_writeback_temp", "WritebackTmp"},
};

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static const struct area_row *find(const struct area_row *rows, size_t count,
				   struct span label)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (span_equal(label, span_of(rows[i].label)))
			return &rows[i];
	return NULL;
}

/* Kernel stacks are KiB in zoneinfo, too. */
static enum counter_unit unit_of(const char *name)
{
	return strcmp(name, "nr_kernel_stack") == 0 ||
			       strcmp(name, "nr_shadow_call_stack") == 0
		       ? COUNTER_NUMBER
		       : COUNTER_KIB;
}

static void add(struct show_mem_report *report, struct span scope,
		const struct area_row *row, const struct show_mem_field *field)
{
	if (row->name)
		show_mem_add(report, "zoneinfo", scope, row->name, field->value,
			     unit_of(row->name));
	if (row->total)
		show_mem_add(report, "total", SPAN(""), row->total,
			     field->value, COUNTER_KIB);
}

void show_mem_add_node(struct show_mem_report *report, struct span scope,
		       const struct show_mem_field *field)
{
	const struct area_row *row =
		find(node_rows, COUNT(node_rows), field->label);

	if (row && field->kib)
		add(report, scope, row, field);
}

void show_mem_add_zone(struct show_mem_report *report, struct span scope,
		       const struct show_mem_field *field)
{
	const struct area_row *row =
		find(zone_rows, COUNT(zone_rows), field->label);

	if (!row && !report->has_nodes)
		row = find(old_zone_rows, COUNT(old_zone_rows), field->label);
	if (!row || !field->kib)
		return;
	add(report, scope, row, field);
	if (strcmp(row->label, "free") == 0)
		show_mem_add(report, "zoneinfo", scope, "nr_free_pages",
			     field->value, COUNTER_KIB);
	if (strcmp(row->label, "present") == 0)
		show_mem_add(report, "show_mem", SPAN(""), "present",
			     field->value, COUNTER_KIB);
}
