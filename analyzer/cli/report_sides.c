/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From captures to the report of a command, and on to its output. */
#include <string.h>

#include "account/corroborate_leaks.h"
#include "cli/reading.h"
#include "cli/source_lines.h"

/*
 * The size of a pageblock tells the size of a page: 2 MiB (or 4 MiB) blocks of
 * 4 KiB pages on x86 and arm64, 32 MiB of 16 KiB, 512 MiB of 64 KiB on arm64.
 */
static uint64_t page_size_of_block(unsigned shift)
{
	switch (shift) {
	case 9:
	case 10:
		return 4096;
	case 11:
		return 16384;
	case 13:
		return 65536;
	default:
		return 0;
	}
}

/* Any source of the capture may tell it. */
static uint64_t infer_page_size(const struct reading *reading)
{
	size_t i;

	for (i = 0; i < reading->capture.source_count; i++) {
		const struct snapshot *snapshot =
			&reading->capture.sources[i].snapshot;
		uint64_t size = page_size_of_block(snapshot->block_shift);

		if (snapshot->page_size)
			return snapshot->page_size;
		if (size)
			return size;
	}
	return 0;
}

uint64_t reading_page_size(const struct reading *reading,
			   const struct settings *settings)
{
	return settings->page_size ? settings->page_size
				   : infer_page_size(reading);
}

static void set_unit(const struct reading *reading,
		     const struct settings *settings,
		     const struct snapshot *snapshot, struct report_side *side)
{
	side->unit = snapshot->unit;
	side->unit_bytes = 1;
	if (side->unit != UNIT_PAGE)
		return;
	side->page_size_from = "inferred";
	side->unit_bytes = infer_page_size(reading);
	if (!side->unit_bytes) {
		side->unit_bytes = 4096;
		side->page_size_from = "assumed";
	}
	if (settings->page_size) {
		side->unit_bytes = settings->page_size;
		side->page_size_from = "given";
	}
}

static void set_side(const struct reading *reading,
		     const struct capture_source *source,
		     const struct row_set *set, struct report_side *ret)
{
	const struct capture *capture = &reading->capture;

	*ret = (struct report_side){
		.path = capture->path,
		.kernel = capture->kernel,
		.format = source->format->name,
		.noun = source->format->noun ? source->format->noun : "record",
		.timed = source->format->timed || source->snapshot.has_times,
		.stacks_only = source->format->stacks_only,
		.set = set,
		.snapshot = &source->snapshot,
		.began_ns = source->format->timed ? source->snapshot.began_ns
						  : capture->uptime_ns,
		.began_from = source->format->timed ? source->began_from
						    : BEGAN_UPTIME,
		.clock = capture->clock,
		.others = reading->others,
		.remarks = capture->remarks,
	};
	ret->fresh_known = ret->began_ns != TS_NONE;
	if (source->format->identity & 1u << FIELD_CACHE)
		ret->sizes = &source->sizes;
}

void reading_side(const struct reading *reading,
		  const struct settings *settings, struct report_side *ret)
{
	set_side(reading, reading->shown, &reading->set, ret);
	set_unit(reading, settings, &reading->shown->snapshot, ret);
}

void reading_object_side(const struct reading *reading, struct report_side *ret)
{
	set_side(reading, reading->objects, &reading->object_set, ret);
	ret->unit = reading->objects->snapshot.unit;
	ret->unit_bytes = 1;
}

void reading_report(const struct settings *settings, struct report *report,
		    const char *keys[GROUP_KEYS_MAX + 1])
{
	size_t i;

	for (i = 0; i < settings->grouping.count; i++)
		keys[i] = settings->grouping.keys[i]->name;
	keys[i] = NULL;
	report->keys = i ? keys : NULL;
	report->all_ranked = settings->all ||
			     filter_names_category(&settings->filter) ||
			     settings->filter.has_function;
}

/* ---- the same culprits elsewhere ---- */

static uint64_t unit_bytes_of(const struct reading *reading,
			      const struct settings *settings,
			      const struct snapshot *snapshot)
{
	struct report_side side = {0};

	set_unit(reading, settings, snapshot, &side);
	return side.unit_bytes;
}

/* Each side is held against the same capture: that of the other is alike. */
static bool are_stacks_alike(const struct report *report)
{
	return report->boot == BOOT_UNKNOWN && report->match == MATCH_EXACT;
}

/* Ask the source called name, where all captures have it. */
static bool ask(struct reading *readings, size_t count,
		const struct settings *settings, const char *name,
		struct report *report, struct error *err)
{
	struct witness witness = {.source = name};
	size_t i;

	if (strcmp(report->sides[0].format, name) == 0)
		return true;
	for (i = 0; i < count; i++) {
		const struct capture_source *source =
			capture_source(&readings[i].capture, name);

		if (!source)
			return true;
		witness.sides[i] = &source->snapshot;
		witness.unit_bytes[i] = unit_bytes_of(&readings[i], settings,
						      &source->snapshot);
	}
	if (report_is_on_leaks(report) || strcmp(name, "kmemleak") == 0)
		return corroborate_leaks(report, &witness,
					 count == 1 ||
						 report->boot == BOOT_SAME ||
						 are_stacks_alike(report),
					 err);
	return corroborate(report, &witness, err);
}

/*
 * Who has freed an object, and who took the page that it lies in, are no
 * witnesses of who holds it.
 */
static bool ask_all(struct reading *readings, size_t count,
		    const struct settings *settings, struct report *report,
		    struct error *err)
{
	bool on_objects = report_is_on_objects(report);

	if (!on_objects &&
	    (!ask(readings, count, settings, "page_owner", report, err) ||
	     !ask(readings, count, settings, "page_owner_stacks", report,
		  err) ||
	     !ask(readings, count, settings, "vmallocinfo", report, err)))
		return false;
	if (!ask(readings, count, settings, "kmemleak", report, err))
		return false;
	/* Sites that allocate objects are seen by both. */
	if ((strcmp(report->sides[0].format, "allocinfo") == 0 ||
	     report_is_on_leaks(report)) &&
	    !ask(readings, count, settings, "slab_traces", report, err))
		return false;
	return ask(readings, count, settings, "allocinfo", report, err);
}

/* ---- showing ---- */

struct report_output {
	const struct output *output;
	const struct report *report;
};

bool reading_arrange(const struct settings *settings, struct reading *readings,
		     size_t count, enum report_sort sort, struct report *report,
		     struct error *err)
{
	return report_arrange(report, sort, settings->reverse, err) &&
	       ask_all(readings, count, settings, report, err);
}

int reading_status(struct cli *cli, const struct reading *readings,
		   size_t count)
{
	bool lossy = false;
	size_t i;

	for (i = 0; i < count; i++)
		lossy |= reading_is_lossy(&readings[i]);
	if (!lossy || !cli->settings->strict)
		return STATUS_DONE;
	console_error(&cli->console,
		      "not all of the input could be counted, and --strict was "
		      "given");
	return STATUS_TROUBLE;
}

static bool write_report(const void *report, const struct output_options *show,
			 FILE *file, struct error *err)
{
	const struct report_output *shown = report;

	return shown->output->write(shown->report, show, file, err);
}

bool reading_rank(struct cli *cli, struct reading *readings, size_t count,
		  struct report *report, struct error *err)
{
	const struct settings *settings = cli->settings;

	return reading_arrange(settings, readings, count, settings->sort,
			       report, err) &&
	       (!report->objects ||
		reading_arrange(settings, readings, count, settings->sort,
				report->objects, err));
}

int reading_show(struct cli *cli, struct reading *readings, size_t count,
		 const struct report *report)
{
	const struct settings *settings = cli->settings;
	const struct report_output shown = {settings->output, report};
	const struct rendering rendering = {write_report, &shown};
	struct output_options show = settings->show;
	struct error err = {0};

	show.colour = console_colours(&cli->console, settings->colour);
	show.width = console_width(&cli->console);
	if (!source_lines_write(cli, readings, count, &rendering, &show,
				&err)) {
		console_error(&cli->console, "%s", err.text);
		return STATUS_TROUBLE;
	}
	if (!console_flush(&cli->console))
		return STATUS_TROUBLE;
	return reading_status(cli, readings, count);
}
