/* SPDX-License-Identifier: GPL-3.0-or-later */
/* docs/json.md describes each field. */
#include "output/json_slab.h"

static void flag(struct json_writer *json, const char *name,
		 enum known_flag value)
{
	if (value == FLAG_UNKNOWN)
		json_null(json, name);
	else
		json_bool(json, name, value == FLAG_YES);
}

static void members(struct json_writer *json, const struct slab_amount *amount,
		    bool of_one)
{
	json_u64(json, "bytes", amount->bytes);
	json_u64_if(json, "objects", !amount->sums_only, amount->objects);
	json_u64_if(json, "slots", !amount->sums_only, amount->slots);
	if (of_one) {
		json_u64_if(json, "slot_bytes", amount->slot_bytes,
			    amount->slot_bytes);
		json_u64_if(json, "object_bytes", amount->object_bytes,
			    amount->object_bytes);
	}
	json_u64_if(json, "overhead_bytes", amount->debug_known,
		    amount->debug_bytes);
}

static void side(struct json_writer *json, const char *name,
		 const struct slab_amount *amount, bool of_one)
{
	if (!amount->known) {
		json_null(json, name);
		return;
	}
	json_open_flat_object(json, name);
	members(json, amount, of_one);
	json_close_object(json);
}

/* What one capture says, or two and their difference. */
static void measures(struct json_writer *json,
		     const struct account_report *report,
		     const struct slab_amount sides[2], bool of_one)
{
	if (report->side_count == 1) {
		members(json, &sides[0], of_one);
		return;
	}
	side(json, "before", &sides[0], of_one);
	side(json, "after", &sides[1], of_one);
	if (report->slab.compared)
		json_i64(json, "growth_bytes",
			 (int64_t)sides[1].bytes - (int64_t)sides[0].bytes);
	else
		json_null(json, "growth_bytes");
}

static void cache(struct json_writer *json, const struct account_report *report,
		  const struct slab_cache *cache)
{
	json_open_object(json, NULL);
	json_string(json, "name", cache->name);
	measures(json, report, cache->sides, true);
	flag(json, "reclaimable", cache->reclaimable);
	flag(json, "traced", cache->traced);
	json_bool(json, "stacks", cache->has_stacks);
	json_u64_if(json, "merged", cache->aliases_known, cache->aliases);
	json_u64(json, "namesakes", cache->namesakes);
	json_close_object(json);
}

void json_slab_write(struct json_writer *json,
		     const struct account_report *report)
{
	const struct slab_view *view = &report->slab;
	size_t i;

	if (view->known) {
		json_open_array(json, "slab");
		for (i = 0; i < view->cache_count; i++)
			cache(json, report, &view->caches[i]);
		json_close_array(json);
		json_open_object(json, "slab_total");
		measures(json, report, view->totals, false);
		json_close_object(json);
	} else {
		json_null(json, "slab");
		json_null(json, "slab_total");
	}
	json_optional(json, "slab_steps", report->slab_steps);
}
