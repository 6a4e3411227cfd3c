/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate/finding_list.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/table.h"
#include "model/stack_names.h"

void finding_name(struct finding *finding, const struct judged_row *row)
{
	finding->report = row->report;
	finding->row = row->row;
	finding->function = row->row->function;
	finding->module = row->row->module;
	finding->cache = judged_cache(row->report, row->row);
	if (!row->row->mixed)
		finding->category = category_info(row->row->category)->name;
}

void finding_set_growth(struct finding *finding, const struct growth *growth)
{
	finding->bytes = growth->bytes;
	finding->records = growth->records;
	finding->before_bytes = growth->before_bytes;
	finding->after_bytes = growth->after_bytes;
	finding->bytes_known = growth->bytes_known;
	finding->unsized = growth->unsized;
	finding->rows = growth->rows;
}

/* ---- fingerprints ---- */

/* An address is another one in each boot. */
static struct span lasting_function(const struct finding *finding)
{
	const struct frame *blamed = NULL;

	if (finding->row && finding->row->stack)
		blamed = stack_blamed(finding->row->stack);
	return blamed && frame_is_address(blamed) && finding->function.length
		       ? SPAN("?")
		       : finding->function;
}

/* Each text with its end: "a", "bc" is not "ab", "c". */
static void put(char **at, struct span text)
{
	if (text.length)
		memcpy(*at, text.at, text.length);
	*at += text.length;
	*(*at)++ = '\0';
}

/* Parts of the text that a fingerprint is taken of. */
struct fingerprint_text {
	struct span parts[SUPPRESSION_FRAMES_MAX + 8];
	size_t count;
};

static void add_part(struct fingerprint_text *text, struct span part)
{
	text->parts[text->count++] = part;
}

/* An entry that is exceeded stays the same, whatever it takes. */
static void add_suppression(struct fingerprint_text *text,
			    const struct suppression *suppression)
{
	size_t i;

	add_part(text, SPAN("exceeded"));
	for (i = 0; i < suppression->frame_count; i++)
		add_part(text, suppression->frames[i]);
	add_part(text, suppression->module);
	add_part(text, suppression->category);
	add_part(text, suppression->cache);
	add_part(text,
		 suppression->unaccounted ? SPAN("unaccounted") : SPAN(""));
}

static bool add_names(struct fingerprint_text *text,
		      const struct finding *finding, bool several,
		      struct arena *arena)
{
	struct span names = SPAN("");

	if (finding->subject == GATE_STACK && finding->row &&
	    !stack_names(arena, finding->row->stack, &names))
		return false;
	add_part(text, span_of(gate_subject_name(finding->subject)));
	add_part(text, lasting_function(finding));
	add_part(text, finding->module);
	add_part(text, finding->cache);
	add_part(text,
		 finding->category ? span_of(finding->category) : SPAN(""));
	add_part(text, several ? SPAN("several") : SPAN(""));
	add_part(text, names);
	return true;
}

static bool take_fingerprint(struct finding *finding, bool several,
			     struct arena *arena, struct error *err)
{
	struct fingerprint_text made = {.count = 0};
	size_t length = 0, i;
	char *text, *at;

	if (finding->state == FINDING_EXCEEDED)
		add_suppression(&made, finding->suppression);
	else if (!add_names(&made, finding, several, arena))
		return error_no_memory(err);
	for (i = 0; i < made.count; i++)
		length += made.parts[i].length + 1;
	text = at = arena_alloc(arena, length);
	if (!text)
		return error_no_memory(err);
	for (i = 0; i < made.count; i++)
		put(&at, made.parts[i]);
	snprintf(finding->fingerprint, sizeof(finding->fingerprint),
		 "%016" PRIx64, (uint64_t)XXH3_64bits(text, length));
	return true;
}

/* ---- the list ---- */

static bool make_room(struct finding_list *list, struct arena *arena)
{
	size_t capacity = list->capacity ? 2 * list->capacity : 16;
	struct finding *larger;

	if (list->count < list->capacity)
		return true;
	larger = arena_alloc(arena, capacity * sizeof(*larger));
	if (!larger)
		return false;
	if (list->count)
		memcpy(larger, list->findings, list->count * sizeof(*larger));
	list->findings = larger;
	list->capacity = capacity;
	return true;
}

bool finding_list_add(struct finding_list *list, struct arena *arena,
		      const struct finding *finding, bool several,
		      struct error *err)
{
	struct finding made = *finding;

	if (!take_fingerprint(&made, several, arena, err))
		return false;
	if (!make_room(list, arena))
		return error_no_memory(err);
	list->findings[list->count++] = made;
	return true;
}

/* ---- the order ---- */

static int compare_i64(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare_names(const struct finding *a, const struct finding *b)
{
	int order = span_compare(a->function, b->function);

	if (order == 0)
		order = span_compare(a->module, b->module);
	if (order == 0)
		order = span_compare(a->cache, b->cache);
	if (order == 0)
		order = strcmp(a->category ? a->category : "",
			       b->category ? b->category : "");
	if (order == 0 && a->row && b->row)
		order = span_compare(a->row->stack->text, b->row->stack->text);
	if (order == 0 && a->row && b->row)
		order = span_compare(a->row->detail, b->row->detail);
	return order;
}

/* Both point into one array, or at nothing. */
static int compare_places(const void *a, const void *b)
{
	return ((uintptr_t)a > (uintptr_t)b) - ((uintptr_t)a < (uintptr_t)b);
}

static int compare_findings(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int order = (a->state == FINDING_SUPPRESSED) -
		    (b->state == FINDING_SUPPRESSED);

	if (order == 0)
		order = -compare_i64(a->bytes, b->bytes);
	if (order == 0)
		order = -compare_i64(a->records, b->records);
	if (order == 0)
		order = compare_i64(a->subject, b->subject);
	if (order == 0)
		order = compare_names(a, b);
	if (order == 0)
		order = compare_places(a->rule, b->rule);
	return order ? order : compare_places(a->suppression, b->suppression);
}

static int compare_fingerprints(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int order = strcmp(a->fingerprint, b->fingerprint);

	if (order == 0)
		order = compare_places(a->rule, b->rule);
	return order ? order : compare_names(a, b);
}

/*
 * Stacks of the same functions, at other places in these, and sites of one
 * function are told apart by their order, which lasts as long as the build.
 */
static void tell_apart(struct finding *findings, size_t count)
{
	char text[64], first[sizeof(findings->fingerprint)] = "";
	const struct gate_rule *rule = NULL;
	size_t same = 0, i;
	int length;

	for (i = 0; i < count; i++) {
		struct finding *finding = &findings[i];

		if (strcmp(finding->fingerprint, first) != 0 ||
		    finding->rule != rule) {
			memcpy(first, finding->fingerprint, sizeof(first));
			rule = finding->rule;
			same = 0;
			continue;
		}
		length = snprintf(text, sizeof(text), "%s#%zu", first, ++same);
		snprintf(finding->fingerprint, sizeof(finding->fingerprint),
			 "%016" PRIx64,
			 (uint64_t)XXH3_64bits(text, (size_t)length));
	}
}

void finding_list_sort(struct finding_list *list)
{
	if (!list->count)
		return;
	qsort(list->findings, list->count, sizeof(*list->findings),
	      compare_fingerprints);
	tell_apart(list->findings, list->count);
	qsort(list->findings, list->count, sizeof(*list->findings),
	      compare_findings);
}
