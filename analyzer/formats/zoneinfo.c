/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/zoneinfo (mm/vmstat.c):
 *
 *   "Node 0, zone   Normal"
 *   "  per-node stats"			4.8 on, in a node's first zone
 *   "      nr_inactive_anon 27840"	scope "node 0"
 *   "  pages free     82340"		scope "node 0 zone Normal"
 *   "        min      6204"
 *   "        scanned  0 (a: 0 i: 0)"	up to 2.6.2x: the sum is taken
 *   "        protection: (0, 487, 487)"	below the rows above up to 4.7
 *   "      nr_free_pages 82340"		none in a zone without pages
 *   "  pagesets"
 *   "    cpu: 0"			" pcp: 1" behind it up to 2.6.2x
 *   "              count: 2150"	scope "node 0 zone Normal cpu 0"
 *   "  vm stats threshold: 12"
 *   "  node_unreclaimable:  0"		scope "node 0 zone Normal"
 *
 * The watermarks, sizes and per-cpu lists are pages. The nr_ rows are so for
 * the most part, but nr_kernel_stack is KiB and others are events: they are
 * numbers here, as in vmstat.
 */
#include "formats/counter_text.h"

struct zoneinfo {
	struct counter_text text;
	struct counter_scope node, zone, cpu;
	bool per_node; /* the rows now read are of the node */
	bool has_cpu;  /* a "cpu:" line was read in this zone */
};

#define PROTECTIONS_MAX 10 /* one digit tells them apart; kernels have 5 */
#define EXPECTED_ZONE	"\"Node <number>, zone <name>\""
#define EXPECTED_ROW	"\"<name> <number>\" or \"<name>: <number>\""

static bool is_one_of(struct span name, const char *list)
{
	return span_has_word(span_of(list), name, ',');
}

static enum counter_unit unit_of(struct span name)
{
	return is_one_of(name, "free,boost,min,low,high,promo,spanned,present,"
			       "managed,cma,count,batch,high_min,high_max,"
			       "active,inactive,scanned,"
			       "reserved_highatomic,free_highatomic")
		       ? COUNTER_PAGES
		       : COUNTER_NUMBER;
}

/* "Node 0, zone      DMA" and nothing behind it */
static bool parse_zone(struct span line, struct span *ret_node,
		       struct span *ret_zone)
{
	if (!span_take(&line, SPAN("Node ")))
		return false;
	span_take_blanks(&line);
	if (!span_take_digits(&line, ret_node) ||
	    !span_take(&line, SPAN(", zone")) || !span_take_blanks(&line))
		return false;
	return span_take_word(&line, ret_zone) && !line.length &&
	       counter_text_is_clean(*ret_zone);
}

static bool decides(struct span line, struct span rest)
{
	struct text_cursor cursor = {.rest = rest, .prefixed = true};
	struct span node, zone, next;

	if (!parse_zone(line, &node, &zone) ||
	    !text_cursor_next(&cursor, &next))
		return false;
	next = counter_text_bare(next, "zoneinfo");
	span_take_blanks(&next);
	return span_starts_with(next, SPAN("per-node stats")) ||
	       span_starts_with(next, SPAN("pages free "));
}

static const char *zoneinfo_sniff(struct span head)
{
	return counter_text_find(head, "zoneinfo", SPAN(", zone"), decides);
}

static bool open_zone(struct zoneinfo *state, struct span line)
{
	struct counter_scope scope = {0};
	struct span node, zone;

	state->zone.length = 0;
	state->per_node = false;
	state->has_cpu = false;
	if (!parse_zone(line, &node, &zone) ||
	    !counter_scope_add(&scope, SPAN("node ")) ||
	    !counter_scope_add(&scope, node))
		return false;
	state->node = scope;
	if (!counter_scope_add(&scope, SPAN(" zone ")) ||
	    !counter_scope_add(&scope, zone))
		return false;
	state->zone = scope;
	return true;
}

/* "0" or "0 pcp: 1" */
static bool open_cpu(struct zoneinfo *state, struct span line)
{
	struct counter_scope scope = state->zone;
	struct span number;

	state->has_cpu = true;
	state->cpu.length = 0;
	span_take_blanks(&line);
	if (!span_take_digits(&line, &number) ||
	    !counter_scope_add(&scope, SPAN(" cpu ")) ||
	    !counter_scope_add(&scope, number))
		return false;
	if (span_take(&line, SPAN(" pcp: ")) &&
	    (!span_take_digits(&line, &number) ||
	     !counter_scope_add(&scope, SPAN(" pcp ")) ||
	     !counter_scope_add(&scope, number)))
		return false;
	if (line.length)
		return false;
	state->cpu = scope;
	return true;
}

/* "(0, 487, 487)" */
static bool parse_protection(struct span line, unsigned *ret_count,
			     uint64_t ret[PROTECTIONS_MAX])
{
	unsigned count = 0;

	span_take_blanks(&line);
	if (!span_take(&line, SPAN("(")))
		return false;
	do
		if (count == PROTECTIONS_MAX ||
		    !span_take_u64(&line, &ret[count++]))
			return false;
	while (span_take(&line, SPAN(", ")));
	*ret_count = count;
	return span_equal(line, SPAN(")"));
}

/* "protection 0" and so on */
static bool give_protection(struct zoneinfo *state, struct span line)
{
	uint64_t values[PROTECTIONS_MAX];
	unsigned i, count;

	if (!parse_protection(line, &count, values))
		return counter_text_skip(&state->text,
					 "\"protection: (<numbers>)\"");
	for (i = 0; i < count; i++) {
		char name[] = "protection 0";

		name[sizeof(name) - 2] = (char)('0' + i);
		if (!counter_text_give(&state->text,
				       counter_scope_span(&state->zone),
				       span_of(name), values[i], COUNTER_PAGES))
			return false;
	}
	return true;
}

/* "name: number" of a cpu; the others are of the zone. */
static bool is_of_cpu(const struct zoneinfo *state, struct span name,
		      size_t indent)
{
	return state->has_cpu &&
	       (indent >= 8 ||
		is_one_of(name, "count,high,batch,high_min,high_max,low,"
				"vm stats threshold"));
}

/* line: what stands behind the name */
static bool give(struct zoneinfo *state, const struct counter_scope *scope,
		 struct span name, struct span line)
{
	uint64_t value;

	span_take_blanks(&line);
	if (!line.length || line.at[0] < '0' || line.at[0] > '9')
		return counter_text_stray(&state->text, EXPECTED_ROW);
	if (!scope->length || !name.length || !counter_text_is_clean(name) ||
	    !span_take_u64(&line, &value) ||
	    (line.length && !(span_equal(name, SPAN("scanned")) &&
			      span_starts_with(line, SPAN(" (a: ")))))
		return counter_text_skip(&state->text, EXPECTED_ROW);
	return counter_text_give(&state->text, counter_scope_span(scope), name,
				 value, unit_of(name));
}

/* "name: number" */
static bool give_colon_row(struct zoneinfo *state, struct span name,
			   struct span line, size_t indent)
{
	if (span_equal(name, SPAN("protection")))
		return give_protection(state, line);
	if (span_equal(name, SPAN("cpu")))
		return open_cpu(state, line) ||
		       counter_text_skip(&state->text, "\"cpu: <number>\"");
	return give(state,
		    is_of_cpu(state, name, indent) ? &state->cpu : &state->zone,
		    name, line);
}

static bool take_row(struct zoneinfo *state, struct span row, size_t indent)
{
	struct span name;
	const char *colon;

	if (span_take(&row, SPAN("pages "))) {
		state->per_node = false;
		span_take_blanks(&row);
	}
	colon = row.length ? memchr(row.at, ':', row.length) : NULL;
	if (colon && !span_starts_with(row, SPAN("scanned ")))
		return give_colon_row(state, span_between(row.at, colon),
				      span_between(colon + 1, span_end(row)),
				      indent);
	if (!span_take_word(&row, &name))
		return counter_text_stray(&state->text, EXPECTED_ROW);
	return give(state, state->per_node ? &state->node : &state->zone, name,
		    row);
}

static bool zoneinfo_line(struct counter_text *text, struct span line)
{
	struct zoneinfo *state = (struct zoneinfo *)text;
	struct span row = line;

	span_take_blanks(&row);
	if (span_starts_with(row, SPAN("Node ")))
		return open_zone(state, row) ||
		       counter_text_skip(text, EXPECTED_ZONE);
	if (!state->zone.length)
		return counter_text_skip(text, EXPECTED_ZONE);
	if (span_equal(row, SPAN("pagesets")))
		return true;
	if (span_equal(row, SPAN("per-node stats"))) {
		state->per_node = true;
		return true;
	}
	return take_row(state, row, line.length - row.length);
}

static bool zoneinfo_block(void *context, struct span lines, struct sink *sink,
			   struct error *err)
{
	struct zoneinfo *state = context;

	return counter_text_block(&state->text, "zoneinfo", zoneinfo_line,
				  lines, sink, err);
}

static const char *const paths[] = {"proc/zoneinfo", "zoneinfo", NULL};

const struct format format_zoneinfo = {
	.name = "zoneinfo",
	.title = "/proc/zoneinfo",
	.state_size = sizeof(struct zoneinfo),
	.paths = paths,
	.counts = true,
	.sniff = zoneinfo_sniff,
	.block = zoneinfo_block,
	.finish = counter_text_finish,
};
