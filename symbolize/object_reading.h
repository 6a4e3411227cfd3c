/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading one object file, in the process that is there for it: which places
 * the queries mean, and their lines. libbfd never gives back what it has read
 * of a compilation unit: so the places are asked in the order in which they
 * lie, a batch of neighbours at a time, each batch in a process of its own
 * that shares what was read before it began.
 */
#ifndef SYMBOLIZE_OBJECT_READING_H
#define SYMBOLIZE_OBJECT_READING_H

#include "symbolize/object_reader.h"
#include "symbolize/reader_crew.h"

/* A reader_work: answers all that can be answered. */
void object_reading_run(const struct object_job *job,
			const struct reader_share *share);

#endif
