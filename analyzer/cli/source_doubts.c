/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/source_doubts.h"

#include "cli/source_share.h"
#include "cli/symbol_gaps.h"
#include "cli/symbol_setup.h"

/* ---- rows ---- */

static struct source_share share_of(const struct reading *reading)
{
	struct source_share share = {0};

	if (reading->shown)
		source_share_add(&share, &reading->shown->snapshot);
	if (reading->objects)
		source_share_add(&share, &reading->objects->snapshot);
	return share;
}

static void find_gaps(const struct cli *cli, const struct reading *readings,
		      size_t count, struct symbol_gaps *gaps)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (readings[i].owns_symbolizer)
			symbol_gaps_add(gaps, readings[i].symbolizer, NULL,
					NULL);
	/* Who named files was told that there is no kernel among them. */
	if (symbols_are_asked_for(cli->settings))
		gaps->kernel = false;
}

/* Why there are so few, where that is not for lack of files. */
static const char *why_none(const struct cli *cli)
{
	if (!symbolizer_is_built())
		return "this pageowl was built without libbfd";
	if (cli->settings->symbols.never)
		return "--symbols=never";
	return "no debug information was named, and the capture does not tell "
	       "its kernel (--vmlinux, --debug-dir)";
}

/* Rows without a line look as if it were unknown to anybody. */
static void say_lacking(struct cli *cli, const struct reading *readings,
			size_t count, const struct source_share *share,
			bool wanted)
{
	char why[SYMBOL_GAPS_CAPACITY];
	struct symbol_gaps gaps = {0};
	const char *colon;

	find_gaps(cli, readings, count, &gaps);
	symbol_gaps_text(&gaps, why);
	if (!wanted)
		snprintf(why, sizeof(why), "%s", why_none(cli));
	colon = why[0] ? ": " : "";
	if (share->lined)
		console_warn(&cli->console,
			     "%zu of %zu stacks have no source line%s%s",
			     share->stacks - share->lined, share->stacks, colon,
			     why);
	else
		console_warn(&cli->console, "no stack has a source line%s%s",
			     colon, why);
}

/* What one side lacks would look like a change. */
static bool can_compare(const struct reading *readings, size_t count,
			const struct source_share shares[2], struct error *err)
{
	if (count != 2 || !source_share_is_void(&shares[0], &shares[1],
						readings[0].symbolizer ==
							readings[1].symbolizer))
		return true;
	return error_set(err, ERROR_USAGE,
			 "by source these cannot be compared: OLD has source "
			 "lines for %zu of %zu stacks, NEW for %zu of %zu",
			 shares[0].lined, shares[0].stacks, shares[1].lined,
			 shares[1].stacks);
}

bool source_doubts_of_rows(struct cli *cli, struct reading *readings,
			   size_t count, bool wanted, struct error *err)
{
	struct source_share shares[2] = {{0}}, all = {0};
	size_t i;

	for (i = 0; i < count && i < 2; i++) {
		shares[i] = share_of(&readings[i]);
		all.stacks += shares[i].stacks;
		all.lined += shares[i].lined;
		all.lacks |= shares[i].lacks;
	}
	if (!can_compare(readings, count, shares, err))
		return false;
	if (!all.lacks)
		return true;
	say_lacking(cli, readings, count, &all, wanted);
	readings[0].gaps_told = true;
	return true;
}

/* ---- what is shown ---- */

struct shown_frames {
	struct frame *const *frames;
	size_t count;
};

/* Whether a frame of the module has stayed without a line. */
static bool is_bare(void *context, const char *module)
{
	const struct shown_frames *shown = context;
	size_t i;

	/* The symbolizer has said it of the kernel. */
	for (i = 0; module && i < shown->count; i++)
		if (!shown->frames[i]->place_count &&
		    span_equal(shown->frames[i]->module, span_of(module)))
			return true;
	return false;
}

/* Modules are forgotten easily by who names a kernel. */
void source_doubts_of_shown(struct cli *cli, const struct reading *readings,
			    size_t count, struct frame *const *frames,
			    size_t frame_count)
{
	struct shown_frames shown = {frames, frame_count};
	char text[SYMBOL_GAPS_CAPACITY];
	struct symbol_gaps gaps = {0};
	size_t i;

	if (!symbols_are_asked_for(cli->settings) || readings[0].gaps_told)
		return;
	for (i = 0; i < count; i++)
		if (readings[i].owns_symbolizer)
			symbol_gaps_add(&gaps, readings[i].symbolizer, is_bare,
					&shown);
	symbol_gaps_text(&gaps, text);
	if (text[0])
		console_warn(&cli->console, "%s", text);
}
