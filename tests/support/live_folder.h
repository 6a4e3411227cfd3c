/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A machine whose files lie in the folder of the test: folder_maker.h. */
#ifndef PAGEOWL_TESTS_SUPPORT_LIVE_FOLDER_H
#define PAGEOWL_TESTS_SUPPORT_LIVE_FOLDER_H

#include <errno.h>
#include <unistd.h>

#include "live/live_sources.h"
#include "tests/support/check.h"
#include "tests/support/folder_maker.h"

static inline bool folder_is_debugfs(const char *path)
{
	return access(path, F_OK) == 0;
}

static inline int folder_open(const char *path)
{
	return access(path, F_OK) == 0 ? 0 : errno;
}

/* Root on a running machine, whose debugfs is mounted if it is there. */
static inline struct live_probe folder_probe(void **state)
{
	return (struct live_probe){
		.root = *state,
		.is_debugfs = folder_is_debugfs,
		.try_open = folder_open,
		.is_superuser = true,
		.is_live = true,
	};
}

static inline struct live_machine *probed(const struct live_probe *probe)
{
	struct live_machine *machine;
	struct error err = {0};

	assert_true(live_machine_create_probed(probe, &machine, &err));
	return machine;
}

static inline struct live_machine *folder_machine(void **state)
{
	struct live_probe probe = folder_probe(state);

	return probed(&probe);
}

#endif
