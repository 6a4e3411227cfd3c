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
#include <unistd.h>

struct client; /* debuginfod_client, whose header need not be there */

struct library {
	struct client *(*begin)(void);
	int (*find)(struct client *client, const unsigned char *id, int length,
		    char **path);
	void (*end)(struct client *client);
};

/* A function of a library; as POSIX has it, for C knows no such cast. */
static bool load_function(void *handle, const char *name, void *ret)
{
	void *function = dlsym(handle, name);

	memcpy(ret, &function, sizeof(function));
	return function != NULL;
}

static bool load(struct library *library, struct reason *why)
{
	/*
	 * Never closed: libcurl, which it uses, cannot be unloaded. To load it
	 * again gives the same one.
	 */
	void *handle = dlopen("libdebuginfod.so.1", RTLD_NOW | RTLD_LOCAL);

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
	return true;
}

/* The path that it has in libdebuginfod's cache; NULL and why: not had. */
static char *find(const struct library *library, const struct build_id *id,
		  bool *ret_broken, struct reason *why)
{
	char text[2 * BUILD_ID_MAX + 1], *path = NULL;
	struct client *client = library->begin();
	int fd;

	if (!client) {
		reason_set(why, "libdebuginfod cannot be started");
		return NULL;
	}
	fd = library->find(client, id->bytes, (int)id->length, &path);
	library->end(client);
	if (fd >= 0) {
		close(fd);
		return path;
	}
	build_id_text(id, text);
	/* These come at once; others after a wait that nobody wants twice. */
	*ret_broken = fd != -ENOENT && fd != -ECONNREFUSED;
	reason_set(why,
		   "the debuginfod servers gave nothing for build id %s: %s",
		   text, fd == -ENOENT ? "not found" : strerror(-fd));
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
