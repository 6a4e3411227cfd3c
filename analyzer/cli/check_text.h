/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `pageowl capture --check` found, for people and for programs. */
#ifndef PAGEOWL_CLI_CHECK_TEXT_H
#define PAGEOWL_CLI_CHECK_TEXT_H

#include <stdio.h>

#include "live/live_check.h"

/* Lines of at most width columns; 0: 80. The caller flushes and checks. */
void check_text_write(const struct live_check *check, size_t width, FILE *out);

/* docs/json.md describes each field. */
void check_json_write(const struct live_check *check, FILE *out);

#endif
