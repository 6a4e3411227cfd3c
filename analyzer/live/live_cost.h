/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reading a source costs, as far as small files tell. */
#ifndef PAGEOWL_LIVE_LIVE_COST_H
#define PAGEOWL_LIVE_LIVE_COST_H

#include "live/live_check.h"

/* Fill in the estimates of offer, whose files were counted. */
bool live_cost_estimate(const struct live_machine *machine, struct offer *offer,
			struct arena *arena, struct error *err);

#endif
