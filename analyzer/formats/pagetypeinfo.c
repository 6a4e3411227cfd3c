/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/pagetypeinfo (mm/vmstat.c, 2.6.24 and newer; for root only since 5.4):
 * of each node
 *
 *   "Page block order: 9"
 *   "Pages per block:  512"
 *
 *   "Free pages count per migrate type at order       0      1      2 …"
 *   "Node    0, zone   Normal, type    Unmovable      3      1 >100000 …"
 *
 *   "Number of blocks type     Unmovable      Movable  Reclaimable …"
 *   "Node 0, zone   Normal           12          466            6 …"
 *
 *   "Number of mixed blocks    Unmovable …"	with page_owner=on
 *
 * The scope is "node 0 zone Normal type Unmovable", the names "order 0" to
 * "order N" for free blocks, as in buddyinfo, "blocks" and "mixed blocks". The
 * kernel stops counting a list at 100000 (5.4 and newer): there are more, which
 * the name "order 0 at least" tells. How many orders and types there are, and
 * what they are called ("Reserve" up to 4.3), is the kernel's.
 *
 * Rows are too long for mail: numbers alone, or types alone, are the rest of
 * the line before.
 */
#include "formats/count_remark.h"
#include "formats/free_blocks.h"

#define EXPECTED_FREE	"\"Node <number>, zone <name>, type <name> <number>\""
#define EXPECTED_BLOCKS "\"Node <number>, zone <name> <number>...\""

/* Kernels have six. */
#define TYPES_MAX 16
#define TYPE_MAX  32

#define BLOCKS SPAN("Number of blocks type")
#define MIXED  SPAN("Number of mixed blocks")
#define TITLE  SPAN("Free pages count per migrate type")

enum last_line {
	LAST_OTHER,
	LAST_TITLE, /* of the free blocks: numbers follow */
	LAST_FREE,
	LAST_TYPES, /* the head of a table of blocks */
	LAST_BLOCKS,
};

struct pagetypeinfo {
	struct counter_text text;
	enum last_line last; /* what the line before was */
	/* Of the head of the table read now. */
	const char *table; /* "blocks" or "mixed blocks"; NULL: none */
	size_t type_count;
	size_t type_lengths[TYPES_MAX];
	char types[TYPES_MAX][TYPE_MAX];
	/* Of the row that was read last. */
	struct counter_scope scope;
	unsigned next;	  /* order, or type, that it goes on with */
	uint64_t capped;  /* counts that the kernel broke off */
	uint64_t head[2]; /* block order and pages, not handed on yet */
	bool has_head[2];
	uint64_t given[2]; /* handed on before */
};

static const char *const head_names[] = {"block order", "pages per block"};

/* ---- the head of a node ---- */

static bool take_head(struct span line, struct pagetypeinfo *state)
{
	static const struct span labels[] = {{"Page block order:", 17},
					     {"Pages per block:", 16}};
	size_t i;

	for (i = 0; i < 2; i++) {
		struct span rest = line;
		uint64_t value;

		if (!span_take(&rest, labels[i]))
			continue;
		span_take_blanks(&rest);
		if (!span_take_u64(&rest, &value) || rest.length)
			return false;
		state->head[i] = value;
		state->has_head[i] = value != state->given[i];
		return true;
	}
	return false;
}

/*
 * Each node prints the same. Rows tell one snapshot from the next, so that
 * these go behind the first of them.
 */
static bool give_head(struct counter_text *text, struct pagetypeinfo *state)
{
	size_t i;

	for (i = 0; i < 2; i++) {
		if (!state->has_head[i])
			continue;
		state->has_head[i] = false;
		state->given[i] = state->head[i];
		if (!counter_text_give(text, SPAN(""), span_of(head_names[i]),
				       state->head[i],
				       i == 0 ? COUNTER_NUMBER : COUNTER_PAGES))
			return false;
	}
	return true;
}

/* ---- free blocks ---- */

/* "Node    0, zone   Normal, type    Unmovable"; the numbers are left. */
static bool take_free_scope(struct span *line, struct counter_scope *scope)
{
	struct span type;

	return free_blocks_take_zone(line, scope) &&
	       span_take(line, SPAN(", type")) && span_take_blanks(line) &&
	       span_take_word(line, &type) && counter_text_is_clean(type) &&
	       counter_scope_add(scope, SPAN(" type ")) &&
	       counter_scope_add(scope, type);
}

static bool give_free(struct counter_text *text, struct pagetypeinfo *state,
		      const struct free_blocks *blocks)
{
	unsigned i;

	for (i = 0; i < blocks->orders; i++)
		state->capped += blocks->more[i];
	state->last = LAST_FREE;
	return free_blocks_give(text, counter_scope_span(&state->scope), blocks,
				&state->next) &&
	       give_head(text, state);
}

/* ---- tables of blocks ---- */

static bool add_types(struct pagetypeinfo *state, struct span names)
{
	struct span name;

	while (span_take_blanks(&names), names.length) {
		if (state->type_count == TYPES_MAX ||
		    !span_take_word(&names, &name) || name.length > TYPE_MAX ||
		    span_is_digit(name.at[0]) || !counter_text_is_clean(name))
			return false;
		memcpy(state->types[state->type_count], name.at, name.length);
		state->type_lengths[state->type_count++] = name.length;
	}
	return true;
}

static bool take_types(struct counter_text *text, struct pagetypeinfo *state,
		       struct span names)
{
	if (add_types(state, names)) {
		state->last = LAST_TYPES;
		return true;
	}
	state->table = NULL;
	return counter_text_skip(text, "\"Number of blocks type <name>...\"");
}

/* Numbers of the types that come next; of more than there are, none. */
static bool give_blocks(struct counter_text *text, struct pagetypeinfo *state,
			const struct free_blocks *blocks)
{
	size_t i;

	if (blocks->orders > state->type_count - state->next)
		return counter_text_skip(text, "a number for each type");
	for (i = 0; i < blocks->orders; i++, state->next++) {
		struct counter_scope scope = state->scope;
		struct span type = {state->types[state->next],
				    state->type_lengths[state->next]};

		if (!counter_scope_add(&scope, SPAN(" type ")) ||
		    !counter_scope_add(&scope, type))
			return counter_text_skip(text, "a shorter name");
		if (!counter_text_give(text, counter_scope_span(&scope),
				       span_of(state->table), blocks->counts[i],
				       COUNTER_NUMBER))
			return false;
	}
	state->last = LAST_BLOCKS;
	return give_head(text, state);
}

/* ---- lines ---- */

static bool take_row(struct counter_text *text, struct pagetypeinfo *state,
		     struct span line)
{
	struct free_blocks blocks;
	struct span rest = line;
	bool is_free = span_find(line, SPAN(", type")) != NULL;

	state->scope.length = 0;
	state->next = 0;
	if (is_free) {
		if (!take_free_scope(&rest, &state->scope) ||
		    !free_blocks_parse(rest, true, &blocks))
			return counter_text_skip(text, EXPECTED_FREE);
		return give_free(text, state, &blocks);
	}
	if (!state->table || !free_blocks_take_zone(&rest, &state->scope) ||
	    !free_blocks_parse(rest, false, &blocks))
		return counter_text_skip(text, EXPECTED_BLOCKS);
	return give_blocks(text, state, &blocks);
}

/* The rest of the line before, as mail has it. */
static bool take_rest(struct counter_text *text, struct pagetypeinfo *state,
		      struct span line, enum last_line last, bool *ret_taken)
{
	struct free_blocks blocks;

	*ret_taken = true;
	if (last == LAST_TYPES && add_types(state, line)) {
		state->last = LAST_TYPES;
		return true;
	}
	if (last == LAST_TITLE && free_blocks_parse(line, false, &blocks))
		return true;
	if (last == LAST_FREE && free_blocks_parse(line, true, &blocks))
		return give_free(text, state, &blocks);
	if (last == LAST_BLOCKS && state->table &&
	    free_blocks_parse(line, false, &blocks))
		return give_blocks(text, state, &blocks);
	*ret_taken = false;
	return true;
}

static bool take_line(struct counter_text *text, struct span line)
{
	struct pagetypeinfo *state = (struct pagetypeinfo *)text;
	enum last_line last = state->last;
	bool taken;

	state->last = LAST_OTHER;
	span_take_blanks(&line);
	if (take_head(line, state))
		return true;
	if (span_starts_with(line, TITLE)) {
		state->last = LAST_TITLE;
		return true;
	}
	if (span_take(&line, BLOCKS) || span_take(&line, MIXED)) {
		state->table = span_ends_with((struct span){line.at - 6, 6},
					      SPAN("blocks"))
				       ? "mixed blocks"
				       : "blocks";
		state->type_count = 0;
		return take_types(text, state, line);
	}
	if (span_starts_with(line, SPAN("Node ")))
		return take_row(text, state, line);
	if (!take_rest(text, state, line, last, &taken))
		return false;
	return taken || counter_text_stray(text, EXPECTED_FREE);
}

static bool pagetypeinfo_block(void *context, struct span lines,
			       struct sink *sink, struct error *err)
{
	struct pagetypeinfo *state = context;

	return counter_text_block(&state->text, "pagetypeinfo", take_line,
				  lines, sink, err);
}

static bool pagetypeinfo_finish(void *context, enum ending ending,
				struct sink *sink, struct error *err)
{
	struct pagetypeinfo *state = context;

	count_remark(sink, state->capped,
		     "count was broken off by the kernel: there are more "
		     "blocks than it says",
		     "counts were broken off by the kernel: there are more "
		     "blocks than they say");
	return counter_text_finish(&state->text, ending, sink, err);
}

static bool decides(struct span line, struct span rest)
{
	struct counter_scope scope = {0};
	struct free_blocks blocks;
	struct span number = line;
	uint64_t order;

	(void)rest;
	span_take_blanks(&line);
	number = line;
	if (span_take(&number, SPAN("Page block order: ")))
		return span_take_u64(&number, &order) && !number.length;
	return take_free_scope(&line, &scope) &&
	       free_blocks_parse(line, true, &blocks);
}

static const char *pagetypeinfo_sniff(struct span head)
{
	const char *at = counter_text_find(head, "pagetypeinfo",
					   SPAN("Page block order: "), decides);
	const char *row = counter_text_find(
		span_between(head.at, at ? at : span_end(head)), "pagetypeinfo",
		SPAN(", type "), decides);

	return row ? row : at;
}

static const char *const paths[] = {"proc/pagetypeinfo", "pagetypeinfo", NULL};

/* Its rows of block types are of the same shape. */
static const char *const inner[] = {"buddyinfo", NULL};

const struct format format_pagetypeinfo = {
	.name = "pagetypeinfo",
	.title = "/proc/pagetypeinfo: free blocks by migrate type and order",
	.state_size = sizeof(struct pagetypeinfo),
	.paths = paths,
	.inner = inner,
	.counts = true,
	.sniff = pagetypeinfo_sniff,
	.block = pagetypeinfo_block,
	.finish = pagetypeinfo_finish,
};
