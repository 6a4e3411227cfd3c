/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/object_sizes.h"

#include "model/cache_name.h"

/* Bytes; 0: not known. */
struct cache_sizes {
	uint64_t object;
	uint64_t slot;
	bool kmalloc;
};

static void look_up(const struct counters *counters, struct span cache,
		    struct cache_sizes *ret)
{
	counters_value(counters, "slab_attribute", cache, "object_size",
		       &ret->object);
	ret->kmalloc = cache_name_kmalloc_size(cache, &ret->object);
	if (!counters_value(counters, "slab_attribute", cache, "slab_size",
			    &ret->slot))
		counters_value(counters, "slabinfo", cache, "objsize",
			       &ret->slot);
}

bool object_sizes_has_waste(const struct snapshot *snapshot)
{
	const struct row *row;

	for (row = snapshot->rows; row; row = row->hh.next)
		if (row->tally.objects.waste_bytes)
			return true;
	return false;
}

static void size_objects(struct tally *tally, const struct cache_sizes *sizes,
			 bool waste_printed)
{
	struct object_tally *objects = &tally->objects;
	uint64_t count = objects->objects, asked = 0;
	bool known = sizes->object && (!sizes->kmalloc || waste_printed) &&
		     !__builtin_mul_overflow(count, sizes->object, &asked) &&
		     asked >= objects->waste_bytes;

	objects->requested_known = known ? count : 0;
	objects->requested_bytes = known ? asked - objects->waste_bytes : 0;
	objects->slot_known = sizes->slot ? count : 0;
	objects->slot_bytes = count * sizes->slot;
	objects->by_request = known && sizes->kmalloc ? count : 0;
	objects->by_slot = 0;
	objects->unsized = 0;
	if (objects->by_request) {
		tally->units = objects->requested_bytes;
	} else if (sizes->slot) {
		tally->units = objects->slot_bytes;
		objects->by_slot = count;
	} else {
		tally->units = count * sizes->object;
		objects->unsized = sizes->object ? 0 : count;
	}
}

/* sysfs knows which caches shrink; a name is the next best. */
static bool is_reclaimable(const struct counters *counters, struct span cache)
{
	uint64_t flag;

	if (counters_value(counters, "slab_attribute", cache, "reclaim_account",
			   &flag))
		return flag;
	return cache_name_is_reclaimable(cache);
}

static void note_sizes(const struct row *row, struct object_sizes *sizes)
{
	const struct object_tally *objects = &row->tally.objects;
	string_id cache = row->key.values[FIELD_CACHE];

	sizes->requested += objects->by_request;
	sizes->unsized += objects->unsized;
	sizes->slots += objects->by_slot;
	sizes->whole += objects->objects - objects->by_request -
			objects->by_slot - objects->unsized;
	if (objects->unsized && (!sizes->unsized_caches ||
				 cache.index != sizes->unsized_cache.index)) {
		sizes->unsized_cache = cache;
		sizes->unsized_caches++;
	}
}

void object_sizes_apply(struct snapshot *snapshot,
			const struct size_sources *sources,
			struct object_sizes *ret)
{
	bool waste_printed =
		sources->prints_waste || object_sizes_has_waste(snapshot);
	struct object_sizes found = {0};
	struct cache_sizes sizes;
	struct row *row;

	snapshot->unit = UNIT_BYTE;
	snapshot->counted.units = 0;
	for (row = snapshot->rows; row; row = row->hh.next) {
		struct span cache = string_pool_text(
			&snapshot->names, row->key.values[FIELD_CACHE]);

		sizes = (struct cache_sizes){0};
		/* What the capture itself says goes before. */
		if (sources->other)
			look_up(sources->other, cache, &sizes);
		look_up(sources->own, cache, &sizes);
		row->reclaimable = is_reclaimable(sources->own, cache);
		size_objects(&row->tally, &sizes, waste_printed);
		note_sizes(row, &found);
		snapshot->counted.units += row->tally.units;
	}
	if (!found.requested && !found.slots && !found.whole)
		object_sizes_drop(snapshot);
	*ret = found;
}

void object_sizes_drop(struct snapshot *snapshot)
{
	struct row *row;

	snapshot->unit = UNIT_OBJECT;
	snapshot->counted.units = 0;
	for (row = snapshot->rows; row; row = row->hh.next) {
		row->tally.units = row->tally.objects.objects;
		snapshot->counted.units += row->tally.units;
	}
}
