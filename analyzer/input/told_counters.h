/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counters that are older than the capture they lie in: those of a log. They
 * count only where the capture has nothing better.
 */
#ifndef PAGEOWL_INPUT_TOLD_COUNTERS_H
#define PAGEOWL_INPUT_TOLD_COUNTERS_H

#include "input/capture.h"

/*
 * Where counters of a text are to go: what stands in a log, or what a report
 * in one tells, is kept apart. path is that of the text.
 */
struct counters *told_counters_place(struct capture *capture,
				     const struct format *format, bool of_log,
				     const char *path);

/*
 * All members have been read: add to the capture's own counters those groups
 * that logs tell and it lacks; and then what a report on memory tells, all of
 * it or nothing, as two moments must not mix. False when memory ran out.
 */
bool told_counters_adopt(struct capture *capture, struct error *err);

#endif
