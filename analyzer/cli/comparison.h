/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two captures against each other, for the commands that compare. */
#ifndef PAGEOWL_CLI_COMPARISON_H
#define PAGEOWL_CLI_COMPARISON_H

#include "cli/reading.h"

/* Whether the operands can be read, however many; else an error. */
bool comparison_can_read(const struct cli *cli, struct error *err);

/* Whether both are of one boot, by all that the captures tell. */
enum same_boot comparison_boot(const struct reading *old,
			       const struct reading *new);

/*
 * Fill a report, whose sides and boot are set, from two snapshots; filter is
 * that of the settings, or stricter. report->boot may become BOOT_OTHER.
 */
bool comparison_build(struct row_set *const sets[2],
		      struct snapshot *const snapshots[2],
		      const struct settings *settings,
		      const struct filter *filter, struct report *report,
		      struct error *err);

/* Warn of caches that OLD left out, as ones that hang the machine: their
 * objects are not new. */
void comparison_warn_untraced(const struct reading readings[2],
			      struct report *objects);

/* Say what a report warns of, and with --verbose how it was matched. */
void comparison_say(struct cli *cli, const struct report *report);

#endif
