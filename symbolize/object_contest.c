/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/object_contest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void object_contest_deinit(struct object_contest *contest)
{
	free(contest->other);
	contest->other = NULL;
}

/* Whether to open it: it is there, and no other name of one we had. */
static bool is_new(struct object_contest *contest, const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0) {
		if (errno != ENOENT && errno != ENOTDIR &&
		    !contest->failure.text[0])
			reason_set(&contest->failure, "cannot open '%s': %s",
				   reason_path(path), strerror(errno));
		return false;
	}
	/* Of a directory of such a name nobody meant a file. */
	if (!S_ISREG(status.st_mode) || contest->count == CONTEST_FILES_MAX)
		return false;
	for (size_t i = 0; i < contest->count; i++)
		if (contest->seen[i].device == status.st_dev &&
		    contest->seen[i].inode == status.st_ino)
			return false;
	contest->seen[contest->count].device = status.st_dev;
	contest->seen[contest->count].inode = status.st_ino;
	contest->count++;
	return true;
}

static bool is_confirmed(const struct object_contest *contest,
			 const struct object_file *file)
{
	return contest->wanted &&
	       build_id_equal(contest->wanted, &file->build_id);
}

/*
 * Without debug information a file has nothing that we want, so that one
 * without a build id is better, for its sizes are going to be checked.
 */
static unsigned rank(const struct object_contest *contest,
		     const struct object_file *file)
{
	if (!file->path)
		return 0;
	return 1 + 4 * file->has_debug_info + 2 * is_confirmed(contest, file) +
	       file->has_symbols;
}

static void keep_other(struct object_contest *contest,
		       const struct object_file *file, const char *release)
{
	if (contest->other)
		return;
	contest->other = strdup(file->path);
	contest->other_id = file->build_id;
	strcpy(contest->other_release, release);
}

/*
 * Whether it is of the kernel that ran, as far as it tells. A distribution
 * that keeps its ABI links modules of one release into the folder of another,
 * and they are loaded: of these the folder tells.
 */
static bool is_of_release(struct object_contest *contest,
			  const struct object_file *file)
{
	char theirs[OBJECT_RELEASE_CAPACITY];

	if (!contest->release || strstr(file->path, "/weak-updates/") ||
	    !object_release_read(file, theirs) ||
	    strcmp(theirs, contest->release) == 0)
		return true;
	keep_other(contest, file, theirs);
	return false;
}

/* A module of another machine than the kernel has nothing that is true. */
static bool is_of_machine(struct object_contest *contest,
			  const struct object_file *file)
{
	if (!contest->machine || file->machine == contest->machine)
		return true;
	if (!contest->failure.text[0])
		reason_set(&contest->failure,
			   "'%s' is for another machine than the kernel "
			   "(ELF machine %u, not %u)",
			   reason_path(file->path), file->machine,
			   contest->machine);
	return false;
}

/* Whether it can be the file; else what is known of it is kept. */
static bool fits(struct object_contest *contest, const struct object_file *file)
{
	if (file->is_relocatable != (contest->module != NULL)) {
		if (!contest->failure.text[0])
			reason_set(&contest->failure, "'%s' is %s",
				   reason_path(file->path),
				   contest->module
					   ? "a linked program, no module"
					   : "a module or an unlinked object, "
					     "no kernel");
		return false;
	}
	if (!is_of_machine(contest, file))
		return false;
	if (is_confirmed(contest, file))
		return true;
	if (contest->wanted && file->build_id.length) {
		keep_other(contest, file, "");
		return false;
	}
	return !(contest->wanted && contest->only_wanted) &&
	       is_of_release(contest, file);
}

bool object_contest_is_won(const struct object_contest *contest)
{
	return contest->best.path && contest->best.has_debug_info &&
	       (!contest->wanted || is_confirmed(contest, &contest->best));
}

bool object_contest_take(struct object_contest *contest,
			 struct object_file *file)
{
	struct object_file loser = *file;

	if (fits(contest, file) &&
	    rank(contest, file) > rank(contest, &contest->best)) {
		loser = contest->best;
		contest->best = *file;
	}
	object_file_close(&loser);
	*file = (struct object_file){0};
	return object_contest_is_won(contest);
}

bool object_contest_offer(void *context, const char *path)
{
	struct object_contest *contest = context;
	struct object_file file;

	if (!is_new(contest, path))
		return false;
	if (!object_file_open(&file, path,
			      contest->failure.text[0] ? NULL
						       : &contest->failure))
		return false;
	return object_contest_take(contest, &file);
}

bool object_contest_tell_other(const struct object_contest *contest,
			       struct reason *ret)
{
	char theirs[2 * BUILD_ID_MAX + 1], ours[2 * BUILD_ID_MAX + 1];

	if (contest->other_release[0])
		return reason_set(
			ret, "'%s' is of kernel %s, not of %.*s, which ran",
			reason_path(contest->other), contest->other_release,
			OBJECT_RELEASE_CAPACITY, contest->release);
	build_id_text(&contest->other_id, theirs);
	build_id_text(contest->wanted, ours);
	if (!contest->module)
		return reason_set(ret,
				  "'%s' is not of this kernel: its build id is "
				  "%s, the capture's is %s",
				  reason_path(contest->other), theirs, ours);
	return reason_set(ret,
			  "'%s' is not the module %.64s that was loaded: its "
			  "build id is %s, the capture's is %s",
			  reason_path(contest->other), contest->module, theirs,
			  ours);
}
