/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/object_places.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* '%' is the release. */
static const char *const kernel_names[] = {
	"vmlinux-%",
	"vmlinux-%.debug",
	"vmlinux",
	"vmlinux.debug",
	"build/vmlinux",
	"%/vmlinux",
	"%/vmlinux.debug",
	"%/build/vmlinux",
	"boot/vmlinux-%",
	"boot/vmlinux-%.debug",
	"lib/modules/%/vmlinux",
	"lib/modules/%/vmlinux.debug",
	"lib/modules/%/build/vmlinux",
	"usr/lib/modules/%/vmlinux",
	"usr/lib/modules/%/vmlinux.debug",
	"usr/lib/modules/%/build/vmlinux",
	"usr/lib/debug/boot/vmlinux-%",
	"usr/lib/debug/boot/vmlinux-%.debug",
	"usr/lib/debug/lib/modules/%/vmlinux",
	"usr/lib/debug/lib/modules/%/vmlinux.debug",
	"usr/lib/debug/usr/lib/modules/%/vmlinux",
	"usr/lib/debug/usr/lib/modules/%/vmlinux.debug",
	NULL,
};

static const char *const usual_kernels[] = {
	"usr/lib/debug/boot/vmlinux-%",
	"usr/lib/debug/boot/vmlinux-%.debug",
	"usr/lib/debug/lib/modules/%/vmlinux",
	"usr/lib/debug/lib/modules/%/vmlinux.debug",
	"usr/lib/debug/usr/lib/modules/%/vmlinux",
	"usr/lib/debug/usr/lib/modules/%/vmlinux.debug",
	"usr/lib/debug/vmlinux-%",
	"usr/lib/debug/vmlinux-%.debug",
	"lib/modules/%/build/vmlinux",
	"lib/modules/%/vmlinux",
	"usr/lib/modules/%/build/vmlinux",
	"usr/lib/modules/%/vmlinux",
	"boot/vmlinux-%",
	"boot/vmlinux-%.debug",
	NULL,
};

static const char *const module_trees[] = {
	"usr/lib/debug/lib/modules/%",
	"usr/lib/debug/usr/lib/modules/%",
	"lib/modules/%",
	"usr/lib/modules/%",
	"%",
	NULL,
};

static const char *const usual_module_trees[] = {
	"usr/lib/debug/lib/modules/%",
	"usr/lib/debug/usr/lib/modules/%",
	"lib/modules/%",
	"usr/lib/modules/%",
	NULL,
};

static const char *const build_id_trees[] = {
	".build-id",
	"usr/lib/debug/.build-id",
	NULL,
};

static const char *const as_it_is[] = {"", NULL};
static const char *const packed[] = {"", ".xz", ".zst", ".gz", NULL};

bool release_is_name(const char *release)
{
	return release && *release && *release != '.' &&
	       !strchr(release, '/') && strlen(release) < NAME_MAX;
}

/* DIRECTORY/NAME with each of the suffixes. */
static bool offer_name(const char *directory, const char *name,
		       const char *const *suffixes, place_offer offer,
		       void *context)
{
	char path[PATH_MAX];
	size_t length = strlen(directory);
	const char *slash = length && directory[length - 1] == '/' ? "" : "/";

	for (size_t i = 0; suffixes[i]; i++)
		if (snprintf(path, sizeof(path), "%s%s%s%s", directory, slash,
			     name, suffixes[i]) < (int)sizeof(path) &&
		    offer(context, path))
			return true;
	return false;
}

/* Put the release in the place of '%'; false: it is needed and unknown. */
static bool fill_in(const char *pattern, const char *release, char *ret,
		    size_t capacity)
{
	const char *mark = strchr(pattern, '%');

	if (mark && !release_is_name(release))
		return false;
	if (!mark)
		return snprintf(ret, capacity, "%s", pattern) < (int)capacity;
	return snprintf(ret, capacity, "%.*s%s%s", (int)(mark - pattern),
			pattern, release, mark + 1) < (int)capacity;
}

static bool offer_all(const char *directory, const char *const *patterns,
		      const char *release, const char *const *suffixes,
		      place_offer offer, void *context)
{
	char name[2 * NAME_MAX];

	for (size_t i = 0; patterns[i]; i++)
		if (fill_in(patterns[i], release, name, sizeof(name)) &&
		    offer_name(directory, name, suffixes, offer, context))
			return true;
	return false;
}

bool places_of_build_id(const char *directory, const struct build_id *id,
			place_offer offer, void *context)
{
	static const char *const suffixes[] = {
		".debug", ".debug.xz", ".debug.zst", ".debug.gz", "", NULL};
	char text[2 * BUILD_ID_MAX + 1], name[128];

	if (id->length < 2)
		return false;
	build_id_text(id, text);
	for (size_t i = 0; build_id_trees[i]; i++) {
		snprintf(name, sizeof(name), "%s/%.2s/%s", build_id_trees[i],
			 text, text + 2);
		if (offer_name(directory, name, suffixes, offer, context))
			return true;
	}
	return false;
}

bool places_of_kernel(const char *directory, const char *release,
		      place_offer offer, void *context)
{
	return offer_all(directory, kernel_names, release, packed, offer,
			 context);
}

bool places_of_usual_kernel(const char *root, const char *release,
			    place_offer offer, void *context)
{
	return offer_all(root, usual_kernels, release, packed, offer, context);
}

bool places_of_modules(const char *directory, const char *release,
		       place_offer offer, void *context)
{
	return offer_all(directory, module_trees, release, as_it_is, offer,
			 context);
}

bool places_of_usual_modules(const char *root, const char *release,
			     place_offer offer, void *context)
{
	return offer_all(root, usual_module_trees, release, as_it_is, offer,
			 context);
}
