/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/debuginfod.h"

#include <stdlib.h>

bool debuginfod_is_wanted(void)
{
	const char *urls = getenv("DEBUGINFOD_URLS");

	return urls && *urls;
}

#ifdef HAVE_DEBUGINFOD

#include <dlfcn.h>
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "symbolize/download_watch.h"

struct client; /* debuginfod_client, whose header need not be there */

typedef int (*progress_function)(struct client *client, long done, long total);

struct library {
	struct client *(*begin)(void);
	int (*find)(struct client *client, const unsigned char *id, int length,
		    char **path);
	void (*end)(struct client *client);
	/* These are newer: both there, or the first is NULL. */
	void (*set_progress)(struct client *client, progress_function report);
	void (*set_data)(struct client *client, void *data);
};

/* A function of a library; as POSIX has it, for C knows no such cast. */
static bool load_function(void *handle, const char *name, void *ret)
{
	void *function = dlsym(handle, name);

	memcpy(ret, &function, sizeof(function));
	return function != NULL;
}

/*
 * Never closed: libcurl, which it uses, cannot be unloaded. To open it again
 * gives the same one.
 */
static void *open_library(void)
{
	return dlopen("libdebuginfod.so.1", RTLD_NOW | RTLD_LOCAL);
}

static bool load(struct library *library, struct reason *why)
{
	void *handle = open_library();

	if (!handle)
		return reason_set(why, "DEBUGINFOD_URLS is set, but "
				       "libdebuginfod.so.1 cannot be loaded; "
				       "it is in the package libdebuginfod1 "
				       "(Fedora: elfutils-debuginfod-client)");
	if (!load_function(handle, "debuginfod_begin", &library->begin) ||
	    !load_function(handle, "debuginfod_find_debuginfo",
			   &library->find) ||
	    !load_function(handle, "debuginfod_end", &library->end))
		return reason_set(why, "libdebuginfod.so.1 lacks a function");
	if (!load_function(handle, "debuginfod_set_user_data",
			   &library->set_data) ||
	    !load_function(handle, "debuginfod_set_progressfn",
			   &library->set_progress))
		library->set_progress = NULL;
	return true;
}

/* Not 0 ends the download. */
static int watch_progress(struct client *client, long done, long total)
{
	void *(*get_data)(struct client * client);
	struct timespec now;

	if (!load_function(open_library(), "debuginfod_get_user_data",
			   &get_data))
		return 0;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return download_watch_tell(get_data(client),
				   (uint64_t)now.tv_sec * 1000000000 +
					   (uint64_t)now.tv_nsec,
				   done, total);
}

/* The path that it has in libdebuginfod's cache; NULL and why: not had. */
static char *find(const struct library *library, const struct build_id *id,
		  bool *ret_broken, struct reason *why)
{
	char text[2 * BUILD_ID_MAX + 1], *path = NULL;
	struct client *client = library->begin();
	struct download_watch watch = {0};
	int fd;

	if (!client) {
		reason_set(why, "libdebuginfod cannot be started");
		return NULL;
	}
	/* Who says how long to wait waits so long. */
	if (library->set_progress && !getenv("DEBUGINFOD_TIMEOUT")) {
		library->set_data(client, &watch);
		library->set_progress(client, watch_progress);
	}
	fd = library->find(client, id->bytes, (int)id->length, &path);
	library->end(client);
	if (fd >= 0) {
		close(fd);
		return path;
	}
	build_id_text(id, text);
	/* Only this one is known to be missing: of others nobody knows. */
	*ret_broken = watch.stalled || fd != -ENOENT;
	if (watch.stalled)
		reason_set(why,
			   "the debuginfod servers sent nothing for %d s, and "
			   "are asked no more; DEBUGINFOD_TIMEOUT sets how "
			   "many seconds to wait",
			   DOWNLOAD_PATIENCE_S);
	else
		reason_set(why,
			   "the debuginfod servers gave nothing for build id "
			   "%s: %s%s",
			   text, fd == -ENOENT ? "not found" : strerror(-fd),
			   *ret_broken ? "; they are asked no more" : "");
	return NULL;
}

bool debuginfod_fetch(const struct build_id *id, struct object_file *ret,
		      bool *ret_broken, struct reason *why)
{
	struct library library = {0};
	char *path;
	bool done;

	*ret_broken = true;
	if (!load(&library, why))
		return false;
	path = find(&library, id, ret_broken, why);
	if (!path)
		return false;
	*ret_broken = false;
	done = object_file_open(ret, path, why);
	free(path);
	return done;
}

#else

bool debuginfod_fetch(const struct build_id *id, struct object_file *ret,
		      bool *ret_broken, struct reason *why)
{
	(void)id;
	(void)ret;
	*ret_broken = true;
	return reason_set(why, "DEBUGINFOD_URLS is set, but this program was "
			       "linked statically and cannot ask them");
}

#endif
