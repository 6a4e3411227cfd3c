/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/live_check.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "live/live_cost.h"

/* Files of a source, as they are found. */
struct found {
	const struct live_machine *machine;
	struct offer *offer;
	char first[LIVE_PATH_CAPACITY]; /* the path of the first, or empty */
};

static bool note_file(void *context, const char *path, const char *link,
		      struct error *err)
{
	struct found *found = context;
	char why[400];

	(void)err;
	if (link)
		return true;
	if (!found->offer->files++)
		snprintf(found->first, sizeof(found->first), "%s", path);
	if (live_path_hangs(found->machine, path, why, sizeof(why)) ||
	    live_path_panics(found->machine, path, why, sizeof(why)))
		found->offer->left_out++;
	return true;
}

/* Opening the traces of a slab cache collects them. */
static int try_risky(const struct live_machine *machine, const char *path)
{
	char whole[LIVE_PATH_CAPACITY];

	if (!live_machine_locate(machine, path, whole, sizeof(whole)))
		return ENOENT;
	return faccessat(AT_FDCWD, whole, R_OK, AT_EACCESS) == 0 ? 0 : errno;
}

/* Why no file is there: the folder of a pattern may be closed to us. */
static int missing_error(const struct live_machine *machine, const char *path)
{
	size_t length = strcspn(path, "*#");
	char folder[LIVE_PATH_CAPACITY];
	struct stat at;
	int error;

	if (!path[length])
		return live_machine_try(machine, path);
	snprintf(folder, sizeof(folder), "%.*s", (int)length, path);
	*strrchr(folder, '/') = '\0';
	error = live_file_look(live_machine_root(machine), folder, &at);
	return error ? error : ENOENT;
}

static bool keep(struct arena *arena, const char *text, const char **ret,
		 struct error *err)
{
	*ret = arena_string(arena, span_of(text));
	return *ret || error_no_memory(err);
}

/* What is readable might tell more. */
static bool note_limits(struct offer *offer, const struct live_machine *machine,
			struct arena *arena, struct error *err)
{
	const struct live_source *source = offer->source;
	char text[600];

	if (offer->left_out) {
		offer->state = OFFER_LIMITED;
		snprintf(text, sizeof(text),
			 "%" PRIu64 " of %" PRIu64 " files would be left out, "
			 "since reading them can bring the machine down; see "
			 "the bugs below",
			 offer->left_out, offer->files);
		return keep(arena, text, &offer->remedy, err);
	}
	if (!source->limits || !source->limits(machine, text, sizeof(text)))
		return true;
	offer->state = OFFER_LIMITED;
	return keep(arena, text, &offer->remedy, err);
}

static bool check_source(const struct live_machine *machine,
			 struct offer *offer, struct arena *arena,
			 struct error *err)
{
	const struct live_source *source = offer->source;
	struct found found = {.machine = machine, .offer = offer};
	char text[600];
	int error;

	if (!live_source_visit(machine, source, note_file, &found, err))
		return false;
	if (!offer->files)
		error = missing_error(machine, source->paths[0]);
	else
		error = source->risky ? try_risky(machine, found.first)
				      : live_machine_try(machine, found.first);
	if (!error)
		return note_limits(offer, machine, arena, err);
	offer->state = error == ENOENT || error == ENOTDIR ? OFFER_MISSING
							   : OFFER_DENIED;
	live_source_explain(machine, source,
			    offer->files ? found.first : source->paths[0],
			    error, text, sizeof(text));
	return keep(arena, text, &offer->remedy, err);
}

static bool check_sources(const struct live_machine *machine,
			  struct live_check *check, struct error *err)
{
	const struct live_source *source = live_sources;

	for (; source->name[0] && check->offer_count < CHECK_OFFERS_MAX;
	     source++) {
		struct offer *offer = &check->offers[check->offer_count++];

		offer->source = source;
		if (!check_source(machine, offer, &check->arena, err) ||
		    (offer->state <= OFFER_LIMITED &&
		     !live_cost_estimate(machine, offer, &check->arena, err)))
			return false;
	}
	return true;
}

bool live_check_run(const struct live_machine *machine, struct live_check *ret,
		    struct error *err)
{
	const char *release = live_machine_release(machine);
	struct live_check check = {
		.live = live_machine_is_live(machine),
		.superuser = live_machine_is_superuser(machine),
	};

	if (keep(&check.arena, live_machine_root(machine), &check.root, err) &&
	    (!release || keep(&check.arena, release, &check.release, err)) &&
	    check_sources(machine, &check, err) &&
	    kernel_bugs_find(machine, &check.arena, check.bugs,
			     &check.bug_count, err)) {
		*ret = check;
		return true;
	}
	arena_deinit(&check.arena);
	return false;
}

void live_check_deinit(struct live_check *check)
{
	arena_deinit(&check->arena);
	*check = (struct live_check){0};
}
