/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/junit_names.h"

#include <stdio.h>
#include <stdlib.h>

#include "output/bounded_line.h"
#include "output/finding_text.h"

/* "pageowl.function.leaky". A server takes the dots for those of packages:
 * one in the name of a module would be one more. */
static const char *make_class(const struct finding *finding,
			      struct arena *arena)
{
	char text[FINDING_TEXT_CAPACITY];
	struct bounded_line line;
	size_t module, i;

	bounded_line_init(&line, text, sizeof(text));
	bounded_line_put(&line, "pageowl.%s",
			 gate_subject_name(finding->subject));
	if (finding->module.length) {
		bounded_line_put(&line, ".");
		module = line.length;
		bounded_line_quote(&line, finding->module);
		for (i = module; text[i]; i++)
			if (text[i] == '.' || text[i] == '/')
				text[i] = '_';
	}
	return arena_string(arena, span_of(text));
}

static const char *make_name(const struct finding *finding, struct arena *arena)
{
	char text[FINDING_TEXT_CAPACITY];

	return arena_string(arena, span_of(finding_title(finding, text)));
}

static const char *make_longer(const char *name, const struct finding *finding,
			       struct arena *arena)
{
	char text[2 * FINDING_TEXT_CAPACITY];
	struct bounded_line line;

	bounded_line_init(&line, text, sizeof(text));
	bounded_line_put(&line, "%s (", name);
	if (finding->rule)
		bounded_line_quote(&line, finding->rule->text);
	else
		bounded_line_put(&line, "exceeded");
	bounded_line_put(&line, ", %s)", finding->fingerprint);
	return arena_string(arena, span_of(text));
}

static int compare_names(const void *a, const void *b)
{
	const struct junit_name *const *x = a, *const *y = b;
	int order = strcmp((*x)->class, (*y)->class);

	return order ? order : strcmp((*x)->name, (*y)->name);
}

/* Names that are the same stand side by side in sorted. */
static bool tell_apart(const struct gate_result *gate, struct junit_name *names,
		       struct junit_name **sorted, struct arena *arena)
{
	size_t i, begin, end;

	for (begin = 0; begin < gate->finding_count; begin = end) {
		end = begin + 1;
		while (end < gate->finding_count &&
		       compare_names(&sorted[begin], &sorted[end]) == 0)
			end++;
		for (i = begin; end - begin > 1 && i < end; i++) {
			size_t at = (size_t)(sorted[i] - names);

			names[at].name = make_longer(
				names[at].name, &gate->findings[at], arena);
			if (!names[at].name)
				return false;
		}
	}
	return true;
}

/* In the order of findings where names are the same. */
static int compare_order(const void *a, const void *b)
{
	const struct junit_name *const *x = a, *const *y = b;
	int order = compare_names(a, b);

	return order ? order : (*x > *y) - (*x < *y);
}

/* "name #2". As long as it needs: one that was cut could be the same again. */
static const char *make_numbered(const char *name, size_t number,
				 struct arena *arena)
{
	size_t room = strlen(name) + 24;
	char *text = arena_alloc(arena, room);

	if (text)
		snprintf(text, room, "%s #%zu", name, number);
	return text;
}

/*
 * What is the same still has the same rule, or names that were made to look
 * so: then a number may make it what another is called already. Each round
 * settles the first of a name for good, so that it ends.
 */
static bool number_same(struct junit_name **sorted, size_t count,
			struct arena *arena, bool *ret_again)
{
	const struct junit_name *first;
	size_t number = 1, i;

	*ret_again = false;
	qsort(sorted, count, sizeof(*sorted), compare_order);
	for (i = 1, first = count ? sorted[0] : NULL; i < count; i++) {
		if (compare_names(&first, &sorted[i]) != 0) {
			first = sorted[i];
			number = 1;
			continue;
		}
		*ret_again = true;
		sorted[i]->name =
			make_numbered(sorted[i]->name, ++number, arena);
		if (!sorted[i]->name)
			return false;
	}
	return true;
}

bool junit_names_make(const struct gate_result *gate, struct arena *arena,
		      struct junit_name **ret, struct error *err)
{
	size_t count = gate->finding_count, i;
	struct junit_name **sorted, *names;
	bool again = true;

	names = arena_alloc(arena, (count + 1) * sizeof(*names));
	sorted = arena_alloc(arena, (count + 1) * sizeof(*sorted));
	if (!names || !sorted)
		return error_no_memory(err);
	for (i = 0; i < count; i++) {
		names[i].class = make_class(&gate->findings[i], arena);
		names[i].name = make_name(&gate->findings[i], arena);
		sorted[i] = &names[i];
		if (!names[i].class || !names[i].name)
			return error_no_memory(err);
	}
	qsort(sorted, count, sizeof(*sorted), compare_names);
	if (!tell_apart(gate, names, sorted, arena))
		return error_no_memory(err);
	while (again)
		if (!number_same(sorted, count, arena, &again))
			return error_no_memory(err);
	*ret = names;
	return true;
}
