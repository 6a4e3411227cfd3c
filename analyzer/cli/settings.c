/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/settings.h"

#include <string.h>

#include "cli/option_value.h"
#include "formats/format.h"

void settings_init(struct settings *settings)
{
	*settings = (struct settings){
		.output = outputs[0],
		.sort = SORT_RANK,
		.capture.root = "",
	};
}

void settings_deinit(struct settings *settings)
{
	filter_deinit(&settings->filter);
	gate_rules_deinit(&settings->gate.rules);
}

static bool set_by(struct settings *settings, const char *value,
		   struct error *err)
{
	return grouping_add(&settings->grouping, span_of(value), err);
}

static bool set_only(struct settings *settings, const char *value,
		     struct error *err)
{
	return filter_add(&settings->filter, value, false, err);
}

static bool set_not(struct settings *settings, const char *value,
		    struct error *err)
{
	return filter_add(&settings->filter, value, true, err);
}

static bool set_function(struct settings *settings, const char *value,
			 struct error *err)
{
	return filter_set_function(&settings->filter, value, err);
}

static bool set_since(struct settings *settings, const char *value,
		      struct error *err)
{
	return option_take_seconds("since", value, &settings->filter.since_ns,
				   err);
}

static bool set_until(struct settings *settings, const char *value,
		      struct error *err)
{
	return option_take_seconds("until", value, &settings->filter.until_ns,
				   err);
}

static bool set_sort(struct settings *settings, const char *value,
		     struct error *err)
{
	static const char *const names[] = {
		[SORT_RANK] = "rank",	    [SORT_GROWTH] = "growth",
		[SORT_BEFORE] = "before",   [SORT_AFTER] = "after",
		[SORT_RECORDS] = "records", [SORT_FIRST] = "first",
		[SORT_LAST] = "last",	    [SORT_KEPT] = "kept",
		[SORT_FRESH] = "fresh",	    [SORT_FUNCTION] = "function",
	};
	bool reverse = value[0] == '-';
	const char *name = value + reverse;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			break;
	/* What a size is called where there is one side. */
	if (strcmp(name, "size") == 0 || strcmp(name, "pages") == 0)
		i = SORT_AFTER;
	if (i == sizeof(names) / sizeof(names[0]))
		return option_refuse(
			"order", "sort", value,
			"use rank, size, growth, before, after, records, "
			"first, last, kept, fresh or function",
			err);
	settings->sort = (enum report_sort)i;
	settings->reverse = reverse;
	return true;
}

static bool set_top(struct settings *settings, const char *value,
		    struct error *err)
{
	uint64_t count;

	if (!option_take_count("top", value, SIZE_MAX, &count, err))
		return false;
	settings->show.top = count;
	settings->show.top_given = true;
	return true;
}

static bool set_min(struct settings *settings, const char *value,
		    struct error *err)
{
	return option_take_size("min", value, &settings->show.min_bytes, err);
}

static bool set_full(struct settings *settings, const char *value,
		     struct error *err)
{
	(void)value;
	(void)err;
	settings->show.full = true;
	return true;
}

static bool set_all(struct settings *settings, const char *value,
		    struct error *err)
{
	(void)value;
	(void)err;
	settings->all = true;
	return true;
}

static bool set_page_size(struct settings *settings, const char *value,
			  struct error *err)
{
	uint64_t size;

	if (!option_take_size("page-size", value, &size, err))
		return false;
	if (size < 512 || size > (1 << 24) || (size & (size - 1)))
		return option_refuse(
			"page size", "page-size", value,
			"use a power of two such as 4K, 16K or 64K", err);
	settings->page_size = size;
	return true;
}

static bool set_format(struct settings *settings, const char *value,
		       struct error *err)
{
	settings->format = format_named(value);
	if (settings->format)
		return true;
	return option_refuse("format", "format", value,
			     "'pageowl help formats' lists them", err);
}

bool settings_set_source(struct settings *settings, const char *value,
			 struct error *err)
{
	const struct format *format;

	/* What people call it. */
	if (strcmp(value, "slab") == 0)
		value = "slab_traces";
	format = format_named(value);
	if (format && format->counts)
		return error_set(err, ERROR_USAGE,
				 "'--source=%s': %s has counters, no stacks; "
				 "'pageowl account' reads them",
				 value, value);
	if (!format || format->mixed)
		return option_refuse("source", "source", value,
				     "'pageowl help formats' lists them", err);
	settings->source = format->name;
	return true;
}

static bool set_hz(struct settings *settings, const char *value,
		   struct error *err)
{
	uint64_t hz;

	if (!option_take_count("hz", value, 10000, &hz, err))
		return false;
	settings->hz = (unsigned)hz;
	return true;
}

bool settings_set_output(struct settings *settings, const char *value,
			 struct error *err)
{
	const struct output *output = output_named(value);
	char names[OUTPUT_NAMES_CAPACITY], use[OUTPUT_NAMES_CAPACITY + 8];

	if (!output) {
		snprintf(use, sizeof(use), "use %s",
			 output_names(ANSWER_NONE, names));
		return option_refuse("output", "output", value, use, err);
	}
	settings->output = output;
	return true;
}

static bool set_match(struct settings *settings, const char *value,
		      struct error *err)
{
	settings->match_given = true;
	if (strcmp(value, "exact") == 0)
		settings->match = MATCH_EXACT;
	else if (strcmp(value, "name") == 0)
		settings->match = MATCH_NAME;
	else if (strcmp(value, "auto") == 0)
		settings->match_given = false;
	else
		return option_refuse("match", "match", value,
				     "use auto, exact or name", err);
	return true;
}

static bool set_color(struct settings *settings, const char *value,
		      struct error *err)
{
	if (strcmp(value, "auto") == 0)
		settings->colour = COLOUR_AUTO;
	else if (strcmp(value, "always") == 0)
		settings->colour = COLOUR_ALWAYS;
	else if (strcmp(value, "never") == 0)
		settings->colour = COLOUR_NEVER;
	else
		return option_refuse("colour", "color", value,
				     "use auto, always or never", err);
	return true;
}

static bool set_threads(struct settings *settings, const char *value,
			struct error *err)
{
	uint64_t count;

	if (!option_take_count("threads", value, 64, &count, err))
		return false;
	settings->threads = (unsigned)count;
	return true;
}

static bool set_strict(struct settings *settings, const char *value,
		       struct error *err)
{
	(void)value;
	(void)err;
	settings->strict = true;
	return true;
}

static bool set_quiet(struct settings *settings, const char *value,
		      struct error *err)
{
	(void)value;
	(void)err;
	settings->quiet = true;
	return true;
}

static bool set_verbose(struct settings *settings, const char *value,
			struct error *err)
{
	(void)value;
	(void)err;
	settings->verbose = true;
	return true;
}

const struct cli_option row_options[] = {
	{"by", 'b', "KEY,...", "group by keys instead of stacks (help keys)",
	 set_by},
	{"only", 'o', "KEY=VALUE", "count this only; '*' stands for any text",
	 set_only},
	{"not", 'x', "KEY=VALUE", "do not count this", set_not},
	{"function", 'f', "REGEX", "only stacks with a function like this",
	 set_function},
	{"since", 0, "SECONDS", "only what was allocated from then on",
	 set_since},
	{"until", 0, "SECONDS", "only what was allocated up to then",
	 set_until},
	{"sort", 's', "ORDER",
	 "rank, size, growth, before, after, records, first,\n"
	 "last, kept, fresh, function; '-' in front reverses",
	 set_sort},
	{"source", 0, "NAME",
	 "what to show: page_owner, page_owner_sort,\n"
	 "crash_owner, page_owner_stacks, allocinfo,\n"
	 "slab_traces (or slab), kmemleak, slab_allocators,\n"
	 "trace_pages, trace_objects, slub_report, dump_page,\n"
	 "vmallocinfo, slab_free_traces; default: the richest",
	 settings_set_source},
	{"all", 'a', NULL, "rank user memory and caches too", set_all},
	{0},
};

const struct cli_option show_options[] = {
	{"top", 'n', "N", "how many rows; 0: all", set_top},
	{"min", 'm', "SIZE", "leave out rows smaller than this", set_min},
	{"output", 'O', "NAME", NULL, settings_set_output},
	{"color", 0, "WHEN", "auto, always or never", set_color},
	{0},
};

const struct cli_option source_options[] = {
	{"full", 'l', NULL, "whole stacks", set_full},
	{"page-size", 0, "SIZE", "size of a base page; default: inferred",
	 set_page_size},
	{"format", 0, "NAME", "format of a lone dump (help formats)",
	 set_format},
	{"hz", 0, "N", "CONFIG_HZ, for ages of objects; default: found out",
	 set_hz},
	{"threads", 'j', "N", "at most so many; default: one for each CPU",
	 set_threads},
	{"strict", 0, NULL, "fail when anything was skipped", set_strict},
	{0},
};

const struct cli_option contents_options[] = {
	{"full", 'l', NULL, "each member, not each format", set_full},
	{"format", 0, "NAME", "format of a lone dump (help formats)",
	 set_format},
	{"output", 'O', "NAME", NULL, settings_set_output},
	{"threads", 'j', "N", "at most so many; default: one for each CPU",
	 set_threads},
	{0},
};

const struct cli_option diff_options[] = {
	{"match", 0, "HOW",
	 "match stacks as one build has them (exact), by\n"
	 "function name (name), or as fits (auto)",
	 set_match},
	{0},
};

const struct cli_option general_options[] = {
	{"quiet", 'q', NULL, "no warnings", set_quiet},
	{"verbose", 'v', NULL, "say what was decided, and why", set_verbose},
	{"help", 'h', NULL, "show this help", NULL},
	{"version", 'V', NULL, "show the version", NULL},
	{0},
};
