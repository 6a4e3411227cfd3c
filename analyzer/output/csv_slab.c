/* SPDX-License-Identifier: GPL-3.0-or-later */
/* docs/csv.md describes each column. */
#include "output/csv_slab.h"

static const char *const measures[] = {
	"bytes",      "objects",      "slots",
	"slot_bytes", "object_bytes", "overhead_bytes",
};
#define MEASURES (sizeof(measures) / sizeof(measures[0]))

static void headings(struct csv_writer *csv,
		     const struct account_report *report)
{
	static const char *const sides[] = {"_before", "_after"};
	char name[64];
	unsigned side;
	size_t i;

	csv_string(csv, "cache");
	for (side = 0; side < report->side_count; side++)
		for (i = 0; i < MEASURES; i++) {
			snprintf(name, sizeof(name), "%s%s", measures[i],
				 report->side_count == 2 ? sides[side] : "");
			csv_string(csv, name);
		}
	if (report->side_count == 2)
		csv_string(csv, "growth_bytes");
	csv_string(csv, "reclaimable");
	csv_string(csv, "traced");
	csv_string(csv, "merged");
	csv_string(csv, "namesakes");
	csv_end_row(csv);
}

static void amount_cells(struct csv_writer *csv,
			 const struct slab_amount *amount)
{
	csv_u64_if(csv, amount->known, amount->bytes);
	csv_u64_if(csv, amount->known, amount->objects);
	csv_u64_if(csv, amount->known, amount->slots);
	csv_u64_if(csv, amount->slot_bytes, amount->slot_bytes);
	csv_u64_if(csv, amount->object_bytes, amount->object_bytes);
	csv_u64_if(csv, amount->debug_known, amount->debug_bytes);
}

static const char *flag(enum known_flag value)
{
	static const char *const words[] = {
		[FLAG_UNKNOWN] = NULL,
		[FLAG_NO] = "no",
		[FLAG_YES] = "yes",
	};

	return words[value];
}

static void cache_row(struct csv_writer *csv,
		      const struct account_report *report,
		      const struct slab_cache *cache)
{
	unsigned side;

	csv_text(csv, cache->name);
	for (side = 0; side < report->side_count; side++)
		amount_cells(csv, &cache->sides[side]);
	if (report->side_count == 2 && report->slab.compared)
		csv_i64(csv, slab_cache_growth(cache));
	else if (report->side_count == 2)
		csv_empty(csv);
	csv_string(csv, flag(cache->reclaimable));
	csv_string(csv, flag(cache->traced));
	csv_u64_if(csv, cache->aliases_known, cache->aliases);
	csv_u64(csv, cache->namesakes);
	csv_end_row(csv);
}

void csv_slab_write(struct csv_writer *csv, const struct account_report *report)
{
	size_t i;

	headings(csv, report);
	for (i = 0; i < report->slab.cache_count; i++)
		cache_row(csv, report, &report->slab.caches[i]);
}
