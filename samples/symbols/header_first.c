/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "header_first.h"

int heron_fish(int depth)
{
	return heron_wade(depth) + 1;
}
