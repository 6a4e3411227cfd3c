/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/meminfo, and its like of one NUMA node.
 *
 *   "MemTotal:        1004788 kB"	fs/proc/meminfo.c
 *   "HugePages_Total:       4"		mm/hugetlb.c: a number of pages
 *   "Node 0 MemTotal: 503736 kB"	drivers/base/node.c
 *
 * Which rows there are differs from kernel to kernel (formats.md has a table),
 * and vendors add some: each label is kept, whatever it is.
 */
#include "formats/counter_text.h"

#define EXPECTED_ROW "\"<label>: <number>[ kB]\""

struct row {
	struct span node, label;
	uint64_t value;
	enum counter_unit unit;
};

/* "Node 0 "; a label may begin with the same word. */
static void take_node(struct span *line, struct row *row)
{
	struct span rest = *line;

	if (!span_take(&rest, SPAN("Node ")) ||
	    !span_take_digits(&rest, &row->node))
		return;
	if (span_take_blanks(&rest))
		*line = rest;
	else
		row->node = SPAN("");
}

/* False: line is no row at all. */
static bool take_label(struct span *line, struct row *row)
{
	const char *colon =
		line->length ? memchr(line->at, ':', line->length) : NULL;
	unsigned char letter;

	if (!colon || colon == line->at)
		return false;
	row->label = span_between(line->at, colon);
	letter = (unsigned char)row->label.at[0] | 0x20;
	*line = span_between(colon + 1, span_end(*line));
	span_take_blanks(line);
	return letter >= 'a' && letter <= 'z' && line->length &&
	       span_is_digit(line->at[0]) && counter_text_is_clean(row->label);
}

static bool take_value(struct span line, struct row *row)
{
	if (!span_take_u64(&line, &row->value))
		return false;
	row->unit = COUNTER_NUMBER;
	if (span_take_blanks(&line)) {
		row->unit = COUNTER_KIB;
		if (!span_take(&line, SPAN("kB")))
			return false;
	}
	return !line.length;
}

static bool decides(struct span line, struct span rest)
{
	struct row row = {0};

	(void)rest;
	span_take_blanks(&line);
	take_node(&line, &row);
	return take_label(&line, &row) && take_value(line, &row) &&
	       row.unit == COUNTER_KIB;
}

static const char *meminfo_sniff(struct span head)
{
	static const char *const labels[] = {
		"MemTotal:",
		"MemFree:",
		"SReclaimable:",
	};
	const char *at = NULL;
	size_t i;

	for (i = 0; i < sizeof(labels) / sizeof(labels[0]) && !at; i++)
		at = counter_text_find(head, "meminfo", span_of(labels[i]),
				       decides);
	return at;
}

static bool meminfo_line(struct counter_text *text, struct span line)
{
	struct counter_scope scope = {0};
	struct row row = {0};

	span_take_blanks(&line);
	take_node(&line, &row);
	if (!take_label(&line, &row))
		return counter_text_stray(text, EXPECTED_ROW);
	if (!take_value(line, &row) ||
	    (row.node.length && (!counter_scope_add(&scope, SPAN("node ")) ||
				 !counter_scope_add(&scope, row.node))))
		return counter_text_skip(text, EXPECTED_ROW);
	return counter_text_give(text, counter_scope_span(&scope), row.label,
				 row.value, row.unit);
}

static bool meminfo_block(void *state, struct span lines, struct sink *sink,
			  struct error *err)
{
	return counter_text_block(state, "meminfo", meminfo_line, lines, sink,
				  err);
}

static const char *const paths[] = {
	"proc/meminfo",
	"sys/devices/system/node/*/meminfo",
	"meminfo",
	NULL,
};

const struct format format_meminfo = {
	.name = "meminfo",
	.title = "/proc/meminfo, of the machine or of a node",
	.state_size = sizeof(struct counter_text),
	.paths = paths,
	.counts = true,
	.sniff = meminfo_sniff,
	.block = meminfo_block,
	.finish = counter_text_finish,
};
