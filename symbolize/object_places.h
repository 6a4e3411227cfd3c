/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where files with debug information lie by convention: what distributions
 * and "make install" do, and where perf, gdb, crash, systemtap and drgn look.
 * Nothing here looks whether they are there.
 */
#ifndef SYMBOLIZE_OBJECT_PLACES_H
#define SYMBOLIZE_OBJECT_PLACES_H

#include "symbolize/build_id.h"

/* Called for each path, most likely first; returns whether it is enough. */
typedef bool (*place_offer)(void *context, const char *path);

/* All of these return whether it was enough. */

/* The build-id trees of a directory that debug information is kept in. */
bool places_of_build_id(const char *directory, const struct build_id *id,
			place_offer offer, void *context);

/* A kernel in a directory: a build's, a package's or a system's root. */
bool places_of_kernel(const char *directory, const char *release,
		      place_offer offer, void *context);

/* A kernel on a system, by its release. */
bool places_of_usual_kernel(const char *root, const char *release,
			    place_offer offer, void *context);

/* Directories below which the modules of a release lie. */
bool places_of_modules(const char *directory, const char *release,
		       place_offer offer, void *context);
bool places_of_usual_modules(const char *root, const char *release,
			     place_offer offer, void *context);

/* Whether a release, which anybody may have written, is a name in a path. */
bool release_is_name(const char *release);

#endif
