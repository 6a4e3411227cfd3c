/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of options: numbers, sizes, times. option is its long name. */
#ifndef PAGEOWL_CLI_OPTION_VALUE_H
#define PAGEOWL_CLI_OPTION_VALUE_H

#include <stdint.h>

#include "base/error.h"

/* "invalid WHAT 'VALUE' for '--OPTION'; REMEDY" */
bool option_refuse(const char *what, const char *option, const char *value,
		   const char *remedy, struct error *err);

bool option_take_count(const char *option, const char *value, uint64_t most,
		       uint64_t *ret, struct error *err);

/* "64", "64K", "1M", "2G": bytes */
bool option_take_size(const char *option, const char *value, uint64_t *ret,
		      struct error *err);

/* "0x1a000000", "1a000000" */
bool option_take_hex(const char *option, const char *value, uint64_t *ret,
		     struct error *err);

/* "12", "12.5": seconds since boot, as nanoseconds, at least 1 */
bool option_take_seconds(const char *option, const char *value, uint64_t *ret,
			 struct error *err);

#endif
