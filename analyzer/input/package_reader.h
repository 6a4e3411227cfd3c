/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How package.c reads what has several members. */
#ifndef PAGEOWL_INPUT_PACKAGE_READER_H
#define PAGEOWL_INPUT_PACKAGE_READER_H

#include "input/package.h"

struct package_reader {
	enum package_kind kind;

	/* As package_next(); at the end ret is left as it is, zeroed. */
	bool (*next)(void *state, struct member *ret, struct error *err);

	/* A source of the present member; it becomes the caller's. */
	bool (*member)(void *state, struct source **ret, struct error *err);

	const char *(*loss)(const void *state);
	void (*destroy)(void *state);
};

extern const struct package_reader package_folder;
extern const struct package_reader package_archive;

/* The folder at path. */
bool package_folder_create(const char *path,
			   const struct package_options *options, void **ret,
			   struct error *err);

/* Whether archives can be read: libarchive was there. */
bool package_archive_built(void);

/* The archive that source gives, which must stay valid as long. */
bool package_archive_create(struct source *source, void **ret,
			    struct error *err);

#endif
