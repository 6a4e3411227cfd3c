/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file that --write-suppressions makes. */
#ifndef PAGEOWL_CLI_PROPOSAL_FILE_H
#define PAGEOWL_CLI_PROPOSAL_FILE_H

#include "gate/proposal.h"

/* Whether there is no such file yet; else an error. */
bool proposal_file_is_new(const char *path, struct error *err);

/*
 * Write proposal into a new file. It is not there when that fails; one that
 * was there before is left alone.
 */
bool proposal_file_write(const char *path, const struct gate_rules *proposal,
			 struct error *err);

#endif
