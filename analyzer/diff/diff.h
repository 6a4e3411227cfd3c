/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two captures against each other: what grew, with the evidence for a leak. */
#ifndef PAGEOWL_DIFF_DIFF_H
#define PAGEOWL_DIFF_DIFF_H

#include "model/report.h"

/*
 * Fill report->rows from the row sets of its two sides, which must have been
 * made with report->match. report->boot must be set.
 */
bool diff_build(struct report *report, struct error *err);

/* Note a doubt in report->warnings, for people. There is room for a few. */
__attribute__((format(printf, 2, 3))) void diff_note(struct report *report,
						     const char *format, ...);

/* Whether OLD was taken later than NEW, by the time that their boot had run;
 * where boots are not known it may be two. */
bool diff_is_swapped(const struct report *report);

/*
 * Say what makes the two sides doubtful: swapped, of different machines or
 * boots, a moment of reading that cannot be right.
 */
void diff_warn(struct report *report);

#endif
