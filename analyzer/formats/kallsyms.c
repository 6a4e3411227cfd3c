/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/kallsyms (kernel/kallsyms.c), and a System.map, or what `nm` prints:
 *
 *   "ffffffff81000000 T _text", "c0100000 T _text"	64 and 32 bits
 *   "ffffffffc0202000 t do_leak	[leaky_pages]"
 *   "ffffffffc0300000 t bpf_prog_6deef7357e7b4530	[bpf]"
 *   "0000000000000000 T _text"		where kptr_restrict hides them
 *
 * The symbols go to a table, where one is wanted; what remains as counters is
 * how many there are, and where the kernel lies.
 */
#include "formats/format.h"
#include "model/address_table.h"

#define EXPECTED_LINE "\"<address> <type> <symbol>\""

/* Zeroed is ready. */
struct kallsyms {
	struct sink *sink; /* of the block now read */
	struct error *err;
	uint64_t lines, symbols, hidden;
	uint64_t stext;
};

/* All digits that a machine's addresses have: fewer are a cut line. */
static bool take_address(struct span *line, uint64_t *ret)
{
	uint64_t address = 0;
	size_t i;

	for (i = 0; i < line->length && i < 17; i++) {
		int digit = span_hex_digit(line->at[i]);

		if (digit < 0)
			break;
		address = address << 4 | (unsigned)digit;
	}
	if (i != 16 && i != 8)
		return false;
	*line = span_skip(*line, i);
	*ret = address;
	return true;
}

/* Up to a blank or the end, without control characters; false: nothing. */
static bool take_name(struct span *line, struct span *ret)
{
	size_t i = 0;

	while (i < line->length && (unsigned char)line->at[i] > ' ' &&
	       line->at[i] != 127)
		i++;
	*ret = (struct span){line->at, i};
	*line = span_skip(*line, i);
	return i != 0;
}

static bool is_type(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '?' ||
	       c == '-';
}

/* "T " behind the address */
static bool take_type(struct span *line, char *ret)
{
	if (line->length < 3 || line->at[0] != ' ' || !is_type(line->at[1]) ||
	    line->at[2] != ' ')
		return false;
	*ret = line->at[1];
	*line = span_skip(*line, 3);
	return true;
}

static bool parse_line(struct span line, struct kernel_symbol *ret)
{
	struct kernel_symbol symbol = {.module = SPAN("")};

	if (!take_address(&line, &symbol.address) ||
	    !take_type(&line, &symbol.type) ||
	    !take_name(&line, &symbol.name) ||
	    symbol.name.length > KERNEL_SYMBOL_NAME_MAX)
		return false;
	line = span_trim_end(line);
	if (line.length &&
	    (!span_take_blanks(&line) || !span_take(&line, SPAN("[")) ||
	     !take_name(&line, &symbol.module) || line.length ||
	     !span_drop(&symbol.module, SPAN("]")) || !symbol.module.length))
		return false;
	*ret = symbol;
	return true;
}

/* "                 U printk": nm's of what has no address */
static bool is_undefined(struct span line)
{
	return span_take_blanks(&line) && line.length > 2 &&
	       is_type(line.at[0]) && line.at[1] == ' ';
}

static void tell_damage(struct kallsyms *state, struct span found,
			const char *expected)
{
	const struct damage damage = {
		.line = state->lines, .expected = expected, .found = found};

	state->sink->damage(state->sink, &damage);
}

static bool take_line(struct kallsyms *state, struct span line)
{
	struct kernel_symbol symbol;

	if (!parse_line(line, &symbol)) {
		if (span_trim_end(line).length && !is_undefined(line))
			tell_damage(state, line, EXPECTED_LINE);
		return true;
	}
	state->symbols++;
	state->hidden += symbol.address == 0;
	if (!symbol.module.length && span_equal(symbol.name, SPAN("_stext")))
		state->stext = symbol.address;
	return !state->sink->addresses ||
	       address_table_add(state->sink->addresses, &symbol, state->err);
}

static bool kallsyms_block(void *context, struct span lines, struct sink *sink,
			   struct error *err)
{
	struct kallsyms *state = context;
	struct span line;

	state->sink = sink;
	state->err = err;
	while (lines.length) {
		const char *end = memchr(lines.at, '\n', lines.length);

		state->lines++;
		/* What is cut may be the name of another function. */
		if (!end) {
			tell_damage(state, lines, "a line that ends");
			break;
		}
		line = span_between(lines.at, end);
		lines = span_between(end + 1, span_end(lines));
		if (!take_line(state, line))
			return false;
	}
	return true;
}

static bool give(struct sink *sink, const char *name, uint64_t value,
		 struct error *err)
{
	const struct counter counter = {
		.group = SPAN("kallsyms"),
		.scope = SPAN(""),
		.name = span_of(name),
		.text = SPAN(""),
		.value = value,
		.unit = COUNTER_NUMBER,
	};

	return sink->counter(sink, &counter, err);
}

static bool kallsyms_finish(void *context, enum ending ending,
			    struct sink *sink, struct error *err)
{
	const struct kallsyms *state = context;

	(void)ending;
	sink->lines = state->lines;
	if (!state->symbols)
		return true;
	if (state->hidden == state->symbols)
		sink->remark(sink,
			     "all addresses are hidden: it was not read by "
			     "root, or kernel.kptr_restrict is 2");
	return give(sink, "symbols", state->symbols, err) &&
	       (!state->stext || give(sink, "_stext", state->stext, err));
}

/* Two lines of it, at the very start: one alone could be anything. */
static const char *kallsyms_sniff(struct span head)
{
	struct kernel_symbol symbol;
	struct span rest = head, line;
	unsigned i;

	for (i = 0; i < 2; i++)
		if (!span_take_line(&rest, &line) || !parse_line(line, &symbol))
			return NULL;
	return head.at;
}

static const char *const paths[] = {"proc/kallsyms", "kallsyms", NULL};

const struct format format_kallsyms = {
	.name = "kallsyms",
	.title = "/proc/kallsyms, or a System.map",
	.state_size = sizeof(struct kallsyms),
	.paths = paths,
	.counts = true,
	.of_symbols = true,
	.at_head = true,
	.sniff = kallsyms_sniff,
	.block = kallsyms_block,
	.finish = kallsyms_finish,
};
