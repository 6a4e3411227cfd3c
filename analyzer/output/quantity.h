/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers for people. Each writes a short text into a buffer of
 * QUANTITY_CAPACITY bytes. */
#ifndef PAGEOWL_OUTPUT_QUANTITY_H
#define PAGEOWL_OUTPUT_QUANTITY_H

#include <stdint.h>

#define QUANTITY_CAPACITY 64

/* "10.5 MiB"; bytes below 1 KiB as "512 B". */
const char *quantity_bytes(uint64_t bytes, char *ret);

/* The same with a sign: "+10.5 MiB", "-512 B", "0". */
const char *quantity_growth(int64_t bytes, char *ret);

/* "64,946" */
const char *quantity_count(uint64_t count, char *ret);

/* The same with a sign: "+64,946", "-1", "0". */
const char *quantity_change(int64_t count, char *ret);

/* A part of count, of which by make the whole: "2" and "1,066" where it is
 * exact, else "1,066.9", "0.25", "<0.01". by is not 0. */
const char *quantity_each(uint64_t count, uint64_t by, char *ret);

/* Seconds since boot as "0:31", "1:04:05", "3 d 1:04". */
const char *quantity_uptime(uint64_t seconds, char *ret);

/* A span of time: "33 s", "12 min 5 s", "3 h 4 min", "2 d 5 h". */
const char *quantity_duration(uint64_t seconds, char *ret);

#endif
