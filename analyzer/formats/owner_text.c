/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/owner_text.h"

#include "model/stack_class.h"

/* A task's name has 15 bytes; a log may write each of them as "\\x0a". */
#define COMM_TEXT_MAX 60

static bool is_hex(char c)
{
	return span_is_digit(c) || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

/* Take digits, as text: a number that nobody asks for is not computed. */
static bool take_digits(struct span *text, struct span *ret)
{
	size_t n = 0;

	while (n < text->length && span_is_digit(text->at[n]))
		n++;
	if (n == 0 || n > 10)
		return false;
	*ret = (struct span){text->at, n};
	*text = span_skip(*text, n);
	return true;
}

/* "0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_COMP)"; no names up to 4.5 */
static bool take_mask(struct span *text, struct owner_header *header)
{
	struct span rest = *text;
	const char *close;
	size_t n = 0;

	if (!span_take(&rest, SPAN("0x")))
		return false;
	while (n < rest.length && is_hex(rest.at[n]))
		n++;
	if (n == 0)
		return false;
	header->no_mask = n == 1 && rest.at[0] == '0';
	header->gfp = (struct span){rest.at - 2, n + 2};
	rest = span_skip(rest, n);
	if (span_take(&rest, SPAN("("))) {
		close = memchr(rest.at, ')', rest.length);
		/* Names have no space: one is where a cut header goes on. */
		if (!close || memchr(rest.at, ' ', (size_t)(close - rest.at)))
			return false;
		if (close > rest.at)
			header->gfp = span_between(rest.at, close);
		rest = span_between(close + 1, span_end(rest));
	}
	*text = rest;
	return true;
}

/*
 * The value of eight decimal digits, first one first in memory: pairs, then
 * fours, then all are added up in one register. False: they are not digits.
 */
static bool eight_digits(const char *at, uint64_t *ret)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	uint64_t word;

	memcpy(&word, at, sizeof(word));
	word ^= 0x3030303030303030;
	if ((word | (word + 0x0606060606060606)) & 0xf0f0f0f0f0f0f0f0)
		return false;
	word = word * 10 + (word >> 8);
	*ret = ((word & 0x000000ff000000ff) * 0x000f424000000064 +
		(word >> 16 & 0x000000ff000000ff) * 0x0000271000000001) >>
	       32;
	return true;
#else
	(void)at;
	(void)ret;
	return false;
#endif
}

/*
 * Decimal digits at the back. The one number of a record that is always
 * needed: the last eight are taken at once, the few before them one by one.
 */
static bool drop_number(struct span *text, uint64_t *ret)
{
	uint64_t value = 0, scale = 1;
	size_t left = text->length;

	if (left >= 8 && eight_digits(text->at + left - 8, &value)) {
		left -= 8;
		scale = 100000000;
	}
	while (left && span_is_digit(text->at[left - 1])) {
		/* 19 digits fit; one more would be centuries of uptime. */
		if (text->length - left == 19)
			return false;
		value += (uint64_t)(text->at[left - 1] - '0') * scale;
		scale *= 10;
		left--;
	}
	if (left == text->length)
		return false;
	text->length = left;
	*ret = value;
	return true;
}

/*
 * ", ts 12 ns" and, behind it, ", free_ts 12 ns" at the back, both optional. A
 * copy on the web lacks the "n" of "ns", and page_owner_sort blanks the
 * number: ", ts  ns".
 */
static void drop_times(struct span *text, uint64_t *ret_ts)
{
	struct span rest = *text;
	uint64_t number;

	while (true) {
		if (!span_drop(&rest, SPAN(" ns")))
			span_drop(&rest, SPAN("s"));
		if (!drop_number(&rest, &number))
			number = TS_NONE;
		if (span_drop(&rest, SPAN(", ts "))) {
			*ret_ts = number;
			*text = rest;
			return;
		}
		if (!span_drop(&rest, SPAN(", free_ts ")))
			return;
		*text = rest;
	}
}

/* What is left between mask and times: "", ", pid 1", ", tgid 2 (x)" … */
static bool take_task(struct span text, struct owner_header *header)
{
	if (!text.length)
		return true;
	if (!span_take(&text, SPAN(", pid ")) ||
	    !take_digits(&text, &header->pid))
		return false;
	if (span_take(&text, SPAN(", tgid ")) &&
	    !take_digits(&text, &header->tgid))
		return false;
	if (!text.length)
		return true;
	/* The name is raw: it ends at the last ")" before the times. */
	if (!span_take(&text, SPAN(" (")) || !span_drop(&text, SPAN(")")))
		return false;
	header->comm = text;
	return text.length <= COMM_TEXT_MAX && !span_find(text, OWNER_HEADER);
}

static bool take_order(struct span *text, struct owner_header *header)
{
	size_t i;

	if (!take_digits(text, &header->order_text) ||
	    header->order_text.length > 2)
		return false;
	for (i = 0; i < header->order_text.length; i++)
		header->order = header->order * 10 +
				(unsigned)(header->order_text.at[i] - '0');
	return header->order <= ORDER_MAX;
}

/* "Page allocated via order N, mask 0x…(…)": what many records share. */
static bool take_front(struct span *text, struct owner_header *header)
{
	return span_take(text, OWNER_HEADER) && take_order(text, header) &&
	       span_take(text, SPAN(", mask ")) && take_mask(text, header);
}

static bool take_rest(struct span text, struct owner_header *header)
{
	header->ts_ns = TS_NONE;
	if (!text.length)
		return true;
	drop_times(&text, &header->ts_ns);
	return take_task(text, header);
}

bool owner_header_parse(struct span text, struct owner_header *ret)
{
	struct owner_header header = {0};
	struct span rest = text;

	if (!take_front(&rest, &header))
		return false;
	header.front = span_between(text.at, rest.at);
	if (!take_rest(rest, &header))
		return false;
	*ret = header;
	return true;
}

bool owner_header_parse_next(struct span text, struct owner_header *header)
{
	struct span front = header->front;

	if (!front.length || text.length <= front.length ||
	    text.at[front.length] != ',' ||
	    memcmp(text.at, front.at, front.length) != 0)
		return owner_header_parse(text, header);
	header->pid.length = header->tgid.length = header->comm.length = 0;
	return take_rest(span_skip(text, front.length), header);
}

bool owner_dump_parse(struct span text, struct owner_header *ret,
		      struct span *ret_type)
{
	struct owner_header header = {0};
	struct span rest = text, type;
	const char *comma;

	if (!span_take(&rest, SPAN("page ")))
		return false;
	span_take(&rest, SPAN("last "));
	if (!span_take(&rest, SPAN("allocated via order ")) ||
	    !take_order(&rest, &header) ||
	    !span_take(&rest, SPAN(", migratetype ")))
		return false;
	comma = span_find(rest, SPAN(", "));
	if (!comma)
		return false;
	type = span_between(rest.at, comma);
	rest = span_between(comma, span_end(rest));
	if (!span_take(&rest, SPAN(", gfp_mask ")) ||
	    !take_mask(&rest, &header))
		return false;
	header.front = span_between(text.at, rest.at);
	if (!take_rest(rest, &header))
		return false;
	*ret = header;
	*ret_type = type;
	return true;
}

/* "Movable" of "Movable Block "; false: no " Block " follows the word. */
static bool take_type(struct span *rest, struct span *ret)
{
	size_t n = 0;

	/* Nearly all are one of these: whole words are compared at once. */
	if (span_starts_with(*rest, SPAN("Movable Block ")))
		n = 7;
	else if (span_starts_with(*rest, SPAN("Unmovable Block ")))
		n = 9;
	else
		while (n < rest->length && rest->at[n] != ' ')
			n++;
	*ret = (struct span){rest->at, n};
	*rest = span_skip(*rest, n);
	return span_starts_with(*rest, SPAN(" Block "));
}

bool owner_page_parse(struct span line, struct owner_page *ret)
{
	struct span rest = line, type = {NULL, 0};
	uint64_t pfn;

	if (!span_take(&rest, SPAN("PFN ")))
		return false;
	if (!span_take_hex(&rest, &pfn) && !span_take_u64(&rest, &pfn))
		return false;
	/* Up to 4.5 the block comes first, and its type is a number. */
	if (span_take(&rest, SPAN(" type "))
		    ? !take_type(&rest, &type)
		    : !span_starts_with(rest, SPAN(" Block ")))
		return false;
	*ret = (struct owner_page){line, type, rest, pfn};
	return true;
}

/* "memcg NAME", "offline memcg NAME"; "offlined memcg NAME." early in 5.17 */
static bool take_memcg(struct span text, struct owner_trailer *trailer)
{
	bool early = span_take(&text, SPAN("offlined "));
	bool offline = early || span_take(&text, SPAN("offline "));

	if (!span_take(&text, SPAN("memcg ")))
		return false;
	if (early)
		span_drop(&text, SPAN("."));
	trailer->memcg = text;
	trailer->memcg_offline = offline;
	return true;
}

bool owner_trailer_line(struct span line, struct owner_trailer *ret)
{
	struct span digits;

	if (span_take(&line, SPAN("Charged to ")) ||
	    span_take(&line, SPAN("Charged (via objcg) to ")))
		return take_memcg(line, ret);
	if (span_equal(line, SPAN("Slab cache page"))) {
		ret->slab = true;
		return true;
	}
	if (span_take(&line, SPAN("handle: "))) {
		if (!take_digits(&line, &digits) || line.length)
			return false;
		ret->handle = digits;
		return true;
	}
	return span_take(
		       &line,
		       SPAN("Page has been migrated, last migrate reason: ")) &&
	       !span_find(line, SPAN(" "));
}

static unsigned page_evidence(const struct owner_page *page)
{
	struct span type = page->migratetype;

	/* Told by their length first: most are Movable or Unmovable. */
	if (type.length == 7 && memcmp(type.at, "Movable", 7) == 0)
		return EVIDENCE_MOVABLE;
	if (type.length == 11 && memcmp(type.at, "Reclaimable", 11) == 0)
		return EVIDENCE_RECLAIMABLE;
	return 0;
}

void owner_record_init(struct record *record, const struct owner_header *header,
		       const struct owner_page *page)
{
	record->count = 1;
	record->order = header->order;
	record->units = (uint64_t)1 << header->order;
	record->alloc_ts_ns = header->ts_ns;
	record->pfn = PFN_NONE;
	record->evidence = header->no_mask ? EVIDENCE_EARLY_MASK : 0;
	if (page) {
		record->pfn = page->pfn;
		record->page_line = page->line;
		record->evidence |= page_evidence(page);
	} else if (span_find(header->gfp, SPAN("__GFP_RECLAIMABLE"))) {
		record->evidence |= EVIDENCE_RECLAIMABLE;
	}
}

/* The word behind label, up to one of " |)" or the end. */
static struct span value_after(struct span line, struct span label)
{
	const char *at = span_find(line, label);
	struct span value;
	size_t n = 0;

	if (!at)
		return (struct span){NULL, 0};
	value = span_between(at + label.length, span_end(line));
	while (n < value.length && !memchr(" |)", value.at[n], 3))
		n++;
	return (struct span){value.at, n};
}

/* "Block 55 type Movable" */
static struct span pageblock_type(struct span line)
{
	const char *at = span_find(line, SPAN(" Block "));

	if (!at)
		return (struct span){NULL, 0};
	return value_after(span_between(at, span_end(line)), SPAN(" type "));
}

static void page_fields(struct record *record, field_set wanted,
			const struct owner_page *page)
{
	if (wanted & 1u << FIELD_MIGRATETYPE)
		record->fields[FIELD_MIGRATETYPE] = page->migratetype;
	if (wanted & 1u << FIELD_PAGEBLOCK)
		record->fields[FIELD_PAGEBLOCK] = pageblock_type(page->line);
	if (wanted & 1u << FIELD_NODE)
		record->fields[FIELD_NODE] =
			value_after(page->line, SPAN("node="));
	if (wanted & 1u << FIELD_ZONE)
		record->fields[FIELD_ZONE] =
			value_after(page->line, SPAN("zone="));
}

void owner_record_fields(struct record *record, field_set wanted,
			 const struct owner_header *header,
			 const struct owner_page *page,
			 const struct owner_trailer *trailer)
{
	record->memcg = trailer->memcg;
	record->memcg_offline = trailer->memcg_offline;
	if (trailer->slab)
		record->evidence |= EVIDENCE_SLAB_LINE;
	if (!wanted)
		return;
	record->fields[FIELD_COMM] = header->comm;
	record->fields[FIELD_PID] = header->pid;
	record->fields[FIELD_TGID] = header->tgid;
	record->fields[FIELD_ORDER] = header->order_text;
	record->fields[FIELD_GFP] = header->gfp;
	record->fields[FIELD_MEMCG] = trailer->memcg;
	if (page)
		page_fields(record, wanted, page);
}
