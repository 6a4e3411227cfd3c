/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/output.h"

extern const struct output output_text;
extern const struct output output_json;
extern const struct output output_csv;
extern const struct output output_markdown;
extern const struct output output_github;
extern const struct output output_junit;
extern const struct output output_sarif;
extern const struct output output_folded;

const struct output *const outputs[] = {
	&output_text,	  &output_json,	  &output_csv,
	&output_markdown, &output_github, &output_junit,
	&output_sarif,	  &output_folded, NULL,
};

const struct output *output_named(const char *name)
{
	size_t i;

	for (i = 0; outputs[i]; i++)
		if (strcmp(outputs[i]->name, name) == 0)
			return outputs[i];
	return NULL;
}

bool output_has_form(const struct output *output, enum output_answer answer)
{
	switch (answer) {
	case ANSWER_NONE:
		return true;
	case ANSWER_TOP:
		return output->write && !output->compares;
	case ANSWER_DIFF:
		return output->write;
	case ANSWER_CONTENTS:
		return output->contents;
	case ANSWER_ACCOUNT:
		return output->account;
	case ANSWER_PROCESSES:
		return output->processes;
	case ANSWER_CHECK:
		return output == &output_text || output == &output_json;
	}
	return false;
}

const char *output_names(enum output_answer answer, char *ret)
{
	const char *last = NULL, *separator = "";
	size_t used = 0, i;

	ret[0] = '\0';
	for (i = 0; outputs[i]; i++) {
		if (!output_has_form(outputs[i], answer))
			continue;
		if (last) {
			used += (size_t)snprintf(ret + used,
						 OUTPUT_NAMES_CAPACITY - used,
						 "%s%s", separator, last);
			separator = ", ";
		}
		last = outputs[i]->name;
	}
	if (last)
		snprintf(ret + used, OUTPUT_NAMES_CAPACITY - used, "%s%s",
			 used ? " or " : "", last);
	return ret;
}

bool output_is_small(const struct report *report,
		     const struct output_options *options,
		     const struct delta *growth, const struct tally *sides[2])
{
	const struct report_side *newest =
		&report->sides[report->side_count - 1];
	uint64_t units = sides[0]->units;

	if (report->side_count == 2)
		units = growth->units < 0 ? 0 - (uint64_t)growth->units
					  : (uint64_t)growth->units;
	/* Objects of no known size have no bytes to be measured by. */
	return report->sides[0].unit != UNIT_OBJECT &&
	       units * newest->unit_bytes < options->min_bytes;
}

const struct report_row *output_next_row(const struct report *report,
					 const struct output_options *options,
					 struct row_cursor *cursor)
{
	while (cursor->at < report->row_count) {
		const struct report_row *row = &report->rows[cursor->at];
		const struct tally *sides[2] = {row->sides[0], row->sides[1]};

		if (options->top_given && options->top &&
		    cursor->shown == options->top)
			return NULL;
		cursor->at++;
		if (output_is_small(report, options, &row->growth, sides))
			continue;
		cursor->shown++;
		return row;
	}
	return NULL;
}

bool output_is_small_process(const struct process_row *row,
			     const struct output_options *options)
{
	uint64_t kib =
		row->kib < 0 ? 0 - (uint64_t)row->kib : (uint64_t)row->kib;

	/* Of what cannot be compared nobody knows. */
	return row->compared &&
	       kib < options->min_bytes / 1024 +
			       (options->min_bytes % 1024 != 0);
}

void output_ask_blamed(const struct output_options *options,
		       const struct report_row *row)
{
	const struct frame *blamed =
		row->stack ? stack_blamed(row->stack) : NULL;

	/* The line of a stale symbol is somebody else's. */
	if (options->ask_frame && blamed && !row->stack->class.stale_symbol)
		options->ask_frame(options->ask_context, blamed);
}

void output_ask_stack(const struct output_options *options,
		      const struct report_row *row)
{
	const struct frame *blamed;
	size_t i;

	if (!options->ask_frame || !row->stack)
		return;
	blamed = stack_blamed(row->stack);
	for (i = 0; i < row->stack->frame_count; i++)
		if (&row->stack->frames[i] != blamed)
			options->ask_frame(options->ask_context,
					   &row->stack->frames[i]);
	output_ask_blamed(options, row);
}
