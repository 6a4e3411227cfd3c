/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines that begin the parts of a kmemleak record. */
#ifndef PAGEOWL_FORMATS_KMEMLEAK_LINE_H
#define PAGEOWL_FORMATS_KMEMLEAK_LINE_H

#include "base/span.h"

/* "unreferenced object 0xffff888113c48bc0 (size 64):" */
struct kmemleak_head {
	struct span kind; /* "percpu", "phys"; empty: an ordinary object */
	bool has_address; /* not hidden: */
	uint64_t address; /* maybe hashed */
	uint64_t size;	  /* in bytes */
};

/* Take "kmemleak: ", which the kernel's log has before each line. */
bool kmemleak_take_tag(struct span *line);

/* Whether line, without blanks before it, begins a record, maybe damaged. */
bool kmemleak_line_is_head(struct span line);
bool kmemleak_line_split_head(struct span line, struct kmemleak_head *ret);

/* "comm "softirq", pid 0, jiffies 4294942488 (age 34.850s)" */
struct kmemleak_task {
	struct span comm, pid;
	uint64_t jiffies;
	bool has_age;
	uint64_t age_ns;
};

/* The same behind the comm's closing quote, which may stand lines below. */
bool kmemleak_line_split_task(struct span line, struct kmemleak_task *ret);

/* "hex dump (first 32 bytes):"; *ret_rows: how many lines of it follow */
bool kmemleak_line_is_hex_dump(struct span line, unsigned *ret_rows);

/* "00 d2 65 59 80 88 ff ff a0 dd 65 59 80 88 ff ff  ..eY......eY...." */
bool kmemleak_line_is_hex_row(struct span line);

/* "backtrace:", "backtrace (crc b1564374):" */
bool kmemleak_line_is_backtrace(struct span line);

/* "Object 0xffff888113c48bc0 (size 64):", of what dump=ADDRESS asked for */
bool kmemleak_line_is_dump(struct span line);

/* "12 new suspected memory leaks (see /sys/kernel/debug/kmemleak)" */
bool kmemleak_line_split_found(struct span line, uint64_t *ret);

#endif
