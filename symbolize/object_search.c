/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/object_search.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "symbolize/debuginfod.h"
#include "symbolize/module_files.h"
#include "symbolize/object_contest.h"
#include "symbolize/object_places.h"

struct object_search {
	const struct search_options *options;
	char *usual_debug; /* /usr/lib/debug, below root */
	/* Of --debug-dir, and of the usual places; NULL: not walked yet. */
	struct module_files *given_modules, *usual_modules;
	unsigned machine;    /* EM_... of the kernel's file; 0: not known */
	bool servers_broken; /* asking them again makes no sense */
};

struct object_search *object_search_create(const struct search_options *options)
{
	struct object_search *search = calloc(1, sizeof(*search));
	const char *root = options->root ? options->root : "";
	const char *below = "/usr/lib/debug";

	if (!search)
		return NULL;
	search->options = options;
	search->usual_debug = malloc(strlen(root) + strlen(below) + 1);
	if (!search->usual_debug) {
		free(search);
		return NULL;
	}
	strcpy(search->usual_debug, root);
	strcat(search->usual_debug, below);
	return search;
}

void object_search_destroy(struct object_search *search)
{
	if (!search)
		return;
	module_files_destroy(search->given_modules);
	module_files_destroy(search->usual_modules);
	free(search->usual_debug);
	free(search);
}

static const char *root_of(const struct object_search *search)
{
	return search->options->root ? search->options->root : "";
}

static const char *given_directory(const struct object_search *search, size_t i)
{
	return search->options->directories ? search->options->directories[i]
					    : NULL;
}

/* ---- build-id trees and servers ---- */

static bool search_build_id(const struct object_search *search,
			    const struct build_id *id,
			    struct object_contest *contest)
{
	const char *directory;

	for (size_t i = 0; (directory = given_directory(search, i)); i++)
		if (places_of_build_id(directory, id, object_contest_offer,
				       contest))
			return true;
	return search->options->usual_places &&
	       places_of_build_id(search->usual_debug, id, object_contest_offer,
				  contest);
}

static void tell_progress(const struct object_search *search,
			  const struct object_contest *contest)
{
	const struct search_options *options = search->options;
	struct reason text;

	if (!options->progress)
		return;
	if (contest->module)
		reason_set(&text, "asking debuginfod servers for module %.64s",
			   contest->module);
	else
		reason_set(&text, "asking debuginfod servers for the kernel");
	options->progress(options->progress_context, text.text);
}

static bool ask_servers(struct object_search *search, const struct build_id *id,
			struct object_contest *contest)
{
	struct object_file file;
	struct reason why = {0};
	bool had;

	if (!search->options->debuginfod || search->servers_broken ||
	    !debuginfod_is_wanted())
		return false;
	tell_progress(search, contest);
	had = debuginfod_fetch(id, &file, &search->servers_broken, &why);
	if (search->options->progress)
		search->options->progress(search->options->progress_context,
					  NULL);
	if (had)
		return object_contest_take(contest, &file);
	if (!contest->failure.text[0])
		contest->failure = why;
	return false;
}

/* What was stripped tells which debug information belongs to it. */
static bool search_by_id(struct object_search *search,
			 struct object_contest *contest)
{
	struct build_id own = {0};
	const struct build_id *before = contest->wanted;
	bool won;

	if (!contest->wanted && contest->best.path)
		own = contest->best.build_id;
	if (!contest->wanted && !own.length)
		return false;
	if (!contest->wanted)
		contest->wanted = &own;
	won = (own.length && search_build_id(search, &own, contest)) ||
	      ask_servers(search, contest->wanted, contest);
	contest->wanted = before;
	return won;
}

/* ---- the kernel ---- */

static int is_kernel_name(const struct dirent *entry)
{
	static const char *const others[] = {".o",	 ".a",	".map",
					     ".lds",	 ".py", ".S",
					     ".symvers", ".h",	".id"};
	const char *suffix = strrchr(entry->d_name, '.');

	if (strncmp(entry->d_name, "vmlinux", 7) != 0)
		return 0;
	for (size_t i = 0; suffix && i < sizeof(others) / sizeof(*others); i++)
		if (strcmp(suffix, others[i]) == 0)
			return 0;
	return 1;
}

/* Files that are called after another release, or after none. */
static bool search_any_kernel(const char *directory,
			      struct object_contest *contest)
{
	struct dirent **names;
	int count = scandir(directory, &names, is_kernel_name, alphasort);
	char path[PATH_MAX];
	bool won = false;

	if (count < 0)
		return false;
	/* It is up to the build id where there is a choice. */
	contest->only_wanted = count > 1;
	for (int i = 0; i < count; i++) {
		if (!won && (count == 1 || contest->wanted) &&
		    snprintf(path, sizeof(path), "%s/%s", directory,
			     names[i]->d_name) < (int)sizeof(path))
			won = object_contest_offer(contest, path);
		free(names[i]);
	}
	free(names);
	contest->only_wanted = false;
	if (count > 1 && !contest->wanted && !contest->best.path &&
	    !contest->failure.text[0])
		reason_set(&contest->failure,
			   "'%s' has several files that may be the kernel's; "
			   "--vmlinux chooses one",
			   reason_path(directory));
	return won;
}

static bool search_kernel(struct object_search *search,
			  struct object_contest *contest)
{
	const char *release = search->options->release, *directory;

	if (contest->wanted &&
	    search_build_id(search, contest->wanted, contest))
		return true;
	for (size_t i = 0; (directory = given_directory(search, i)); i++)
		if (places_of_kernel(directory, release, object_contest_offer,
				     contest) ||
		    search_any_kernel(directory, contest))
			return true;
	if (search->options->usual_places &&
	    places_of_usual_kernel(root_of(search), release,
				   object_contest_offer, contest))
		return true;
	return search_by_id(search, contest);
}

/* ---- modules ---- */

struct tree_walk {
	struct module_files *files;
	bool any; /* one of the places is there */
};

static bool add_tree(void *context, const char *path)
{
	struct tree_walk *walk = context;
	struct stat status;

	if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode))
		return false;
	walk->any = true;
	return !module_files_add(walk->files, path);
}

static struct module_files *walk_given(const struct object_search *search)
{
	struct tree_walk walk = {.files = module_files_create()};
	const char *directory;

	if (!walk.files)
		return NULL;
	for (size_t i = 0; (directory = given_directory(search, i)); i++) {
		walk.any = false;
		places_of_modules(directory, search->options->release, add_tree,
				  &walk);
		if (!walk.any)
			add_tree(&walk, directory);
	}
	return walk.files;
}

static struct module_files *walk_usual(const struct object_search *search)
{
	struct tree_walk walk = {.files = module_files_create()};

	if (walk.files)
		places_of_usual_modules(root_of(search),
					search->options->release, add_tree,
					&walk);
	return walk.files;
}

static bool search_names(struct module_files *files,
			 struct object_contest *contest)
{
	const char *path;

	for (size_t i = 0;
	     files && (path = module_files_path(files, contest->module, i));
	     i++)
		if (object_contest_offer(contest, path))
			return true;
	return false;
}

static bool search_module(struct object_search *search,
			  struct object_contest *contest)
{
	if (contest->wanted &&
	    search_build_id(search, contest->wanted, contest))
		return true;
	if (given_directory(search, 0) && !search->given_modules)
		search->given_modules = walk_given(search);
	if (search_names(search->given_modules, contest))
		return true;
	if (search->options->usual_places && !search->usual_modules)
		search->usual_modules = walk_usual(search);
	if (search_names(search->usual_modules, contest))
		return true;
	return search_by_id(search, contest);
}

/* ---- what is told ---- */

/* A --debug-dir that is none; false: all are. */
static bool tell_bad_directory(const struct object_search *search,
			       struct reason *ret)
{
	const char *directory;
	struct stat status;

	for (size_t i = 0; (directory = given_directory(search, i)); i++) {
		if (stat(directory, &status) != 0) {
			reason_set(ret, "cannot open '%s': %s",
				   reason_path(directory), strerror(errno));
			return true;
		}
		if (!S_ISDIR(status.st_mode)) {
			reason_set(ret,
				   "'%s' is not a directory, as --debug-dir "
				   "wants it",
				   reason_path(directory));
			return true;
		}
	}
	return false;
}

/* "kernel 6.12 (build id 1a2b...)" */
static void describe(const struct object_search *search,
		     const struct object_contest *contest, struct reason *ret)
{
	const char *release = search->options->release;
	char id[2 * BUILD_ID_MAX + 1];
	struct reason name = {0};

	if (contest->module)
		reason_set(&name, "file of module %.64s", contest->module);
	else if (release)
		reason_set(&name, "vmlinux of kernel %.64s", release);
	else
		reason_set(&name, "vmlinux");
	*ret = name;
	if (!contest->wanted)
		return;
	build_id_text(contest->wanted, id);
	reason_set(ret, "%.100s (build id %s)", name.text, id);
}

static bool tell_nothing(const struct object_search *search,
			 const struct object_contest *contest,
			 struct reason *why)
{
	const char *first = given_directory(search, 0);
	bool more = first && given_directory(search, 1);
	bool usual = search->options->usual_places;
	struct reason what, where = {0}, detail = contest->failure;

	describe(search, contest, &what);
	if (first)
		reason_set(&where, " in '%.80s'%s", first,
			   more ? " and others" : "");
	tell_bad_directory(search, &detail);
	return reason_set(why, "found no %.160s%.110s%s%s%s%s", what.text,
			  where.text, first && usual ? " or" : "",
			  usual ? " where debuggers look" : "",
			  detail.text[0] ? "; " : "", detail.text);
}

/* The file that the user named, and no other. */
static void search_named(const struct object_search *search,
			 struct object_contest *contest)
{
	struct object_file file;

	if (object_file_open(&file, search->options->vmlinux,
			     &contest->failure))
		object_contest_take(contest, &file);
}

/* Say why there is none; false. */
static bool explain(const struct object_search *search,
		    const struct object_contest *contest, bool named,
		    search_note note, void *context, struct reason *why)
{
	struct reason told = {0};

	if (contest->other) {
		object_contest_tell_other(contest, &told);
		if (note)
			note(context, told.text);
	} else if (named) {
		told = contest->failure;
	} else {
		/* One that is there, and no good, may be the one meant. */
		if (note && contest->failure.text[0])
			note(context, contest->failure.text);
		return tell_nothing(search, contest, why);
	}
	if (why)
		*why = told;
	return false;
}

bool object_search_open(struct object_search *search, const char *module,
			const struct build_id *wanted, struct object_file *ret,
			search_note note, void *context, struct reason *why)
{
	struct object_contest contest = {
		.module = module,
		.wanted = wanted && wanted->length ? wanted : NULL,
		.release = search->options->release,
		.machine = module ? search->machine : 0,
	};
	bool named = !module && search->options->vmlinux, found;

	if (named)
		search_named(search, &contest);
	else if (module)
		search_module(search, &contest);
	else
		search_kernel(search, &contest);
	found = contest.best.path != NULL;
	if (found && !module)
		search->machine = contest.best.machine;
	if (found)
		*ret = contest.best;
	else
		explain(search, &contest, named, note, context, why);
	object_contest_deinit(&contest);
	return found;
}
