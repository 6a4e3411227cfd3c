/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/function_table.h"

/*
 * Modules whose own pages need no name to be known. Network drivers are not
 * among them: what they allocate is rings and firmware as often as packets.
 */
static const struct {
	const char *name;
	enum category category;
} modules[] = {
	{"amdgpu", CATEGORY_GPU},
	{"ast", CATEGORY_GPU},
	{"drm", CATEGORY_GPU},
	{"drm_shmem_helper", CATEGORY_GPU},
	{"drm_ttm_helper", CATEGORY_GPU},
	{"drm_vram_helper", CATEGORY_GPU},
	{"i915", CATEGORY_GPU},
	{"lima", CATEGORY_GPU},
	{"mgag200", CATEGORY_GPU},
	{"nouveau", CATEGORY_GPU},
	{"nvidia", CATEGORY_GPU},
	{"nvidia_drm", CATEGORY_GPU},
	{"nvidia_uvm", CATEGORY_GPU},
	{"panfrost", CATEGORY_GPU},
	{"panthor", CATEGORY_GPU},
	{"qxl", CATEGORY_GPU},
	{"radeon", CATEGORY_GPU},
	{"ttm", CATEGORY_GPU},
	{"v3d", CATEGORY_GPU},
	{"vc4", CATEGORY_GPU},
	{"virtio_balloon", CATEGORY_BALLOON},
	{"virtio_gpu", CATEGORY_GPU},
	{"vmw_balloon", CATEGORY_BALLOON},
	{"vmwgfx", CATEGORY_GPU},
	{"xe", CATEGORY_GPU},
	{"z3fold", CATEGORY_COMPRESSED_SWAP},
	{"zbud", CATEGORY_COMPRESSED_SWAP},
	{"zram", CATEGORY_COMPRESSED_SWAP},
	{"zsmalloc", CATEGORY_COMPRESSED_SWAP},
};

/* Order name against a list's entry; a pattern equals all that match it. */
static int compare_entry(struct span name, const char *entry)
{
	struct span pattern;

	/* Most comparisons end here. */
	if (name.length && name.at[0] != entry[0])
		return (unsigned char)name.at[0] - (unsigned char)entry[0];
	pattern = span_of(entry);
	if (span_drop(&pattern, SPAN("*")) && name.length > pattern.length)
		name.length = pattern.length;
	return span_compare(name, pattern);
}

static bool group_has(const struct function_group *group, struct span name)
{
	size_t low = 0, high = group->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_entry(name, group->names[middle]);

		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

static const struct function_group *find_group(
	const struct function_group *groups, size_t count, struct span name,
	bool in_module)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (in_module && groups[i].roles & FUNCTION_KERNEL_ONLY)
			continue;
		if (group_has(&groups[i], name))
			return &groups[i];
	}
	return NULL;
}

const struct function_group *function_table_find(struct span name,
						 bool in_module)
{
	const struct function_group *found;

	/* Whether the inner or the outer function is called __foo changes
	 * from kernel to kernel; what it does, does not. */
	while (name.length > 1 && name.at[0] == '_')
		name = span_skip(name, 1);
	found = find_group(allocator_functions, allocator_function_groups, name,
			   in_module);
	if (!found)
		found = find_group(memory_functions, memory_function_groups,
				   name, in_module);
	if (!found)
		found = find_group(subsystem_functions,
				   subsystem_function_groups, name, in_module);
	return found;
}

enum category function_table_module(struct span module)
{
	size_t i;

	for (i = 0; i < sizeof(modules) / sizeof(modules[0]); i++)
		if (span_equal(module, span_of(modules[i].name)))
			return modules[i].category;
	return CATEGORY_DRIVER;
}
