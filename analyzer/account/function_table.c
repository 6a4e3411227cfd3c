/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/function_table.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

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

/*
 * The lists are kept by purpose, for those who read and extend them. For
 * looking names up they are put into one sorted index when the first is
 * wanted; it never changes after that.
 */
#define INDEX_MAX    4096
#define FAMILIES_MAX 128

struct entry {
	struct span name; /* of a family: what its members begin with */
	const struct function_group *group;
	size_t rank; /* of the group: the lowest decides */
};

static struct entry entries[INDEX_MAX];
static size_t entry_count;
static struct entry families[FAMILIES_MAX];
static size_t family_count;
static pthread_once_t index_made = PTHREAD_ONCE_INIT;

static int compare_entries(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int order = span_compare(a->name, b->name);

	return order ? order : (a->rank > b->rank) - (a->rank < b->rank);
}

static void add_groups(const struct function_group *groups, size_t count,
		       size_t *rank)
{
	size_t i, j;

	for (i = 0; i < count; i++, ++*rank) {
		for (j = 0; j < groups[i].count; j++) {
			struct entry entry = {span_of(groups[i].names[j]),
					      &groups[i], *rank};

			if (span_drop(&entry.name, SPAN("*"))) {
				assert(family_count < FAMILIES_MAX);
				families[family_count++] = entry;
			} else {
				assert(entry_count < INDEX_MAX);
				entries[entry_count++] = entry;
			}
		}
	}
}

static void make_index(void)
{
	size_t rank = 0;

	add_groups(allocator_functions, allocator_function_groups, &rank);
	add_groups(memory_functions, memory_function_groups, &rank);
	add_groups(subsystem_functions, subsystem_function_groups, &rank);
	qsort(entries, entry_count, sizeof(entries[0]), compare_entries);
}

static bool is_open_to(const struct entry *entry, bool in_module)
{
	return !in_module || !(entry->group->roles & FUNCTION_KERNEL_ONLY);
}

static const struct entry *find_entry(struct span name, bool in_module)
{
	size_t low = 0, high = entry_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (span_compare(entries[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < entry_count && span_equal(entries[low].name, name); low++)
		if (is_open_to(&entries[low], in_module))
			return &entries[low];
	return NULL;
}

static const struct entry *find_family(struct span name, bool in_module)
{
	size_t i;

	for (i = 0; i < family_count; i++)
		if (families[i].name.at[0] == name.at[0] &&
		    span_starts_with(name, families[i].name) &&
		    is_open_to(&families[i], in_module))
			return &families[i];
	return NULL;
}

const struct function_group *function_table_find(struct span name,
						 bool in_module)
{
	const struct entry *entry, *family;

	pthread_once(&index_made, make_index);
	/* Whether the inner or the outer function is called __foo changes
	 * from kernel to kernel; what it does, does not. */
	while (name.length > 1 && name.at[0] == '_')
		name = span_skip(name, 1);
	if (!name.length)
		return NULL;
	entry = find_entry(name, in_module);
	family = find_family(name, in_module);
	if (!entry || (family && family->rank < entry->rank))
		entry = family;
	return entry ? entry->group : NULL;
}

enum category function_table_module(struct span module)
{
	size_t i;

	for (i = 0; i < sizeof(modules) / sizeof(modules[0]); i++)
		if (span_equal(module, span_of(modules[i].name)))
			return modules[i].category;
	return CATEGORY_DRIVER;
}
