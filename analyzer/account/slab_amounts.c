/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Both slabinfo and sysfs count what lies in a slab of some CPU, or in its
 * sheaf (7.0), as in use, whether it is or not (mm/slub.c, get_slabinfo() and
 * show_slab_objects()); caches with user tracking have no such slabs.
 */
#include "account/slab_amounts.h"

#include "account/slab_parameter.h"
#include "model/cache_name.h"

/* No amount is larger, so that a difference fits. */
#define AMOUNT_MAX ((uint64_t)INT64_MAX)

static uint64_t clamp(uint64_t value)
{
	return value < AMOUNT_MAX ? value : AMOUNT_MAX;
}

static uint64_t plus(uint64_t a, uint64_t b)
{
	uint64_t sum;

	return __builtin_add_overflow(a, b, &sum) ? AMOUNT_MAX : clamp(sum);
}

static uint64_t times(uint64_t a, uint64_t b)
{
	uint64_t product;

	return __builtin_mul_overflow(a, b, &product) ? AMOUNT_MAX
						      : clamp(product);
}

static bool from_slabinfo(const struct slab_source *source, struct span scope,
			  const char *name, uint64_t *ret)
{
	return counters_value(source->counters, "slabinfo", scope, name, ret);
}

static bool from_sysfs(const struct slab_source *source, struct span scope,
		       const char *name, uint64_t *ret)
{
	return counters_value(source->counters, "slab_attribute", scope, name,
			      ret);
}

static enum known_flag sysfs_flag(const struct slab_source *source,
				  struct span scope, const char *name)
{
	uint64_t value;

	if (!from_sysfs(source, scope, name, &value))
		return FLAG_UNKNOWN;
	return value ? FLAG_YES : FLAG_NO;
}

bool slab_amount_of_slabinfo(const struct slab_source *source,
			     struct span scope, struct slab_amount *ret)
{
	uint64_t slabs, pages;

	if (!from_slabinfo(source, scope, "num_slabs", &slabs) ||
	    !from_slabinfo(source, scope, "pagesperslab", &pages) ||
	    !from_slabinfo(source, scope, "active_objs", &ret->objects) ||
	    !from_slabinfo(source, scope, "num_objs", &ret->slots) ||
	    !from_slabinfo(source, scope, "objsize", &ret->slot_bytes))
		return false;
	ret->bytes = times(times(slabs, pages), source->page_size);
	return true;
}

bool slab_amount_of_sysfs(const struct slab_source *source, struct span scope,
			  struct slab_amount *ret)
{
	uint64_t slabs, per_slab, order;

	if (!from_sysfs(source, scope, "slabs", &slabs) ||
	    !from_sysfs(source, scope, "order", &order) || order > 62)
		return false;
	if (!from_sysfs(source, scope, "total_objects", &ret->slots)) {
		if (!from_sysfs(source, scope, "objs_per_slab", &per_slab))
			return false;
		ret->slots = times(slabs, per_slab);
	}
	ret->objects = ret->slots;
	from_sysfs(source, scope, "objects", &ret->objects);
	from_sysfs(source, scope, "slab_size", &ret->slot_bytes);
	ret->bytes =
		times(times(slabs, (uint64_t)1 << order), source->page_size);
	return true;
}

void slab_amount_size(const struct slab_source *source, struct span scope,
		      struct slab_amount *ret)
{
	ret->objects = clamp(ret->objects);
	ret->slots = clamp(ret->slots);
	ret->slot_bytes = clamp(ret->slot_bytes);
	if (!from_sysfs(source, scope, "object_size", &ret->object_bytes))
		cache_name_kmalloc_size(scope, &ret->object_bytes);
	ret->object_bytes = clamp(ret->object_bytes);
	if (!ret->object_bytes || ret->object_bytes > ret->slot_bytes)
		return;
	ret->debug_known = true;
	ret->debug_bytes =
		times(ret->slot_bytes - ret->object_bytes, ret->slots);
}

/* sysfs knows; a name tells of the common ones, and of kmalloc() all. */
static enum known_flag reclaimable(const struct slab_source *source,
				   struct span scope)
{
	enum known_flag flag = sysfs_flag(source, scope, "reclaim_account");
	uint64_t size;

	if (flag != FLAG_UNKNOWN)
		return flag;
	if (cache_name_is_reclaimable(scope))
		return FLAG_YES;
	return cache_name_kmalloc_size(scope, &size) ? FLAG_NO : FLAG_UNKNOWN;
}

/* Where sysfs was not read, the kernel's parameters tell. */
static bool is_traced_from_boot(const struct slab_source *source,
				struct span scope)
{
	const struct counter *line =
		counters_find(source->counters, "cmdline", SPAN(""), "cmdline");

	return line && line->unit == COUNTER_TEXT &&
	       slab_parameter_traces(line->text, scope);
}

void slab_cache_note(const struct slab_source *source, struct span scope,
		     struct slab_cache *cache)
{
	enum known_flag flag = reclaimable(source, scope);

	if (flag != FLAG_UNKNOWN)
		cache->reclaimable = flag;
	flag = sysfs_flag(source, scope, "store_user");
	if (flag == FLAG_UNKNOWN && is_traced_from_boot(source, scope))
		flag = FLAG_YES;
	if (flag != FLAG_UNKNOWN)
		cache->traced = flag;
	if (from_sysfs(source, scope, "aliases", &cache->aliases))
		cache->aliases_known = true;
}

/* Sizes that differ are those of no one cache. */
void slab_amount_of_report(const struct slab_source *source, struct span scope,
			   struct slab_amount *ret)
{
	uint64_t used = 0, total = 0;

	counters_value(source->counters, "show_mem", scope, "used", &used);
	counters_value(source->counters, "show_mem", scope, "total", &total);
	*ret = (struct slab_amount){
		.known = true,
		.sums_only = true,
		.bytes = times(total, 1024),
		.used_bytes = times(used, 1024),
	};
}

void slab_amount_add(struct slab_amount *sum, const struct slab_amount *more)
{
	if (!sum->known) {
		*sum = *more;
		return;
	}
	sum->bytes = plus(sum->bytes, more->bytes);
	sum->objects = plus(sum->objects, more->objects);
	sum->slots = plus(sum->slots, more->slots);
	sum->debug_bytes = plus(sum->debug_bytes, more->debug_bytes);
	sum->debug_known &= more->debug_known;
	if (sum->slot_bytes != more->slot_bytes)
		sum->slot_bytes = 0;
	if (sum->object_bytes != more->object_bytes)
		sum->object_bytes = 0;
}

void slab_amount_total(struct slab_amount *total,
		       const struct slab_amount *more)
{
	if (!more->known)
		return;
	total->known = true;
	total->sums_only |= more->sums_only;
	total->used_bytes = plus(total->used_bytes, more->used_bytes);
	total->bytes = plus(total->bytes, more->bytes);
	total->objects = plus(total->objects, more->objects);
	total->slots = plus(total->slots, more->slots);
	total->debug_bytes = plus(total->debug_bytes, more->debug_bytes);
	total->debug_known |= more->debug_known;
}
