/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Markdown for a comment of a pull request: short, with the details folded,
 * and never longer than GitHub takes. docs/reports.md
 */
#include <stdlib.h>

#include "output/markdown_gate.h"
#include "output/text_account.h"
#include "output/text_contents.h"
#include "output/text_processes.h"
#include "output/text_ranking.h"

/* As in text.c. */
#define TOP_DEFAULT	 20
#define TOP_SLAB_DEFAULT 8

/* Kept for what is not cut: headings, captures, categories. */
#define ROOM_OF_THE_REST 16384

/* As text has it, but for what a terminal has. */
static struct output_options plain_options(const struct output_options *options)
{
	struct output_options plain = *options;

	plain.colour = false;
	plain.width = 0;
	plain.full = false;
	return plain;
}

/* What must not be overlooked: the captures do not go together. */
static void write_warnings(struct markdown *markdown,
			   const struct report *report)
{
	struct text_table table = {0};
	unsigned i;

	for (i = 0; i < report->warning_count; i++) {
		struct text_builder line = {.table = &table};

		text_builder_put(&line, "\n⚠ ");
		markdown_code(&line, report->warnings[i]);
		if (line.text)
			markdown_line(markdown, line.text);
	}
	markdown->no_memory |= table.no_memory;
	text_table_deinit(&table);
}

/* ---- the ranking ---- */

static void write_table(void *context, struct text_table *table, FILE *file)
{
	(void)file;
	markdown_table(context, table);
}

static void write_block(struct markdown *markdown, struct text_view *view,
			enum category_block block, const char *title)
{
	const struct text_ranking ranking = {
		.block = block,
		.title = title,
		.room = block == BLOCK_SLAB ? TOP_SLAB_DEFAULT : TOP_DEFAULT,
		.write_table = write_table,
		.context = markdown,
	};

	text_ranking_write(view, &ranking);
	markdown->no_memory |= view->no_memory;
}

static void write_objects(struct markdown *markdown,
			  const struct report *objects,
			  const struct output_options *options)
{
	struct text_view view;

	text_view_init(&view, objects, options, markdown->file);
	write_block(markdown, &view, BLOCK_KERNEL,
		    "**Objects in slab caches**\n\n");
	if (objects->all_ranked)
		write_block(markdown, &view, BLOCK_USER,
			    "**Objects that can be reclaimed**\n\n");
}

static void write_ranking(struct markdown *markdown,
			  const struct report *report,
			  const struct output_options *options)
{
	bool is_diff = report->side_count == 2;
	struct text_view view;

	text_view_init(&view, report, options, markdown->file);
	markdown_open_details(markdown,
			      is_diff ? "What grew" : "Who holds memory",
			      !report->gate);
	write_block(markdown, &view, BLOCK_KERNEL,
		    report_is_on_objects(report)
			    ? "**Objects in slab caches**\n\n"
			    : "**Kernel memory**\n\n");
	if (report->objects)
		write_objects(markdown, report->objects, options);
	if (!report->objects || (options->top_given && !options->top))
		write_block(markdown, &view, BLOCK_SLAB,
			    "**Pages of slab caches**: the stack took the "
			    "page, others may hold the objects in it\n\n");
	if (report->all_ranked)
		write_block(markdown, &view, BLOCK_USER,
			    "**User memory, caches, what can be "
			    "reclaimed**\n\n");
	markdown_close_details(markdown);
}

/* ---- text in a fence ---- */

/* What text wrote to memory; written tells whether it could. */
static bool fence_text(struct markdown *markdown, FILE *memory, char **text,
		       bool written, struct error *err)
{
	bool fine = !ferror(memory);

	fine = fclose(memory) == 0 && fine;
	if (written && fine)
		markdown_fence(markdown, *text);
	free(*text);
	if (!written)
		return false;
	return fine || error_no_memory(err);
}

static bool write_captures(struct markdown *markdown,
			   const struct report *report,
			   const struct output_options *options,
			   struct error *err)
{
	size_t left = markdown->left, length;
	struct text_view view;
	char *text = NULL;
	FILE *memory = open_memstream(&text, &length);
	bool fine;

	if (!memory)
		return error_no_memory(err);
	text_view_init(&view, report, options, memory);
	text_write_summary(&view);
	if (report->objects) {
		fputs("\nObjects in slab caches\n", memory);
		text_view_init(&view, report->objects, options, memory);
		text_write_totals(&view);
	}
	markdown_open_details(markdown, "Captures and categories", false);
	markdown->left = ROOM_OF_THE_REST / 2;
	fine = fence_text(markdown, memory, &text, true, err);
	markdown->left = left;
	markdown_close_details(markdown);
	return fine;
}

static bool write_markdown(const struct report *report,
			   const struct output_options *options, FILE *file,
			   struct error *err)
{
	const struct output_options plain = plain_options(options);
	struct markdown markdown = {
		.file = file,
		.left = MARKDOWN_MOST - ROOM_OF_THE_REST,
	};

	if (report->gate)
		markdown_gate(&markdown, report, &plain);
	else
		fprintf(file, "### pageowl %s\n",
			report->side_count == 2 ? "diff" : "top");
	write_warnings(&markdown, report);
	if (report->objects)
		write_warnings(&markdown, report->objects);
	write_ranking(&markdown, report, &plain);
	if (!write_captures(&markdown, report, &plain, err))
		return false;
	if (report->gate)
		markdown_gate_stacks(&markdown, report, &plain);
	if (markdown.cut)
		fprintf(file,
			"\nNot all of it is here: a comment has room for %u "
			"characters.\n",
			MARKDOWN_MOST);
	return !markdown.no_memory || error_no_memory(err);
}

/* ---- what has a table of its own in text ---- */

/* What is shown in a fence, and how text shows it. */
struct fenced {
	const char *command;
	const struct contents *contents;
	const struct account_report *account;
	const struct process_report *processes;
};

static bool write_text(const struct fenced *fenced,
		       const struct output_options *options, FILE *file,
		       struct error *err)
{
	if (fenced->contents)
		return text_contents_write(fenced->contents, options, file,
					   err);
	if (fenced->account)
		return text_account_write(fenced->account, options, file, err);
	return text_processes_write(fenced->processes, options, file, err);
}

static bool write_fenced(const struct fenced *fenced,
			 const struct output_options *options, FILE *file,
			 struct error *err)
{
	struct output_options plain = plain_options(options);
	struct markdown markdown = {.file = file, .left = MARKDOWN_MOST - 256};
	char *text = NULL;
	size_t length;
	FILE *memory = open_memstream(&text, &length);

	plain.full = options->full;
	if (!memory)
		return error_no_memory(err);
	fprintf(file, "### pageowl %s\n\n", fenced->command);
	return fence_text(&markdown, memory, &text,
			  write_text(fenced, &plain, memory, err), err);
}

static bool write_contents(const struct contents *contents,
			   const struct output_options *options, FILE *file,
			   struct error *err)
{
	const struct fenced fenced = {"contents", .contents = contents};

	return write_fenced(&fenced, options, file, err);
}

static bool write_account(const struct account_report *report,
			  const struct output_options *options, FILE *file,
			  struct error *err)
{
	const struct fenced fenced = {"account", .account = report};

	return write_fenced(&fenced, options, file, err);
}

static bool write_processes(const struct process_report *report,
			    const struct output_options *options, FILE *file,
			    struct error *err)
{
	const struct fenced fenced = {"ps", .processes = report};

	return write_fenced(&fenced, options, file, err);
}

const struct output output_markdown = {
	.name = "markdown",
	.title = "for a comment of a pull request",
	.write = write_markdown,
	.contents = write_contents,
	.account = write_account,
	.processes = write_processes,
};
