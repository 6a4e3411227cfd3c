/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/vmallocinfo: the areas of the kernel's vmalloc range.
 *
 *   "0x%pK-0x%pK %7ld[ CALLER][ pages=%d][ phys=…][ ioremap][ sparse][ vmalloc]
 *    [ vmap][ user][ dma-coherent][ vpages][ N%u=%u]…"
 *   "0x%pK-0x%pK %7ld vm_map_ram"
 *   "0x%pK-0x%pK %7ld unpurged vm_area"           4.15 and newer
 *
 * (mm/vmalloc.c, 3.19 to 7.1). "phys=" is "%llx" up to 4.x, then "%pa", which
 * has 0x. The size is that of the range, with the guard page behind it; RAM is
 * what "pages=" says. It is printed as it is for vmap(), too: its pages may be
 * owned, and counted, elsewhere, which the kind tells. Ranges that were freed
 * and wait for their flush (unpurged) have no pages.
 *
 * Addresses may be hashed, all zeros, or "(____ptrval____)": nothing is made of
 * them. They were in order up to 6.8; it does not matter.
 */
#include "formats/format.h"
#include "formats/frame_text.h"
#include "formats/log_prefix.h"
#include "formats/sniff_line.h"
#include "formats/text_cursor.h"
#include "model/stack_class.h"

/* 1024 nodes (MAX_NUMNODES) with a comma each. */
#define NODES_MAX 8192
/* As frames can be long: KSYM_NAME_LEN is 512 since 6.1. */
#define CALLER_MAX 4096

/* Pages of 4 KiB to 256 KiB are what Linux has. */
#define PAGE_SHIFT_MIN 12
#define PAGE_SHIFT_MAX 18

/* Those with pages of an area: "0,1". */
struct nodes {
	size_t length;
	char text[NODES_MAX];
};

struct vmallocinfo {
	uint64_t line;
	/* Areas that have a size of (pages + 1) << shift. */
	uint64_t votes[PAGE_SHIFT_MAX + 1];
	struct nodes nodes; /* of the line read now */
	char stack[CALLER_MAX + 2];
};

struct area {
	uint64_t size, pages;
	struct span caller, kind;
};

static const struct span kinds[] = {
	{"vmalloc", 7},	    {"vmap", 4},   {"ioremap", 7},
	{"vm_map_ram", 10}, {"sparse", 6}, {"dma-coherent", 12},
	{"user", 4},
};

static void skip_spaces(struct span *line)
{
	while (span_take(line, SPAN(" ")))
		;
}

static bool is_hex(char c)
{
	return span_hex_digit(c) >= 0;
}

/*
 * "0xffffc90000000000", "0x(____ptrval____)"; 4.15 pads "(ptrval)" on the left.
 */
static bool take_address(struct span *line)
{
	struct span rest = *line;
	size_t digits = 0;

	if (span_take(&rest, SPAN("0x"))) {
		while (digits < rest.length && is_hex(rest.at[digits]))
			digits++;
		if (digits >= 4 && digits <= 16) {
			*line = span_skip(rest, digits);
			return true;
		}
		skip_spaces(&rest);
	}
	if (!span_take(&rest, SPAN("(____ptrval____)")) &&
	    !span_take(&rest, SPAN("(ptrval)")))
		return false;
	*line = rest;
	return true;
}

static bool take_range(struct span *line)
{
	return take_address(line) && span_take(line, SPAN("-")) &&
	       take_address(line) && span_take(line, SPAN(" "));
}

static struct span take_word(struct span *line)
{
	struct span word;
	const char *end;

	skip_spaces(line);
	end = line->length ? memchr(line->at, ' ', line->length) : NULL;
	word = end ? span_between(line->at, end) : *line;
	*line = span_skip(*line, word.length);
	return word;
}

static const struct span *find_kind(struct span word)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (span_equal(word, kinds[i]))
			return &kinds[i];
	return NULL;
}

/* "symbol+0x1/0x2", or a bare address: with 0x, or hashed without. */
static bool is_caller(struct span word)
{
	size_t i;

	if (frame_text_is_whole(word))
		return true;
	for (i = 0; i < word.length && is_hex(word.at[i]); i++)
		;
	return i == word.length && (i == 8 || i == 16);
}

/* The caller, with "[module]" behind it, at the front of line. */
static void take_caller(struct span *line, struct area *area)
{
	struct span rest = *line, word = take_word(&rest), module;

	if (!is_caller(word) || word.length > CALLER_MAX)
		return;
	area->caller = word;
	*line = rest;
	module = take_word(&rest);
	if (module.length < 3 || module.at[0] != '[' ||
	    span_end(module)[-1] != ']' ||
	    span_end(module) - word.at > CALLER_MAX)
		return;
	area->caller = span_between(word.at, span_end(module));
	*line = rest;
}

static void add_node(struct nodes *nodes, struct span number)
{
	if (number.length + 1 > NODES_MAX - nodes->length)
		return;
	if (nodes->length)
		nodes->text[nodes->length++] = ',';
	memcpy(nodes->text + nodes->length, number.at, number.length);
	nodes->length += number.length;
}

/* "N1=32": how many of the pages are of node 1. */
static void take_node(struct span word, struct nodes *nodes)
{
	struct span number = word;
	uint64_t node, pages;

	if (!span_take(&number, SPAN("N")))
		return;
	word = number;
	if (!span_take_u64(&word, &node))
		return;
	number = span_between(number.at, word.at);
	if (span_take(&word, SPAN("=")) && span_take_u64(&word, &pages) &&
	    !word.length && pages)
		add_node(nodes, number);
}

/*
 * Words of kernels to come begin with a letter. A number, or another caller, is
 * of a line that was glued to one that had been cut.
 */
static bool is_word(struct span word)
{
	char first = word.at[0] | 0x20;

	return (first == '(' || (first >= 'a' && first <= 'z')) &&
	       !memchr(word.at, '+', word.length) &&
	       !span_find(word, SPAN("-0x"));
}

static bool take_detail(struct span word, struct area *area,
			struct nodes *nodes)
{
	const struct span *kind = find_kind(word);

	if (kind) {
		if (!area->kind.length)
			area->kind = *kind;
		return true;
	}
	if (span_take(&word, SPAN("pages=")))
		return span_take_u64(&word, &area->pages) && !word.length;
	if (nodes)
		take_node(word, nodes);
	return is_word(word);
}

/* nodes may be NULL. */
static bool parse_area(struct span line, struct area *ret, struct nodes *nodes)
{
	struct area area = {.size = 0};
	struct span word;

	if (nodes)
		nodes->length = 0;
	if (!take_range(&line))
		return false;
	skip_spaces(&line);
	if (!span_take_u64(&line, &area.size) ||
	    (line.length && line.at[0] != ' '))
		return false;
	take_caller(&line, &area);
	word = line;
	if (span_take(&word, SPAN(" unpurged vm_area"))) {
		area.kind = SPAN("unpurged vm_area");
		line = word;
	}
	while ((word = take_word(&line)).length)
		if (!take_detail(word, &area, nodes))
			return false;
	*ret = area;
	return true;
}

/* vmalloc() takes a page more than it was asked for, as a guard. */
static void learn_page_size(struct vmallocinfo *state, const struct area *area)
{
	unsigned shift;

	if (!area->pages || area->pages > UINT32_MAX)
		return;
	for (shift = PAGE_SHIFT_MIN; shift <= PAGE_SHIFT_MAX; shift++)
		if (area->size == (area->pages + 1) << shift)
			state->votes[shift]++;
}

/* What most of the areas that tell something agree on. */
static uint64_t page_size(const struct vmallocinfo *state)
{
	unsigned shift, best = 0;
	uint64_t all = 0;

	for (shift = PAGE_SHIFT_MIN; shift <= PAGE_SHIFT_MAX; shift++) {
		all += state->votes[shift];
		if (state->votes[shift] > state->votes[best])
			best = shift;
	}
	return state->votes[best] * 2 > all ? (uint64_t)1 << best : 0;
}

static struct span build_stack(struct vmallocinfo *state, struct span caller)
{
	if (!caller.length)
		return (struct span){state->stack, 0};
	state->stack[0] = ' ';
	memcpy(state->stack + 1, caller.at, caller.length);
	state->stack[caller.length + 1] = '\n';
	return (struct span){state->stack, caller.length + 2};
}

static bool deliver(struct vmallocinfo *state, const struct area *area,
		    struct sink *sink, struct error *err)
{
	struct record record = {
		.stack = build_stack(state, area->caller),
		.count = 1,
		.units = area->pages,
		.alloc_ts_ns = TS_NONE,
		.pfn = PFN_NONE,
		.line = state->line,
		.evidence = EVIDENCE_VMALLOC,
		.fields[FIELD_KIND] = area->kind,
	};

	if (sink->wanted & 1u << FIELD_NODE)
		record.fields[FIELD_NODE] =
			(struct span){state->nodes.text, state->nodes.length};
	learn_page_size(state, area);
	return sink->record(sink, &record, err);
}

static void damage(const struct vmallocinfo *state, struct sink *sink,
		   struct span found, bool stray)
{
	const struct damage damage = {
		.line = state->line,
		.expected = "\"0x<start>-0x<end> <size> <caller> …\"",
		.found = found,
		.stray = stray,
	};

	sink->damage(sink, &damage);
}

static bool is_area_start(struct span line)
{
	return span_starts_with(line, SPAN("0x")) || take_range(&line);
}

/* Where a second area begins in line, or NULL: the first was cut, and glued. */
static const char *find_glued(struct span line)
{
	struct span rest = line;
	const char *at;

	while ((at = span_find(rest, SPAN("-0x")))) {
		const char *begin = at;
		struct span glued;

		while (begin > line.at && is_hex(begin[-1]))
			begin--;
		begin -= begin - line.at > 2 ? 2 : begin - line.at;
		glued = span_between(begin, span_end(line));
		if (begin > line.at && take_range(&glued))
			return begin;
		rest = span_between(at + 3, span_end(line));
	}
	return NULL;
}

/* False: line is no whole area. */
static bool parse_whole(struct vmallocinfo *state, struct span line, bool ended,
			struct area *ret)
{
	struct area area;

	/* Where the input was cut: the kind stands behind what is counted. */
	if (!parse_area(line, &area, &state->nodes) ||
	    (!ended && !area.kind.length))
		return false;
	*ret = area;
	return true;
}

/* ended: a newline stands behind it. */
static bool read_line(struct vmallocinfo *state, struct span line, bool ended,
		      struct sink *sink, struct error *err)
{
	const char *glued;
	struct area area;

	if (frame_text_is_blank(line))
		return true;
	if (parse_whole(state, line, ended, &area))
		return deliver(state, &area, sink, err);
	glued = find_glued(line);
	damage(state, sink, line, !glued && !is_area_start(line));
	if (!glued)
		return true;
	line = span_between(glued, span_end(line));
	if (parse_whole(state, line, ended, &area))
		return deliver(state, &area, sink, err);
	damage(state, sink, line, false);
	return true;
}

static bool vmallocinfo_block(void *context, struct span lines,
			      struct sink *sink, struct error *err)
{
	struct vmallocinfo *state = context;
	struct text_cursor cursor = {
		.rest = lines,
		.line = state->line,
		.prefixed = true,
	};
	struct span line;

	while (text_cursor_next(&cursor, &line)) {
		bool ended = cursor.rest.at != span_end(cursor.raw);

		state->line = cursor.line;
		if (!read_line(state, line, ended, sink, err))
			return false;
	}
	return true;
}

static bool vmallocinfo_finish(void *context, enum ending ending,
			       struct sink *sink, struct error *err)
{
	struct vmallocinfo *state = context;

	(void)ending;
	(void)err;
	sink->lines = state->line;
	sink->page_size = page_size(state);
	return true;
}

/* A range and a size alone may be of anything. */
static bool is_decisive(struct span line)
{
	struct area area;

	return parse_area(line, &area, NULL) && area.kind.length;
}

static bool decides(struct span head, struct span line)
{
	(void)head;
	span_drop(&line, SPAN("\r"));
	return is_decisive(span_skip(line, log_prefix_length(line)));
}

static const char *vmallocinfo_sniff(struct span head)
{
	const char *at = sniff_line(head, SPAN("-0x"), decides);
	const char *hidden =
		sniff_line(span_between(head.at, at ? at : span_end(head)),
			   SPAN("ptrval"), decides);

	return hidden ? hidden : at;
}

static const char *const vmallocinfo_paths[] = {
	"proc/vmallocinfo",
	"vmallocinfo",
	NULL,
};

const struct format format_vmallocinfo = {
	.name = "vmallocinfo",
	.title = "/proc/vmallocinfo: pages by who called vmalloc()",
	.state_size = sizeof(struct vmallocinfo),
	.paths = vmallocinfo_paths,
	.noun = "area",
	.unit = UNIT_PAGE,
	.identity = 1u << FIELD_KIND,
	.sniff = vmallocinfo_sniff,
	.block = vmallocinfo_block,
	.finish = vmallocinfo_finish,
};
