/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/modules (kernel/module/procfs.c, kernel/module.c up to 5.18):
 *
 *   "leaky_slab 24576 0 - Live 0xffffffffc0601000 (O)"
 *   "usbcore 137505 2 uhci_hcd,ehci_hcd, Live 0xf8829000"
 *   "ext4 1 - - Live 0x0"	without CONFIG_MODULE_UNLOAD
 *
 * The address is 0, "(null)" up to 4.14, where kptr_restrict hides it; the
 * state and the address were added in the course of 2.6.
 */
#include "formats/counter_text.h"

#define EXPECTED_ROW "\"<module> <size> <references> <users> Live <address>\""

struct row {
	struct span name, users, taint;
	uint64_t size, references, address;
	bool has_references, has_address;
};

/* "-", a number, or "-1" of a module that goes */
static bool take_references(struct span *line, struct row *row)
{
	struct span number;

	if (!span_take(line, SPAN("-"))) {
		row->has_references = true;
		return span_take_u64(line, &row->references);
	}
	span_take_digits(line, &number);
	return true;
}

/* "-", or names with a comma behind each: one that lacks it is cut. */
static bool take_users(struct span *line, struct row *row)
{
	if (!span_take_word(line, &row->users))
		return false;
	if (span_equal(row->users, SPAN("-")))
		row->users = SPAN("");
	else if (!span_drop(&row->users, SPAN(",")))
		return false;
	return true;
}

static bool take_state(struct span *line)
{
	return span_take(line, SPAN("Live")) ||
	       span_take(line, SPAN("Loading")) ||
	       span_take(line, SPAN("Unloading"));
}

/* All digits that a machine's addresses have: fewer are a cut line. */
static bool take_address(struct span *line, struct row *row)
{
	const char *begin = line->at;
	struct span rest = *line;

	row->has_address = true;
	if (span_take(&rest, SPAN("0x"))) {
		span_take_blanks(&rest);
		if (span_take(&rest, SPAN("(null)"))) {
			*line = rest;
			return true;
		}
	}
	return span_take_hex(line, &row->address) &&
	       (line->at - begin == 18 || line->at - begin == 10 ||
		(!row->address && line->at - begin == 3));
}

static bool parse_row(struct span line, struct row *row)
{
	if (!span_take_word(&line, &row->name) || !span_take_blanks(&line) ||
	    !span_take_u64(&line, &row->size) || !span_take_blanks(&line) ||
	    !take_references(&line, row) || !span_take_blanks(&line) ||
	    !take_users(&line, row))
		return false;
	if (span_take_blanks(&line) && !take_state(&line))
		return false;
	if (span_take_blanks(&line) && !take_address(&line, row))
		return false;
	if (span_take_blanks(&line)) {
		if (!span_take(&line, SPAN("(")) ||
		    !span_drop(&line, SPAN(")")))
			return false;
		row->taint = line;
	} else if (line.length) {
		return false;
	}
	return counter_text_is_clean(row->name) &&
	       counter_text_is_clean(row->users) &&
	       counter_text_is_clean(row->taint);
}

static bool decides(struct span line, struct span rest)
{
	struct row row = {0};

	(void)rest;
	return parse_row(line, &row);
}

static const char *modules_sniff(struct span head)
{
	return counter_text_find(head, "modules", SPAN(" Live 0x"), decides);
}

static bool give_row(struct counter_text *text, const struct row *row)
{
	if (!counter_text_give(text, row->name, SPAN("size"), row->size,
			       COUNTER_BYTES))
		return false;
	if (row->has_references &&
	    !counter_text_give(text, row->name, SPAN("refcount"),
			       row->references, COUNTER_NUMBER))
		return false;
	if (row->users.length &&
	    !counter_text_give_text(text, row->name, SPAN("used by"),
				    row->users))
		return false;
	if (row->has_address &&
	    !counter_text_give(text, row->name, SPAN("address"), row->address,
			       COUNTER_NUMBER))
		return false;
	return !row->taint.length ||
	       counter_text_give_text(text, row->name, SPAN("taint"),
				      row->taint);
}

static bool modules_line(struct counter_text *text, struct span line)
{
	struct row row = {0};

	if (!parse_row(line, &row))
		return counter_text_skip(text, EXPECTED_ROW);
	return give_row(text, &row);
}

static bool modules_block(void *state, struct span lines, struct sink *sink,
			  struct error *err)
{
	return counter_text_block(state, "modules", modules_line, lines, sink,
				  err);
}

static const char *const paths[] = {"proc/modules", "modules", NULL};

const struct format format_modules = {
	.name = "modules",
	.title = "/proc/modules",
	.state_size = sizeof(struct counter_text),
	.paths = paths,
	.counts = true,
	.sniff = modules_sniff,
	.block = modules_block,
	.finish = counter_text_finish,
};
