/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_slab.h"

#include <inttypes.h>
#include <string.h>

#include "output/slab_holders.h"
#include "output/text_bar.h"
#include "output/text_flow.h"
#include "output/text_kib.h"
#include "output/text_table.h"
#include "output/text_view.h"

#define CACHES_SHOWN 8
#define BAR_WIDTH    10

struct slab_text {
	const struct account_report *report;
	const struct slab_view *view;
	const struct output_options *options;
	FILE *file;
	struct text_table table;
	bool at_most; /* a row's objects may be fewer than the kernel says */
	bool holders; /* a row has stacks below it */
};

static int64_t kib(uint64_t bytes)
{
	return (int64_t)(bytes / 1024);
}

static int64_t growth_kib(const struct slab_cache *cache)
{
	return slab_cache_growth(cache) / 1024;
}

static const struct slab_amount *newest(const struct slab_text *text,
					const struct slab_cache *cache)
{
	return &cache->sides[text->view->newest];
}

/* ---- cells ---- */

static const char *size_cell(struct slab_text *text, uint64_t bytes)
{
	char size[QUANTITY_CAPACITY];

	return text_table_format(&text->table, "%s",
				 text_kib(text->options, kib(bytes), size));
}

static const char *percent_cell(struct slab_text *text, uint64_t part,
				uint64_t whole)
{
	char percent[QUANTITY_CAPACITY];

	return text_table_format(
		&text->table, "%s",
		text_kib_percent((int64_t)part, (int64_t)whole, percent));
}

/* "2,757 × 4.0 KiB" */
static const char *objects_cell(struct slab_text *text,
				const struct slab_amount *amount)
{
	char count[QUANTITY_CAPACITY], size[QUANTITY_CAPACITY];

	if (amount->sums_only)
		return "?";
	quantity_count(amount->objects, count);
	if (!amount->slot_bytes)
		return text_table_format(&text->table, "%s", count);
	return text_table_format(&text->table, "%s × %s", count,
				 quantity_bytes(amount->slot_bytes, size));
}

static const char *name_cell(struct slab_text *text,
			     const struct slab_cache *cache)
{
	char *name = text_quoted(&text->table, cache->name);

	if (name && cache->namesakes > 1)
		name = text_table_format(&text->table,
					 "%s (%" PRIu64 " caches)", name,
					 cache->namesakes);
	if (name && cache->aliases)
		name = text_table_format(
			&text->table, "%s and %" PRIu64 " merged cache%s", name,
			cache->aliases, text_plural(cache->aliases));
	text->table.no_memory |= !name;
	return name;
}

static void set_columns(struct slab_text *text)
{
	static const char *const compared[] = {"growth", "old", "", "new"};
	static const char *const single[] = {"memory", "share", ""};
	static const char *const common[] = {"objects × slot", "used",
					     "overhead", "", "cache"};
	/* OLD can be told from the others, and the sum of overhead stands
	 * above. */
	static const unsigned char spare[] = {1, 2, 3, 5};
	struct text_table *table = &text->table;
	size_t first = text->view->compared ? 4 : 3, i;

	for (i = 0; i < first; i++)
		table->headings[i] =
			text->view->compared ? compared[i] : single[i];
	for (i = 0; i < 5; i++)
		table->headings[first + i] = common[i];
	table->left[first + 3] = table->left[first + 4] = true;
	for (i = 0; i < 4; i++)
		table->spare[first + i] = spare[i];
	if (text->view->compared) {
		table->close[2] = table->close[3] = true;
		table->spare[1] = table->spare[2] = 4;
	} else {
		table->left[2] = true;
	}
	table->column_count = first + 5;
	table->coloured = TEXT_COLUMNS_MAX;
}

static size_t amount_cells(struct slab_text *text,
			   const struct slab_cache *cache, const char **cells)
{
	const struct slab_view *view = text->view;
	const struct slab_amount *amount = newest(text, cache);
	uint64_t total = view->totals[view->newest].bytes;
	char change[QUANTITY_CAPACITY];

	if (view->compared) {
		cells[0] = text_table_format(&text->table, "%s",
					     text_kib_change(text->options,
							     growth_kib(cache),
							     change));
		cells[1] = size_cell(text, cache->sides[0].bytes);
		cells[2] = "→";
		cells[3] = size_cell(text, amount->bytes);
		return 4;
	}
	cells[0] = size_cell(text, amount->bytes);
	cells[1] = percent_cell(text, amount->bytes, total);
	cells[2] = text_bar(&text->table, kib(amount->bytes), kib(total),
			    BAR_WIDTH);
	return 3;
}

/* ---- rows ---- */

static void add_cache(struct slab_text *text, const struct slab_cache *cache,
		      bool leads)
{
	const struct slab_amount *amount = newest(text, cache);
	struct text_row *row = text_table_add(&text->table);
	uint64_t used = amount->objects < amount->slots ? amount->objects
							: amount->slots;
	size_t n;

	if (!row)
		return;
	n = amount_cells(text, cache, row->cells);
	row->cells[n++] = objects_cell(text, amount);
	row->cells[n++] =
		amount->sums_only
			? percent_cell(text, amount->used_bytes, amount->bytes)
			: percent_cell(text, used, amount->slots);
	row->cells[n++] = amount->debug_known && amount->debug_bytes
				  ? size_cell(text, amount->debug_bytes)
				  : (amount->debug_known ? "" : "?");
	row->cells[n++] = cache->reclaimable == FLAG_YES ? "reclaimable" : "";
	row->cells[n++] = name_cell(text, cache);
	if (leads)
		row->note = slab_holders_note(&text->table, text->report,
					      text->options, cache);
	text->at_most |= (amount->objects || amount->sums_only) &&
			 cache->traced != FLAG_YES;
	text->holders |= row->note && *row->note;
}

enum hidden_kind { HIDDEN_MORE, HIDDEN_SHRANK, HIDDEN_STEADY, HIDDEN_SMALL };
#define HIDDEN_KINDS (HIDDEN_SMALL + 1)

struct hidden {
	size_t caches;
	int64_t kib;
};

/* Why a cache is not shown though there is room; HIDDEN_MORE: it is. */
static enum hidden_kind hidden_kind(const struct slab_text *text,
				    const struct slab_cache *cache)
{
	int64_t growth = slab_cache_growth(cache);
	uint64_t size =
		text->view->compared
			? (growth < 0 ? 0 - (uint64_t)growth : (uint64_t)growth)
			: newest(text, cache)->bytes;

	if (size < text->options->min_bytes)
		return HIDDEN_SMALL;
	if (!text->view->compared ||
	    (text->options->top_given && !text->options->top))
		return HIDDEN_MORE;
	if (!growth)
		return HIDDEN_STEADY;
	return growth < 0 ? HIDDEN_SHRANK : HIDDEN_MORE;
}

static void write_hidden(const struct slab_text *text,
			 const struct hidden *hidden)
{
	static const char *const words[HIDDEN_KINDS] = {
		"more", "shrank", "steady", "below --min"};
	char amount[QUANTITY_CAPACITY];
	const char *separator = "  ";
	bool more = false;
	unsigned i;

	for (i = 0; i < HIDDEN_KINDS; i++) {
		if (!hidden[i].caches)
			continue;
		fprintf(text->file, "%s%zu %s", separator, hidden[i].caches,
			words[i]);
		if (hidden[i].kib)
			fprintf(text->file, " (%s)",
				text->view->compared
					? text_kib_change(text->options,
							  hidden[i].kib, amount)
					: text_kib(text->options, hidden[i].kib,
						   amount));
		separator = ", ";
		more |= i != HIDDEN_SMALL;
	}
	if (separator[0] == ',')
		fputs(more ? "   --top=0 shows all\n" : "\n", text->file);
}

static int64_t add_kib(int64_t a, int64_t b)
{
	int64_t sum;

	return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

static void write_table(struct slab_text *text)
{
	const struct slab_view *view = text->view;
	size_t room =
		text->options->top_given ? text->options->top : CACHES_SHOWN;
	size_t leaders = slab_view_leaders(view), shown = 0, i;
	struct hidden hidden[HIDDEN_KINDS] = {{0}};

	set_columns(text);
	for (i = 0; i < view->cache_count; i++) {
		const struct slab_cache *cache = &view->caches[i];
		enum hidden_kind kind = hidden_kind(text, cache);

		if (!view->compared && !newest(text, cache)->known)
			continue;
		if (kind == HIDDEN_MORE && (!room || shown < room)) {
			add_cache(text, cache, i < leaders);
			shown++;
			continue;
		}
		hidden[kind].caches++;
		hidden[kind].kib = add_kib(
			hidden[kind].kib,
			view->compared ? growth_kib(cache)
				       : kib(newest(text, cache)->bytes));
	}
	if (shown)
		text_table_write(&text->table, text->options->width,
				 text->options->colour, text->file);
	write_hidden(text, hidden);
}

/* ---- around the table ---- */

static size_t count_caches(const struct slab_text *text, bool *ret_debug_known)
{
	size_t count = 0, i;

	*ret_debug_known = true;
	for (i = 0; i < text->view->cache_count; i++) {
		const struct slab_amount *amount =
			newest(text, &text->view->caches[i]);

		count += amount->known;
		if (amount->slots && !amount->debug_known)
			*ret_debug_known = false;
	}
	return count;
}

static void write_title(const struct slab_text *text)
{
	const struct slab_view *view = text->view;
	const struct slab_amount *total = &view->totals[view->newest];
	char size[QUANTITY_CAPACITY], old[QUANTITY_CAPACITY];
	bool debug_known;
	size_t count = count_caches(text, &debug_known);

	fprintf(text->file,
		"\nSlab caches, by %s: ", view->compared ? "growth" : "memory");
	if (view->compared)
		fprintf(text->file, "%s → ",
			text_kib(text->options, kib(view->totals[0].bytes),
				 old));
	fprintf(text->file, "%s in %zu cache%s\n",
		text_kib(text->options, kib(total->bytes), size), count,
		text_plural(count));
	if (total->debug_bytes)
		fprintf(text->file,
			"  %s%s of it overhead: debugging and alignment\n",
			debug_known ? "" : "at least ",
			text_kib(text->options, kib(total->debug_bytes), size));
	if (text->report->side_count == 2 && !view->compared)
		fprintf(text->file,
			"  of %s alone: the other capture tells %s\n",
			view->newest ? "NEW" : "OLD",
			view->totals[!view->newest].known
				? "of its caches in another way"
				: "of no cache");
}

/* Why numbers of one cache need not fit each other. */
static void write_limits(const struct slab_text *text)
{
	size_t width = text->options->width;

	if (text->view->totals[text->view->newest].sums_only)
		text_flow_paragraph(
			text->file,
			"A report in a log lists caches that cannot be "
			"reclaimed only, by the size of their slots: the "
			"whole is less than that of the slab caches above.",
			2, width);
	if (text->at_most)
		text_flow_paragraph(
			text->file,
			"used is at most: SLUB counts a slab that some CPU "
			"allocates from as full.",
			2, width);
	if (text->holders)
		text_flow_paragraph(
			text->file,
			"Stacks are of traces, read after slabinfo: they can "
			"exceed their cache.",
			2, width);
}

/* "  boot with  slub_debug=U": two spaces stand before what is to be typed. */
static bool is_typed(const char *line)
{
	return strstr(line + strspn(line, " "), "  ");
}

/* Sentences flow; what is to be typed stays as it is. Names are escaped. */
static void write_step(const struct slab_text *text, const char *line)
{
	size_t width = text->options->width, indent = strspn(line, " ");
	struct text_flow flow;

	if (is_typed(line)) {
		fprintf(text->file, "  %s\n", line);
	} else if (indent) {
		text_flow_paragraph(text->file, line + indent, indent + 2,
				    width);
	} else {
		flow = text_flow_begin(text->file, width, 2, 0);
		text_flow_words(&flow, line);
		putc('\n', text->file);
	}
}

static void write_steps(const struct slab_text *text)
{
	struct span lines, line;
	char step[4096];

	if (!text->report->slab_steps)
		return;
	lines = span_of(text->report->slab_steps);
	while (span_take_line(&lines, &line) && line.length) {
		snprintf(step, sizeof(step), "%.*s", (int)line.length, line.at);
		write_step(text, step);
	}
}

bool text_slab_write(const struct account_report *report,
		     const struct output_options *options, FILE *file,
		     struct error *err)
{
	struct slab_text text = {
		.report = report,
		.view = &report->slab,
		.options = options,
		.file = file,
	};
	bool no_memory;

	if (!report->slab.known) {
		fputs(report->sides[0].told_by
			      ? "\nSlab caches: the report lists none, which "
				"it "
				"does only where they are most of memory\n"
			      : "\nSlab caches: the capture lacks "
				"/proc/slabinfo, which only root can read\n",
		      file);
		return true;
	}
	write_title(&text);
	write_table(&text);
	write_limits(&text);
	write_steps(&text);
	no_memory = text.table.no_memory;
	text_table_deinit(&text.table);
	return !no_memory || error_no_memory(err);
}
