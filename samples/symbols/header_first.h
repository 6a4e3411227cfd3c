/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each function of the header is on a line that the other file lacks. */

__attribute__((noinline, used)) static int heron_wade(int depth)
{
	return depth * 3;
}
