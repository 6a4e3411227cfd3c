/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/handle_stacks.h"

#include "formats/count_remark.h"

void handle_stacks_deinit(struct handle_stacks *handles)
{
	HASH_CLEAR(hh, handles->table);
	arena_deinit(&handles->arena);
}

static bool find_handle(struct handle_stacks *handles, uint32_t handle,
			struct handle_stack **ret, struct error *err)
{
	struct handle_stack *entry;

	HASH_FIND(hh, handles->table, &handle, sizeof(handle), entry);
	if (!entry) {
		entry = arena_alloc(&handles->arena, sizeof(*entry));
		if (!entry)
			return error_no_memory(err);
		entry->handle = handle;
		HASH_ADD(hh, handles->table, handle, sizeof(handle), entry);
		if (!entry->hh.tbl)
			return error_no_memory(err);
	}
	*ret = entry;
	return true;
}

bool handle_stacks_name(struct handle_stacks *handles, uint32_t handle,
			struct span stack, struct error *err)
{
	struct handle_stack *entry;

	handles->has_names = true;
	if (!find_handle(handles, handle, &entry, err))
		return false;
	if (entry->has_stack)
		return true;
	entry->has_stack = true;
	return arena_copy(&handles->arena, stack, &entry->stack) ||
	       error_no_memory(err);
}

bool handle_stacks_count(struct handle_stacks *handles, uint32_t handle,
			 uint64_t pages, uint64_t line, struct error *err)
{
	struct handle_stack *entry;

	if (!find_handle(handles, handle, &entry, err))
		return false;
	if (entry->has_pages) {
		handles->repeated++;
	} else if (handles->last_counted) {
		handles->last_counted->next = entry;
		handles->last_counted = entry;
	} else {
		handles->first_counted = handles->last_counted = entry;
	}
	entry->has_pages = true;
	entry->pages = pages;
	entry->line = line;
	return true;
}

/* ---- what is said of them ---- */

/* Put words at *at, and move it behind them. */
static void say(char **at, struct span words)
{
	memcpy(*at, words.at, words.length);
	*at += words.length;
}

static void say_number(char **at, uint64_t number)
{
	char digits[SPAN_U64_DIGITS];

	say(at, span_from_u64(number, digits));
}

struct span handle_stack_text(const struct handle_stack *entry,
			      struct handle_text *buffer)
{
	char *end = buffer->bytes;

	if (entry->has_stack)
		return entry->stack;
	say(&end, SPAN(" (handle "));
	say_number(&end, entry->handle);
	say(&end, SPAN(")\n"));
	return span_between(buffer->bytes, end);
}

/* "3 handles with 1 page have no stack in show_stacks_handles" */
static void remark_nameless(uint64_t handles, uint64_t pages, struct sink *sink)
{
	char text[120], *end = text;

	say(&end, handles == 1 ? SPAN("handle with ") : SPAN("handles with "));
	say_number(&end, pages);
	say(&end, pages == 1 ? SPAN(" page") : SPAN(" pages"));
	say(&end, handles == 1 ? SPAN(" has") : SPAN(" have"));
	say(&end, SPAN(" no stack in show_stacks_handles"));
	*end = '\0';
	count_remark(sink, handles, text, text);
}

void handle_stacks_remark(const struct handle_stacks *handles,
			  struct sink *sink)
{
	const struct handle_stack *entry;
	uint64_t nameless = 0, pages = 0;

	for (entry = handles->first_counted; entry; entry = entry->next)
		if (!entry->has_stack) {
			nameless++;
			pages += entry->pages;
		}
	if (!handles->first_counted && handles->has_names)
		sink->remark(sink, "show_stacks_handles has no counts, and "
				   "show_handles, which has them, is missing");
	count_remark(sink, handles->repeated,
		     "handle came again in show_handles: the last count holds",
		     "handles came again in show_handles: the last count "
		     "holds");
	if (nameless && !handles->has_names)
		sink->remark(sink, "show_stacks_handles is missing: stacks "
				   "are known by handle only");
	else if (nameless)
		remark_nameless(nameless, pages, sink);
}
