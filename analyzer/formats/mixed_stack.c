/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/mixed_stack.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* The name of the next frame; places in the source are passed over. */
static bool next_name(struct span *frames, struct span *ret)
{
	struct span line;
	size_t length = 0;

	do {
		if (!span_take_line(frames, &line))
			return false;
		span_take_blanks(&line);
	} while (!line.length || line.at[0] == '[');
	while (length < line.length && line.at[length] != '+' &&
	       line.at[length] != ' ')
		length++;
	*ret = (struct span){line.at, length};
	return true;
}

/* Nothing is outside of them, in no stack. */
static bool is_outermost(struct span name)
{
	static const struct span names[] = {
		{"entry_SYSCALL_64_after_hwframe", 30},
		{"entry_SYSENTER_compat_after_hwframe", 35},
		{"ret_from_fork_asm", 17},
		{"secondary_startup_64_no_verify", 30},
		{"el0t_64_sync", 12},
		{"el0_sync", 8},
	};
	size_t i;

	for (i = 0; i < COUNT_OF(names); i++)
		if (span_equal(name, names[i]))
			return true;
	return false;
}

static bool has_any(struct span name, const struct span *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (span_find(name, words[i]))
			return true;
	return false;
}

/* Whether caller may call name, as far as it is known who calls it. */
static bool may_follow(struct span name, struct span caller)
{
	static const struct span of_hook[] = {
		{"alloc", 5}, {"page", 4},   {"compact", 7},
		{"split", 5}, {"contig", 6}, {"isolate", 7},
	};
	static const struct span of_freelist[] = {{"alloc", 5}};

	if (span_starts_with(caller, SPAN("0x")))
		return true;
	if (is_outermost(name))
		return false;
	if (span_equal(name, SPAN("ret_from_fork")))
		return span_equal(caller, SPAN("ret_from_fork_asm"));
	if (span_equal(name, SPAN("post_alloc_hook")))
		return has_any(caller, of_hook, COUNT_OF(of_hook));
	if (span_equal(name, SPAN("get_page_from_freelist")))
		return has_any(caller, of_freelist, COUNT_OF(of_freelist));
	return true;
}

/* Only page_owner itself is within it. */
static bool is_too_far_out(struct span name, size_t depth)
{
	return depth > 2 && span_equal(name, SPAN("post_alloc_hook"));
}

bool mixed_stack_of_page(struct span frames)
{
	struct span name, caller;
	size_t depth = 0;

	if (!next_name(&frames, &name))
		return false;
	for (; next_name(&frames, &caller); name = caller)
		if (!may_follow(name, caller) ||
		    is_too_far_out(caller, ++depth))
			return true;
	return false;
}
