/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the members of a package into a capture, each as what it is. */
#ifndef PAGEOWL_INPUT_MEMBER_READER_H
#define PAGEOWL_INPUT_MEMBER_READER_H

#include "input/member_place.h"

/*
 * Read reader->member. What is wrong with one member of several is told in a
 * remark; false when the capture cannot be read.
 */
bool member_reader_read(struct member_reader *reader, struct error *err);

#endif
