/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A proposal as text. */
#include <inttypes.h>

#include "gate/proposal.h"

/* "frames", "module": what follows stands in one column. */
static void write_word(const char *word, FILE *file)
{
	fprintf(file, "\t%-8s ", word);
}

static void write_line(const char *word, struct span text, FILE *file)
{
	if (!text.length)
		return;
	write_word(word, file);
	fwrite(text.at, 1, text.length, file);
	putc('\n', file);
}

static void write_frames(const struct suppression *entry, FILE *file)
{
	size_t i;

	if (!entry->frame_count)
		return;
	write_word("frames", file);
	for (i = 0; i < entry->frame_count; i++)
		fprintf(file, "%s%.*s", i ? " " : "",
			(int)entry->frames[i].length, entry->frames[i].at);
	putc('\n', file);
}

static void write_size(uint64_t bytes, FILE *file)
{
	static const char units[] = "KMG";
	size_t unit = 0;

	if (bytes % 1024) {
		fprintf(file, "%" PRIu64, bytes);
		return;
	}
	bytes /= 1024;
	for (; bytes && bytes % 1024 == 0 && unit < 2; unit++)
		bytes /= 1024;
	fprintf(file, "%" PRIu64 "%c", bytes, units[unit]);
}

static void write_maximum(const struct suppression *entry, FILE *file)
{
	write_word("maximum", file);
	if (entry->has_bytes)
		write_size(entry->max_bytes, file);
	if (entry->has_bytes && entry->has_records)
		fputs(" and ", file);
	if (entry->has_records)
		fprintf(file, "%" PRIu64 " object%s", entry->max_records,
			entry->max_records == 1 ? "" : "s");
	putc('\n', file);
}

static void write_entry(const struct suppression *entry, FILE *file)
{
	fputs("\nsuppress\n", file);
	if (entry->unaccounted)
		fputs("\tunaccounted\n", file);
	write_frames(entry, file);
	write_line("module", entry->module, file);
	write_line("category", entry->category, file);
	write_line("cache", entry->cache, file);
	write_maximum(entry, file);
	write_line("expires", entry->expires, file);
	write_line("reason", entry->reason, file);
}

void proposal_write(const struct gate_rules *proposal, FILE *file)
{
	size_t i;

	if (!proposal->suppression_count) {
		fputs("# Nothing grew that needs a suppression.\n", file);
		return;
	}
	fputs("# Proposed by pageowl: what grew by more than the rules allow.\n"
	      "# Replace each reason, or fix what it is about. These go before "
	      "entries\n"
	      "# for the same things that were there already.\n",
	      file);
	for (i = 0; i < proposal->suppression_count; i++)
		write_entry(&proposal->suppressions[i], file);
}
