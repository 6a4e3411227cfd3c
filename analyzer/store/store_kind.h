/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a kind of store does for member_store.c, which has looked at the
 * paths, at the room and at the order of the calls.
 */
#ifndef PAGEOWL_STORE_STORE_KIND_H
#define PAGEOWL_STORE_STORE_KIND_H

#include <stdint.h>

#include "base/error.h"
#include "base/span.h"
#include "store/store_io.h"

struct store_site {
	const char *path; /* as given */
	const struct store_io *io;
};

struct store_kind {
	/* Make it; site stays the caller's, as long as the state lives. */
	bool (*create)(const struct store_site *site, void **ret,
		       struct error *err);
	/* Close it as it stands. */
	void (*destroy)(void *state);

	/* Now, and not with the first piece. */
	bool (*begin)(void *state, const char *path, struct error *err);
	/* On failure the member is as it was before. */
	bool (*add)(void *state, struct span packed, uint64_t text_bytes,
		    struct error *err);
	/* On failure, too, the member is done with. */
	bool (*end)(void *state, struct error *err);
	bool (*drop)(void *state, struct error *err);

	/* These with no member begun; on failure nothing remains of it. */
	bool (*whole)(void *state, const char *path, struct span packed,
		      uint64_t text_bytes, struct error *err);
	bool (*link)(void *state, const char *path, const char *target,
		     struct error *err);
	bool (*put)(void *state, const char *path, struct span text,
		    struct error *err);
	bool (*finish)(void *state, struct error *err);

	/* At any moment. */
	bool (*sync)(void *state, struct error *err);
	uint64_t (*bytes)(const void *state);
	/* Of something on the file system. */
	int (*fd)(const void *state);
	/* All of it is one file, whose length may be limited. */
	bool one_file;
};

extern const struct store_kind folder_store;
extern const struct store_kind tar_store;    /* FILE.tar */
extern const struct store_kind tar_gz_store; /* FILE.tar.gz, FILE.tgz */

/*
 * Set err from errno: "cannot write 'x.tar': ..."; member is the path within
 * a folder, or NULL. Returns false.
 */
bool store_failed(const struct store_site *site, const char *verb,
		  const char *member, struct error *err);

/* What is there is not touched; what tells of it ("exists"). */
bool store_refused(const struct store_site *site, const char *what,
		   struct error *err);

#endif
