/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/line_map.h"

void line_map_note(struct line_map *map, uint64_t own, uint64_t input)
{
	map->pieces[map->count++ % LINE_MAP_PIECES] =
		(struct line_piece){.own = own, .input = input};
}

uint64_t line_map_find(const struct line_map *map, uint64_t own)
{
	const struct line_piece *piece = NULL;
	size_t kept =
		map->count < LINE_MAP_PIECES ? map->count : LINE_MAP_PIECES;
	size_t i;

	for (i = 1; i <= kept; i++) {
		piece = &map->pieces[(map->count - i) % LINE_MAP_PIECES];
		if (piece->own <= own)
			return piece->input + (own - piece->own);
	}
	return piece ? piece->input : own;
}
