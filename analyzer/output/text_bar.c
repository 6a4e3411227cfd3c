/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_bar.h"

#include <string.h>

#define EIGHTHS	  8
#define WIDTH_MAX 64

/* Bytes of one of these characters. */
#define BLOCK 3

/* How many of a column's parts the bar has; at least one of something. */
static size_t steps(int64_t part, int64_t whole, size_t width, size_t parts)
{
	double share;
	size_t count;

	if (part <= 0 || whole <= 0)
		return 0;
	if (width > WIDTH_MAX)
		width = WIDTH_MAX;
	share = part < whole ? (double)part / (double)whole : 1.0;
	count = (size_t)(share * (double)(width * parts) + 0.5);
	return count ? count : 1;
}

static const char *fill(struct text_table *table, const char block[BLOCK],
			size_t count, const char *end)
{
	char bar[BLOCK * WIDTH_MAX + 1];
	size_t i;

	for (i = 0; i < count; i++)
		memcpy(bar + BLOCK * i, block, BLOCK);
	bar[BLOCK * count] = '\0';
	return text_table_format(table, "%s%s", bar, end);
}

const char *text_bar(struct text_table *table, int64_t part, int64_t whole,
		     size_t width)
{
	static const char *const ends[EIGHTHS] = {"",  "▏", "▎", "▍",
						  "▌", "▋", "▊", "▉"};
	size_t eighths = steps(part, whole, width, EIGHTHS);

	return fill(table, "█", eighths / EIGHTHS, ends[eighths % EIGHTHS]);
}

const char *text_bar_light(struct text_table *table, int64_t part,
			   int64_t whole, size_t width)
{
	return fill(table, "░", steps(part, whole, width, 1), "");
}
