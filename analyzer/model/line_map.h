/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which line of an input a line is, where a format was given pieces of the
 * input only, and counts those.
 */
#ifndef PAGEOWL_MODEL_LINE_MAP_H
#define PAGEOWL_MODEL_LINE_MAP_H

#include <stddef.h>
#include <stdint.h>

/* Records and damage are told soon after their lines: the last pieces do. */
#define LINE_MAP_PIECES 1024

struct line_piece {
	uint64_t own;	/* number of its first line among those given, from 1 */
	uint64_t input; /* the same in the input */
};

/* Zeroed maps each line to itself. */
struct line_map {
	struct line_piece pieces[LINE_MAP_PIECES]; /* a ring */
	size_t count;				   /* ever noted */
};

/* The next piece to be given starts there. */
void line_map_note(struct line_map *map, uint64_t own, uint64_t input);

/* The line of the input; of one that is too old, the oldest that is known. */
uint64_t line_map_find(const struct line_map *map, uint64_t own);

#endif
