/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* CLOCK_MONOTONIC_RAW */
#include "live/collect_run.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { LATE_MAX = 3 };

uint64_t collect_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_RAW, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void collect_stop(struct collect_run *run, const char *why)
{
	char *early = run->summary->ended_early;

	if (!early[0])
		snprintf(early, sizeof(run->summary->ended_early), "%s", why);
}

bool collect_stopped(struct collect_run *run)
{
	const struct collect_watch *watch = run->watch;
	const char *why = watch->stop ? watch->stop(watch->context) : NULL;

	if (why)
		collect_stop(run, why);
	return run->summary->ended_early[0] != '\0';
}

bool collect_put_line(struct collect_run *run, const struct member_note *note,
		      struct error *err)
{
	if (old_manifest_is(&run->old))
		return old_manifest_note(&run->old, note, &run->manifest, err);
	return manifest_add(&run->manifest, note, err);
}

bool collect_note(struct collect_run *run, const struct member_note *note,
		  struct error *err)
{
	const struct collect_watch *watch = run->watch;

	if (!collect_put_line(run, note, err))
		return false;
	member_store_expect(run->store, run->manifest.length);
	run->summary->members[note->status]++;
	run->summary->text_bytes += note->bytes;
	if (watch->noted)
		watch->noted(watch->context, note);
	return true;
}

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

void collect_was_late(struct collect_run *run, const char *path)
{
	const char *name = name_of(path);

	if (strncmp(run->late_name, name, sizeof(run->late_name) - 1) != 0)
		run->late_count = 0;
	snprintf(run->late_name, sizeof(run->late_name), "%s", name);
	run->late_count++;
}

bool collect_will_hang(const struct collect_run *run, const char *path)
{
	return run->late_count >= LATE_MAX &&
	       strncmp(run->late_name, name_of(path),
		       sizeof(run->late_name) - 1) == 0;
}

bool collect_put_manifest(struct collect_run *run, struct error *err)
{
	struct span text = {run->manifest.text, run->manifest.length};

	return member_store_put(run->store, MANIFEST_PATH, text, err);
}

bool collect_save_manifest(struct collect_run *run, struct error *err)
{
	return !member_store_spares(run->store, run->manifest.length) ||
	       collect_put_manifest(run, err);
}

void collect_make_safe(struct collect_run *run)
{
	struct error failed;

	/* A disk that fails now has no room for what comes. */
	if (!collect_save_manifest(run, &failed) ||
	    !member_store_sync(run->store, &failed))
		collect_stop(run, failed.text);
}
