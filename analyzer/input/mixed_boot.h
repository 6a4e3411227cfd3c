/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a boot is known by: the first lines of its log. The log of one boot may
 * stand in a text twice, as dmesg and dmesg -T give it; two boots of a kernel
 * begin with the same "Linux version".
 */
#ifndef PAGEOWL_INPUT_MIXED_BOOT_H
#define PAGEOWL_INPUT_MIXED_BOOT_H

#include "base/span.h"

/* Times of printk are 0 up to the clock, which is found before line 100. */
#define MIXED_BOOT_LINES 200

struct mixed_boot_line {
	unsigned whole;	  /* hash of the line … */
	unsigned text;	  /* … and of what the kernel printed */
	uint64_t time_ns; /* since boot; UINT64_MAX: it tells none */
};

/* Zeroed is that of no boot. */
struct mixed_boot {
	unsigned form; /* hash of what the prefix looks like */
	size_t count;
	struct mixed_boot_line lines[MIXED_BOOT_LINES];
};

/* Of the text that begins with "Linux version"; it ends with the next such. */
void mixed_boot_read(struct mixed_boot *boot, struct span text);

/* Whether nothing in the lines that both have tells two boots apart. */
bool mixed_boot_is_same(const struct mixed_boot *a, const struct mixed_boot *b);

#endif
