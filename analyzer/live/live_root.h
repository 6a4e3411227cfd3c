/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether there is anything to take, before any output is made. */
#ifndef PAGEOWL_LIVE_LIVE_ROOT_H
#define PAGEOWL_LIVE_LIVE_ROOT_H

#include "live/live_machine.h"

/* False where the root cannot be opened, or no file below it is known. */
bool live_root_check(const struct live_machine *machine, struct error *err);

#endif
