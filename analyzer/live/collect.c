/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/collect.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#include "live/collect_run.h"
#include "live/live_root.h"

static int64_t wall_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec;
}

static bool note_absent(struct collect_run *run, const char *path,
			enum member_status status, const char *why,
			struct error *err)
{
	struct member_note note = {
		.path = path,
		.status = status,
		.why = why,
	};

	return collect_note(run, &note, err);
}

/* ---- one source ---- */

struct visit {
	struct collect_run *run;
	const struct live_source *source;
	size_t count;
};

static bool visit_link(struct collect_run *run, const char *path,
		       const char *target, struct error *err)
{
	struct member_note note = {.path = path, .status = MEMBER_WHOLE};
	struct error failed;
	char why[sizeof(failed.text)];

	note.began_ns = note.ended_ns = collect_now();
	if (!member_store_link(run->store, path, target, &failed)) {
		snprintf(why, sizeof(why), "%s", failed.text);
		note.status = MEMBER_FAILED;
		note.why = why;
		if (failed.code == ERROR_FULL)
			collect_stop(run, why);
	}
	return collect_note(run, &note, err);
}

static bool visit(void *context, const char *path, const char *link,
		  struct error *err)
{
	struct visit *visit = context;
	struct collect_run *run = visit->run;

	visit->count++;
	if (collect_stopped(run))
		return true;
	if (!link && collect_will_hang(run, path))
		return note_absent(run, path, MEMBER_LEFT_OUT,
				   "not tried: files of this name hang", err);
	return link ? visit_link(run, path, link, err)
		    : collect_member(run, visit->source, path, err);
}

/* Nothing of it is there. */
static bool note_missing(struct collect_run *run,
			 const struct live_source *source, struct error *err)
{
	char why[600];

	live_source_explain(run->machine, source, source->paths[0], ENOENT, why,
			    sizeof(why));
	return note_absent(run, source->paths[0], MEMBER_MISSING, why, err);
}

static bool is_kmemleak(const struct live_source *source)
{
	return strcmp(source->name, "kmemleak") == 0;
}

static bool take_source(struct collect_run *run,
			const struct live_source *source, struct error *err)
{
	struct visit context = {.run = run, .source = source};

	if (run->options->quick && source->quick_omits)
		return note_absent(run, source->paths[0], MEMBER_LEFT_OUT,
				   "--quick leaves it out", err);
	/* A copy is not written to. */
	if (run->options->kmemleak_scan && is_kmemleak(source) &&
	    live_machine_is_live(run->machine))
		collect_scan(run);
	if (!live_source_visit(run->machine, source, visit, &context, err))
		return false;
	/* An old manifest has it in its own words. */
	if (context.count || !source->expected || collect_stopped(run) ||
	    old_manifest_is(&run->old))
		return true;
	return note_missing(run, source, err);
}

/* ---- the whole ---- */

static bool begin_manifest(struct collect_run *run, struct error *err)
{
	char kernel[200];
	struct utsname name;
	const char *release = live_machine_release(run->machine);
	struct manifest_head head = {
		.live = live_machine_is_live(run->machine),
		.boot_id = live_machine_boot_id(run->machine),
		.wall_s = wall_seconds(),
		.began_ns = run->summary->began_ns,
	};

	if (release && head.live && uname(&name) == 0) {
		snprintf(kernel, sizeof(kernel), "%s %s", release,
			 name.machine);
		head.kernel = kernel;
	} else {
		head.kernel = release;
	}
	return (old_manifest_is(&run->old)
			? manifest_copy(&run->manifest, run->old.head, err)
			: manifest_begin(&run->manifest, &head, err)) &&
	       collect_put_manifest(run, err);
}

/* The capture has ended before it. */
static bool note_unreached(struct collect_run *run,
			   const struct live_source *source, struct error *err)
{
	if (!source->expected || old_manifest_is(&run->old))
		return true;
	return note_absent(run, source->paths[0], MEMBER_LEFT_OUT,
			   "not reached: the capture had ended", err);
}

/* That one source cannot be looked at says nothing of the next one. */
static bool take_or_note(struct collect_run *run,
			 const struct live_source *source, struct error *err)
{
	struct error failed;

	return take_source(run, source, &failed) ||
	       note_absent(run, source->paths[0], MEMBER_FAILED, failed.text,
			   err);
}

static bool take_sources(struct collect_run *run, struct error *err)
{
	const struct live_source *source;
	bool safe = false;

	for (source = live_sources; source->name[0]; source++) {
		if (source->risky && !safe && !collect_stopped(run)) {
			collect_make_safe(run);
			safe = true;
		}
		if (!(collect_stopped(run) ? note_unreached(run, source, err)
					   : take_or_note(run, source, err)))
			return false;
	}
	return true;
}

/* What the old manifest has, and we did not see. */
static bool note_lost(struct collect_run *run, struct error *err)
{
	const char *path;

	while ((path = old_manifest_unnoted(&run->old)))
		if (!note_absent(run, path, MEMBER_FAILED,
				 "only the manifest of the capture that this "
				 "is a copy of has it",
				 err))
			return false;
	return true;
}

static bool end_manifest(struct collect_run *run, struct error *err)
{
	struct collect_summary *summary = run->summary;
	const char *why = summary->ended_early[0] ? summary->ended_early : NULL;

	if (!old_manifest_is(&run->old))
		return manifest_end(&run->manifest, wall_seconds(),
				    summary->ended_ns, why, err);
	return (why || note_lost(run, err)) &&
	       old_manifest_end(&run->old, why, &run->manifest, err);
}

/* Where that fails there is a capture all the same, and we say why. */
static bool end(struct collect_run *run, struct error *err)
{
	struct collect_summary *summary = run->summary;
	struct error failed;

	summary->ended_ns = collect_now();
	if (!end_manifest(run, err))
		return false;
	if (!collect_put_manifest(run, &failed) ||
	    !member_store_finish(run->store, &failed))
		collect_stop(run, failed.text);
	summary->stored_bytes = member_store_bytes(run->store);
	return true;
}

/* Only a root that holds copies may be a capture. */
static bool open_root(struct collect_run *run, struct error *err)
{
	const char *root = run->options->root;

	return live_machine_create(root, &run->machine, err) &&
	       live_root_check(run->machine, err) &&
	       (live_machine_is_live(run->machine) ||
		old_manifest_read(root, &run->old, err));
}

static bool open_all(struct collect_run *run, struct error *err)
{
	struct reader_options options =
		reader_options_usual(run->options->jobs);

	if (!open_root(run, err) ||
	    !reader_pool_create(&options, &run->pool, err) ||
	    !member_store_create(run->options->output, &run->store, err))
		return false;
	run->summary->in_memory = live_machine_is_live(run->machine) &&
				  member_store_is_memory(run->store);
	return true;
}

bool collect(const struct collect_options *options,
	     const struct collect_watch *watch, struct collect_summary *ret,
	     struct error *err)
{
	struct collect_run run = {
		.options = options,
		.watch = watch,
		.summary = ret,
	};
	bool done;

	*ret = (struct collect_summary){.began_ns = collect_now()};
	done = open_all(&run, err) && begin_manifest(&run, err) &&
	       take_sources(&run, err) && end(&run, err);
	reader_pool_destroy(run.pool);
	member_store_destroy(run.store);
	live_machine_destroy(run.machine);
	manifest_deinit(&run.manifest);
	old_manifest_deinit(&run.old);
	return done;
}
