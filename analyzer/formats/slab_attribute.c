/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file below /sys/kernel/slab/<cache>/ (mm/slub.c). What it counts stands in
 * its path; in it is one line:
 *
 *   "64"			most of them
 *   "478 N0=300 N1=178"	counts of objects and slabs, on NUMA machines
 *   "24(3) C0=16(2) C1=8(1)"	slabs_cpu_partial: objects, and slabs
 *
 * The counts by node and CPU have the scopes "kmalloc-64 node 0" and
 * "kmalloc-64 cpu 0". Not here: ctor, which is text, the files that are only
 * written to, and the events of CONFIG_SLUB_STATS.
 */
#include "formats/counter_text.h"

#define EXPECTED_LINE "\"<number>[ N<node>=<number>]\""

struct attribute {
	struct span cache, name;
};

static struct span drop_part(struct span *path)
{
	const char *end = span_end(*path), *at = end;

	while (at > path->at && at[-1] != '/')
		at--;
	path->length = (size_t)(at - path->at);
	span_drop(path, SPAN("/"));
	return span_between(at, end);
}

/* No attribute has a dot: behind it is ".gz" of who took the capture. */
static struct span drop_suffixes(struct span name)
{
	const char *dot =
		name.length ? memchr(name.at, '.', name.length) : NULL;

	return dot ? span_between(name.at, dot) : name;
}

static bool parse_path(struct span path, struct attribute *ret)
{
	ret->name = drop_suffixes(drop_part(&path));
	ret->cache = drop_part(&path);
	return ret->name.length && ret->cache.length;
}

/* "478" or "24(3)": the number of slabs is left out. */
static bool take_count(struct span *line, uint64_t *ret)
{
	uint64_t slabs;

	if (!span_take_u64(line, ret))
		return false;
	if (span_take(line, SPAN("(")))
		return span_take_u64(line, &slabs) &&
		       span_take(line, SPAN(")"));
	return true;
}

/* " N0=300" or " C1=8(1)"; ret_scope begins with the cache. */
static bool take_part(struct span *line, struct counter_scope *ret_scope,
		      uint64_t *ret)
{
	struct span number;
	bool node;

	if (!span_take_blanks(line))
		return false;
	node = span_take(line, SPAN("N"));
	if (!node && !span_take(line, SPAN("C")))
		return false;
	return span_take_digits(line, &number) && span_take(line, SPAN("=")) &&
	       take_count(line, ret) &&
	       counter_scope_add(ret_scope,
				 node ? SPAN(" node ") : SPAN(" cpu ")) &&
	       counter_scope_add(ret_scope, number);
}

/* What follows the first number; handed on when give, else only checked. */
static bool take_parts(struct counter_text *text,
		       const struct attribute *attribute, struct span line,
		       bool give)
{
	while (line.length) {
		struct counter_scope scope = {0};
		uint64_t value;

		if (!counter_scope_add(&scope, attribute->cache) ||
		    !take_part(&line, &scope, &value))
			return false;
		if (give &&
		    !counter_text_give(text, counter_scope_span(&scope),
				       attribute->name, value, COUNTER_NUMBER))
			return false;
	}
	return true;
}

static bool slab_attribute_line(struct counter_text *text, struct span line)
{
	struct attribute attribute;
	uint64_t value;

	if (!parse_path(text->sink->path, &attribute))
		return counter_text_skip(text,
					 "a file \"<cache>/<attribute>\"");
	if (!take_count(&line, &value) ||
	    !take_parts(text, &attribute, line, false))
		return counter_text_skip(text, EXPECTED_LINE);
	return counter_text_give(text, attribute.cache, attribute.name, value,
				 COUNTER_NUMBER) &&
	       take_parts(text, &attribute, line, true);
}

static bool slab_attribute_block(void *state, struct span lines,
				 struct sink *sink, struct error *err)
{
	return counter_text_single(state, "slab_attribute", slab_attribute_line,
				   lines, sink, err);
}

#define ATTRIBUTE(name) "sys/kernel/slab/*/" name

static const char *const paths[] = {
	ATTRIBUTE("aliases"),
	ATTRIBUTE("align"),
	ATTRIBUTE("cache_dma"),
	ATTRIBUTE("cpu_partial"),
	ATTRIBUTE("cpu_slabs"),
	ATTRIBUTE("destroy_by_rcu"),
	ATTRIBUTE("failslab"),
	ATTRIBUTE("hwcache_align"),
	ATTRIBUTE("min_partial"),
	ATTRIBUTE("object_size"),
	ATTRIBUTE("objects"),
	ATTRIBUTE("objects_partial"),
	ATTRIBUTE("objs_per_slab"),
	ATTRIBUTE("order"),
	ATTRIBUTE("partial"),
	ATTRIBUTE("poison"),
	ATTRIBUTE("reclaim_account"),
	ATTRIBUTE("red_zone"),
	ATTRIBUTE("remote_node_defrag_ratio"),
	ATTRIBUTE("reserved"),
	ATTRIBUTE("sanity_checks"),
	ATTRIBUTE("sheaf_capacity"),
	ATTRIBUTE("skip_kfence"),
	ATTRIBUTE("slab_size"),
	ATTRIBUTE("slabs"),
	ATTRIBUTE("slabs_cpu_partial"),
	ATTRIBUTE("store_user"),
	ATTRIBUTE("total_objects"),
	ATTRIBUTE("trace"),
	ATTRIBUTE("usersize"),
	NULL,
};

const struct format format_slab_attribute = {
	.name = "slab_attribute",
	.title = "a number of /sys/kernel/slab/<cache>/",
	.state_size = sizeof(struct counter_text),
	.paths = paths,
	.counts = true,
	.block = slab_attribute_block,
	.finish = counter_text_finish,
};
