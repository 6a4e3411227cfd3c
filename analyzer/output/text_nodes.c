/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_nodes.h"

#include <inttypes.h>

#include "output/budget_pairs.h"
#include "output/text_budget.h"
#include "output/text_flow.h"
#include "output/text_kib.h"

/* Columns for nodes of one table, beside the name and the machine. */
#define NODES_MOST (TEXT_COLUMNS_MAX - 2)

/* What a name and a column take. */
#define NAME_WIDTH   34
#define COLUMN_WIDTH 13

/* Some nodes of a side, next to each other. */
struct node_table {
	const struct account_view *view;
	const struct account_side *side;
	const struct account_node *nodes;
	size_t count;
	struct text_table table;
};

static void set_amount(struct node_table *nodes, struct text_row *row,
		       size_t column, bool known, int64_t kib)
{
	char text[QUANTITY_CAPACITY];

	row->cells[column] =
		known ? text_table_format(
				&nodes->table, "%s",
				text_kib(nodes->view->options, kib, text))
		      : "-";
}

/* Without an id it is a sum, which all budgets have. */
static bool has_row(const struct budget *budget, const char *id)
{
	return budget->known && (!id || budget_row(budget, id));
}

/* The amounts of a row: of each node, then of the machine. */
static void add_row(struct node_table *nodes, const char *name,
		    int64_t (*amount)(const struct budget *budget,
				      const char *id),
		    const char *id)
{
	const struct budget *machine = &nodes->side->budget;
	struct text_row *row = text_table_add(&nodes->table);
	size_t i;

	if (!row)
		return;
	row->cells[0] = name;
	for (i = 0; i < nodes->count; i++) {
		const struct budget *budget = &nodes->nodes[i].budget;
		set_amount(nodes, row, 1 + i, has_row(budget, id),
			   amount(budget, id));
	}
	set_amount(nodes, row, 1 + i, has_row(machine, id),
		   amount(machine, id));
}

static int64_t total_of(const struct budget *budget, const char *id)
{
	(void)id;
	return budget->total.kib;
}

static int64_t remainder_of(const struct budget *budget, const char *id)
{
	(void)id;
	return budget->remainder_kib;
}

static bool any_amount(const struct node_table *nodes, const char *id)
{
	size_t i;

	if (budget_row_kib(&nodes->side->budget, id))
		return true;
	for (i = 0; i < nodes->side->node_count; i++)
		if (budget_row_kib(&nodes->side->nodes[i].budget, id))
			return true;
	return false;
}

static void add_parts(struct node_table *nodes,
		      const struct budget_row *const *rows, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const char *name = text_budget_label(&nodes->table, rows[i]);

		if (!name || (!nodes->view->options->verbose &&
			      !any_amount(nodes, rows[i]->id)))
			continue;
		add_row(nodes, name, budget_row_kib, rows[i]->id);
	}
}

/* Stacks tell the node of each page; the machine's sum is of all of them. */
static void add_stacks(struct node_table *nodes)
{
	struct text_row *row;
	bool known = false;
	size_t i;

	for (i = 0; i < nodes->side->node_count; i++)
		known |= nodes->side->nodes[i].unaccounted_stacks_kib >= 0;
	row = known ? text_table_add(&nodes->table) : NULL;
	if (!row)
		return;
	row->cells[0] = "  by stacks";
	for (i = 0; i < nodes->count; i++)
		set_amount(nodes, row, 1 + i,
			   nodes->nodes[i].unaccounted_stacks_kib >= 0,
			   nodes->nodes[i].unaccounted_stacks_kib);
	set_amount(nodes, row, 1 + i, true, nodes->side->holders_kib);
}

static bool set_columns(struct node_table *nodes)
{
	struct text_table *table = &nodes->table;
	size_t i;

	table->headings[0] = "";
	table->left[0] = true;
	for (i = 0; i < nodes->count; i++) {
		table->headings[1 + i] = text_table_format(
			table, "node %" PRIu64, nodes->nodes[i].node);
		if (!table->headings[1 + i])
			return false;
	}
	table->headings[1 + i] = "machine";
	table->column_count = 2 + i;
	table->coloured = TEXT_COLUMNS_MAX;
	table->wraps = true;
	table->ruled = table->column_count;
	return true;
}

static void write_table(struct node_table *nodes,
			const struct budget_row *const *rows, size_t count)
{
	const struct account_view *view = nodes->view;
	struct text_row *row;

	if (!set_columns(nodes))
		return;
	add_row(nodes, "MemTotal", total_of, NULL);
	add_parts(nodes, rows, count);
	row = text_table_add(&nodes->table);
	if (row)
		row->rule = true;
	add_row(nodes, "in no counter", remainder_of, NULL);
	if (nodes->table.last)
		nodes->table.last->bold = true;
	add_stacks(nodes);
	text_table_write(&nodes->table, 0, view->options->colour, view->file);
}

/* How many nodes stand beside each other. */
static size_t nodes_across(const struct account_view *view)
{
	size_t width = view->options->width, count = NODES_MOST;

	if (width)
		count = width > NAME_WIDTH + 2 * COLUMN_WIDTH
				? (width - NAME_WIDTH) / COLUMN_WIDTH - 1
				: 1;
	return count < NODES_MOST ? count : NODES_MOST;
}

/* The rows of the machine and of the nodes that stand beside each other. */
static void write_some(struct account_view *view,
		       const struct account_side *side, size_t first,
		       size_t count)
{
	const struct budget *budgets[1 + NODES_MOST] = {&side->budget};
	struct node_table nodes = {
		.view = view,
		.side = side,
		.nodes = &side->nodes[first],
		.count = count,
	};
	const struct budget_row **rows;
	size_t row_count, i;

	for (i = 0; i < count; i++)
		budgets[1 + i] = &nodes.nodes[i].budget;
	if (budget_rows_union(budgets, 1 + count, &nodes.table.arena, &rows,
			      &row_count))
		write_table(&nodes, rows, row_count);
	else
		nodes.table.no_memory = true;
	view->no_memory |= nodes.table.no_memory;
	text_table_deinit(&nodes.table);
}

static bool has_note(const struct budget *budget, const char *note)
{
	size_t i;

	for (i = 0; i < budget->note_count; i++)
		if (strcmp(budget->notes[i], note) == 0)
			return true;
	return false;
}

/* What a node does not count is in its remainder: not so of the machine. */
static void write_notes(const struct account_view *view,
			const struct budget *budget,
			const struct budget *machine)
{
	size_t i;

	for (i = 0; i < budget->note_count; i++)
		if (!has_note(machine, budget->notes[i]))
			text_flow_paragraph(view->file, budget->notes[i], 2,
					    view->options->width);
}

void text_nodes_write(struct account_view *view,
		      const struct account_side *side, const char *whose)
{
	size_t across = nodes_across(view), i;

	if (!side->node_count)
		return;
	fprintf(view->file, "\nBy NUMA node%s:\n", whose);
	for (i = 0; i < side->node_count; i += across) {
		size_t left = side->node_count - i;

		if (i)
			putc('\n', view->file);
		write_some(view, side, i, left < across ? left : across);
	}
	write_notes(view, &side->nodes[0].budget, &side->budget);
}
