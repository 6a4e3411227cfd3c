/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/symbol_gaps.h"

#include <stdio.h>
#include <string.h>

#include "base/quote.h"

#define NAMES_SHOWN 5

bool symbol_gaps_is_made(struct span module)
{
	return span_equal(module, SPAN("bpf")) ||
	       span_equal(module, SPAN("ftrace")) ||
	       span_starts_with(module, SPAN("__builtin__"));
}

static void add_module(struct symbol_gaps *gaps, const char *module)
{
	size_t i;

	for (i = 0; i < gaps->module_count && i < SYMBOL_GAPS_NAMES; i++)
		if (strcmp(gaps->modules[i], module) == 0)
			return;
	if (i < SYMBOL_GAPS_NAMES)
		gaps->modules[i] = module;
	gaps->module_count++;
}

/* Whether frames lack a line for lack of a file: of what was kept from another
 * run some may have one, and a file without debug information has none. */
static bool lacks(const struct symbolizer_object *object)
{
	if (!object->frames || object->refused || object->told)
		return false;
	return object->path ? !object->resolved
			    : object->cached < object->frames;
}

void symbol_gaps_add(struct symbol_gaps *gaps, struct symbolizer *symbolizer,
		     bool (*wants)(void *context, const char *module),
		     void *context)
{
	struct symbolizer_object object;
	size_t i;

	for (i = 0; symbolizer_object(symbolizer, i, &object); i++) {
		if (!lacks(&object) ||
		    (wants && !wants(context, object.module)))
			continue;
		if (!object.module)
			gaps->kernel = true;
		else if (!symbol_gaps_is_made(span_of(object.module)))
			add_module(gaps, object.module);
	}
}

bool symbol_gaps_any(const struct symbol_gaps *gaps)
{
	return gaps->kernel || gaps->module_count;
}

void symbol_gaps_text(const struct symbol_gaps *gaps,
		      char ret[SYMBOL_GAPS_CAPACITY])
{
	size_t room = gaps->kernel ? NAMES_SHOWN - 1 : NAMES_SHOWN, at, i;
	char quoted[QUOTE_CAPACITY];

	ret[0] = '\0';
	if (!symbol_gaps_any(gaps))
		return;
	at = (size_t)snprintf(ret, SYMBOL_GAPS_CAPACITY,
			      "no debug information was found for %s",
			      gaps->kernel ? "the kernel" : "");
	for (i = 0; i < gaps->module_count && i < room; i++) {
		quote_text(span_of(gaps->modules[i]), QUOTE_LIMIT, quoted,
			   sizeof(quoted));
		at += (size_t)snprintf(ret + at, SYMBOL_GAPS_CAPACITY - at,
				       "%s%s", i || gaps->kernel ? ", " : "",
				       quoted);
	}
	if (i < gaps->module_count)
		at += (size_t)snprintf(ret + at, SYMBOL_GAPS_CAPACITY - at,
				       " and %zu more", gaps->module_count - i);
	snprintf(ret + at, SYMBOL_GAPS_CAPACITY - at, " (%s%s%s)",
		 gaps->kernel ? "--vmlinux" : "",
		 gaps->kernel && gaps->module_count ? ", " : "",
		 gaps->module_count ? "--debug-dir" : "");
}
