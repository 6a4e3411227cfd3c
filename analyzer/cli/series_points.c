/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/series_points.h"

#include <stdio.h>

#include "account/object_sizes.h"
#include "account/rollup.h"
#include "cli/comparison.h"
#include "cli/frame_names.h"
#include "cli/notices.h"
#include "cli/source_lines.h"
#include "diff/diff.h"
#include "diff/series.h"
#include "diff/stack_match.h"

/* A reason in a line of its own. */
#define WHY_CAPACITY 2304

/* Which of the two reports. */
enum {
	SHOWN,
	OBJECTS,
	REPORTS,
};

void series_points_deinit(struct series_points *points)
{
	arena_deinit(&points->arena);
	*points = (struct series_points){0};
}

/* ---- the axis ---- */

static bool make_axis(struct series_points *points, struct cli *cli,
		      const struct reading readings[2], unsigned which,
		      struct error *err)
{
	size_t count = cli->operand_count, i;
	struct trend_capture *captures =
		arena_alloc(&points->arena, count * sizeof(*captures));

	if (!captures)
		return error_no_memory(err);
	for (i = 0; i < count; i++)
		captures[i] = (struct trend_capture){
			.path = cli->operands[i],
			.began_ns = TS_NONE,
		};
	captures[0].began_ns = reading_began(&readings[0]);
	captures[count - 1].began_ns = reading_began(&readings[1]);
	points->captures[which] = captures;
	points->axes[which].captures = captures;
	points->axes[which].count = count;
	return true;
}

static double seconds(uint64_t ns)
{
	return (double)ns / 1e9;
}

/* The first capture whose time is not known; or NULL. */
static const struct trend_capture *timeless(const struct trend_axis *axis)
{
	size_t i;

	for (i = 0; i < axis->count; i++)
		if (!axis->captures[i].missing &&
		    axis->captures[i].began_ns == TS_NONE)
			return &axis->captures[i];
	return NULL;
}

static void quote_capture(const struct trend_capture *capture,
			  char ret[QUOTE_CAPACITY])
{
	quote_text(span_of(capture->path), QUOTE_LIMIT, ret, QUOTE_CAPACITY);
}

/* The first that was taken before the one in front of it. */
static void warn_misplaced(struct report *report, const struct trend_axis *axis)
{
	const struct trend_capture *before = NULL, *at = axis->captures;
	char names[2][QUOTE_CAPACITY];
	size_t i;

	for (i = 0; i < axis->count; i++, at++) {
		if (at->missing)
			continue;
		if (before && at->began_ns < before->began_ns)
			break;
		before = at;
	}
	/* The same capture twice is no doubt. */
	if (i == axis->count)
		return;
	quote_capture(before, names[0]);
	quote_capture(at, names[1]);
	diff_note(report,
		  "not in order of time: '%.70s' (%.0f s of uptime) stands "
		  "before "
		  "'%.70s' (%.0f s); growth per hour cannot be told",
		  names[0], seconds(before->began_ns), names[1],
		  seconds(at->began_ns));
}

/* Why growth per hour cannot be told. */
static void warn_untimed(const struct series_points *points,
			 const struct trend_axis *axis, struct report *report)
{
	const struct trend_capture *at = timeless(axis);
	char path[QUOTE_CAPACITY];

	if (points->boot == BOOT_OTHER) {
		diff_note(report,
			  "not all captures are of one boot: growth per "
			  "hour cannot be told");
	} else if (at) {
		quote_capture(at, path);
		diff_note(
			report,
			"when '%.100s' was taken is not known: growth per hour "
			"cannot be told",
			path);
	} else if (points->boot == BOOT_UNKNOWN) {
		diff_note(report,
			  "nothing tells whether the captures are of one "
			  "boot: growth per hour cannot be told");
	}
	if (points->boot != BOOT_OTHER && !at)
		warn_misplaced(report, axis);
}

/* ---- the sources of one capture ---- */

static bool is_usable(const struct snapshot *snapshot)
{
	return snapshot->entries && !(snapshot->loss.records &&
				      snapshot->loss.records == snapshot->seen);
}

/* Of many caches all but one may be there. */
static bool is_cut(const struct capture_source *source)
{
	const struct loss *loss = &source->snapshot.loss;

	return !(source->format->identity & 1u << FIELD_CACHE) &&
	       (loss->input[0] || loss->input_told);
}

/* Of a part of a dump less is known than it held: that is no point. */
static bool is_point(const struct reading *reading,
		     const struct capture_source *source, const char *name,
		     char why[WHY_CAPACITY])
{
	char reason[WHY_CAPACITY - 128];

	if (!source && reading_reason(reading, name, reason, sizeof(reason)))
		snprintf(why, WHY_CAPACITY, "no %s in it: %s", name, reason);
	else if (!source)
		snprintf(why, WHY_CAPACITY, "no %s in it", name);
	else if (!is_usable(&source->snapshot) &&
		 !capture_source_is_blank(source))
		snprintf(why, WHY_CAPACITY, "no %s record in it can be used",
			 name);
	else if (is_cut(source))
		snprintf(why, WHY_CAPACITY, "its %s is not whole", name);
	else
		return true;
	return false;
}

/* Objects are measured as those of the reports are, or there is no point. */
static bool even_unit(struct capture_source *source, enum unit unit,
		      char why[WHY_CAPACITY])
{
	if (unit == UNIT_OBJECT && source->snapshot.unit != unit)
		object_sizes_drop(&source->snapshot);
	if (source->snapshot.unit == unit)
		return true;
	snprintf(why, WHY_CAPACITY,
		 "nothing in it tells how large its objects are");
	return false;
}

static void warn_missing(struct cli *cli, const struct reading *passing,
			 const char *what, const char *why)
{
	char path[QUOTE_PATH_CAPACITY];

	quote_path(passing->capture.path, path);
	console_warn(&cli->console, "%s: %s; %s is missing in the series", path,
		     why, what);
}

/* Like that of one of the ends: they can differ in who counted their pages. */
static struct capture_source *find_shown(struct reading *passing,
					 const struct reading ends[2])
{
	struct capture_source *source =
		capture_source(&passing->capture, ends[1].shown->format->name);

	return source ? source
		      : capture_source(&passing->capture,
				       ends[0].shown->format->name);
}

/* source is that of name, or NULL; what it is of is said where it is missing.
 */
static struct capture_source *choose(struct cli *cli, struct reading *passing,
				     struct capture_source *source,
				     const char *name, enum unit unit,
				     const char *what)
{
	char why[WHY_CAPACITY];

	if (is_point(passing, source, name, why) &&
	    even_unit(source, unit, why))
		return source;
	warn_missing(cli, passing, what, why);
	return NULL;
}

static void choose_sources(struct cli *cli, struct reading *passing,
			   const struct reading ends[2])
{
	struct capture_source *source = find_shown(passing, ends);
	const char *name =
		source ? source->format->name : ends[1].shown->format->name;

	passing->shown = choose(cli, passing, source, name,
				ends[1].shown->snapshot.unit, "it");
	if (!ends[1].objects)
		return;
	name = ends[1].objects->format->name;
	passing->objects = choose(
		cli, passing, capture_source(&passing->capture, name), name,
		ends[1].objects->snapshot.unit, "what its objects were");
}

/* ---- one capture ---- */

static bool open_passing(struct cli *cli, struct reading ends[2],
			 const char *path, struct reading *passing,
			 struct error *err)
{
	const struct reading_want want = {0};

	if (!reading_open(passing, cli, path, &want, err))
		return false;
	capture_size_objects(&passing->capture, &ends[1].capture);
	choose_sources(cli, passing, ends);
	if (passing->shown)
		notice_shown(cli, passing, false);
	/* What is left out as it is not whole has lost some, too. */
	ends[0].passing_lossy |= !passing->shown || reading_is_lossy(passing);
	return frame_names_fill_later(cli, &ends[0], passing, err) &&
	       source_lines_of_passing(cli, &ends[0], passing, err);
}

static bool add_points(struct report *report, size_t index,
		       struct capture_source *source, struct row_set *set,
		       const struct settings *settings, struct error *err)
{
	if (!rollup_build(set, &source->snapshot, &settings->grouping,
			  &settings->filter, report->match, err))
		return false;
	series_add(report, index, set);
	return true;
}

/* A cache that was left out, as one that hangs the machine, is not empty. */
static void warn_untraced(struct cli *cli, const struct reading *passing,
			  const struct reading ends[2])
{
	char path[QUOTE_PATH_CAPACITY], name[QUOTE_CAPACITY];
	struct span cache;
	size_t count =
		capture_untraced(&passing->capture, &ends[1].capture, &cache);

	if (!count)
		return;
	quote_path(passing->capture.path, path);
	quote_text(cache, QUOTE_LIMIT, name, sizeof(name));
	console_warn(&cli->console,
		     "%s: no traces of %zu cache%s that NEW has, '%s' among "
		     "them: objects of theirs look gone there",
		     path, count, count == 1 ? "" : "s", name);
}

/* Stacks of another build are others, as exactly as the ends are matched. */
static bool check_build(struct cli *cli, const struct reading ends[2],
			struct reading *passing, const struct report *report,
			struct error *err)
{
	enum report_match match;
	const char *reason;

	if (!passing->shown || report->match == MATCH_NAME ||
	    cli->settings->match_given)
		return true;
	if (!stack_match_choose(&ends[0].shown->snapshot,
				&passing->shown->snapshot, &match, &reason,
				err))
		return false;
	if (match == MATCH_NAME) {
		warn_missing(cli, passing, "it", "it is of another build");
		passing->shown = passing->objects = NULL;
	}
	return true;
}

static bool add_passing(struct series_points *points, struct cli *cli,
			struct reading ends[2], struct reading *passing,
			size_t index, struct report *report, struct error *err)
{
	const struct settings *settings = cli->settings;
	struct trend_capture *at = &points->captures[SHOWN][index];

	if (!check_build(cli, ends, passing, report, err))
		return false;
	at->began_ns = reading_began(passing);
	at->missing = !passing->shown;
	if (passing->shown) {
		enum same_boot boot = comparison_boot(&ends[0], passing);

		if (boot == BOOT_OTHER || points->boot == BOOT_SAME)
			points->boot = boot;
		if (!add_points(report, index, passing->shown, &passing->set,
				settings, err))
			return false;
	}
	if (passing->objects || report_is_on_objects(report))
		warn_untraced(cli, passing, ends);
	if (!report->objects)
		return true;
	points->captures[OBJECTS][index] = *at;
	points->captures[OBJECTS][index].missing = !passing->objects;
	return !passing->objects ||
	       add_points(report->objects, index, passing->objects,
			  &passing->object_set, settings, err);
}

static bool read_passing(struct series_points *points, struct cli *cli,
			 struct reading ends[2], size_t index,
			 struct report *report, struct error *err)
{
	struct reading passing = {0};
	bool done =
		open_passing(cli, ends, cli->operands[index], &passing, err) &&
		add_passing(points, cli, ends, &passing, index, report, err);

	reading_close(&passing);
	return done;
}

/* ---- together ---- */

static bool begin(struct series_points *points, struct cli *cli,
		  const struct reading readings[2], struct report *report,
		  struct error *err)
{
	points->boot = report->boot;
	return make_axis(points, cli, readings, SHOWN, err) &&
	       series_begin(report, &points->axes[SHOWN], err) &&
	       (!report->objects ||
		(make_axis(points, cli, readings, OBJECTS, err) &&
		 series_begin(report->objects, &points->axes[OBJECTS], err)));
}

bool series_points_read(struct series_points *points, struct cli *cli,
			struct reading readings[2], struct report *report,
			struct error *err)
{
	size_t count = cli->operand_count, i;

	if (count < 3)
		return true;
	if (!begin(points, cli, readings, report, err))
		return false;
	for (i = 1; i + 1 < count; i++)
		if (!read_passing(points, cli, readings, i, report, err))
			return false;
	for (i = 0; i < REPORTS; i++)
		if (points->captures[i])
			trend_axis_init(&points->axes[i], points->captures[i],
					count, points->boot == BOOT_SAME);
	if (!points->axes[SHOWN].timed)
		warn_untimed(points, &points->axes[SHOWN], report);
	else if (report->objects && !points->axes[OBJECTS].timed)
		warn_untimed(points, &points->axes[OBJECTS], report);
	return series_judge(report, err) &&
	       (!report->objects || series_judge(report->objects, err));
}
