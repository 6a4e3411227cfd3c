/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_frame.h"

/* Digits of an address: 16, or 8 where the kernel has 32 bits. */
static size_t address_length(struct span line)
{
	size_t i = 0;

	while (i < line.length && span_hex_digit(line.at[i]) >= 0)
		i++;
	return i;
}

/* What stands in the last "(…)": where perf found the symbol. */
static bool split_object(struct span line, struct span *ret_before,
			 struct span *ret)
{
	const char *open = span_find_last(line, '(');

	if (!open || !span_ends_with(line, SPAN(")")))
		return false;
	*ret = span_between(open + 1, span_end(line) - 1);
	*ret_before = span_trim_end(span_between(line.at, open));
	return true;
}

/* "[vdso]" and its like are of programs. */
static bool is_program_area(struct span object)
{
	static const struct span areas[] = {
		{"[vdso]", 6},	  {"[vsyscall]", 10}, {"[heap]", 6},
		{"[stack]", 7},	  {"[uprobes]", 9},   {"[vectors]", 9},
		{"[unknown]", 9},
	};
	size_t i;

	for (i = 0; i < sizeof(areas) / sizeof(areas[0]); i++)
		if (span_equal(object, areas[i]))
			return true;
	return false;
}

static bool is_kernel_object(struct span object)
{
	if (span_starts_with(object, SPAN("[")))
		return !is_program_area(object);
	return span_find(object, SPAN("vmlinux")) ||
	       span_find(object, SPAN(".ko"));
}

static enum trace_frame_kind perf_kind(struct span line)
{
	size_t digits = address_length(line);
	struct span ignored, object;

	if (digits < 4 || digits > 16 ||
	    (digits < line.length && line.at[digits] != ' '))
		return TRACE_FRAME_BESIDE;
	/* The upper half of what an address can be is the kernel's. */
	if (digits == 16 && line.at[0] == 'f' && line.at[1] == 'f')
		return TRACE_FRAME_KERNEL;
	if (split_object(line, &ignored, &object) && is_kernel_object(object))
		return TRACE_FRAME_KERNEL;
	return TRACE_FRAME_USER;
}

enum trace_frame_kind trace_frame_kind(struct span line)
{
	struct span rest = line;
	bool indented = span_take_blanks(&rest);

	if (span_starts_with(rest, SPAN("=> ")))
		return TRACE_FRAME_KERNEL;
	if (!indented || !rest.length)
		return TRACE_FRAME_NONE;
	return perf_kind(rest);
}

/* ---- frames as the kernel would have printed them ---- */

/* "[nf_tables]"; of "/lib/…/nf-tables.ko.xz" what is loaded: nf_tables. */
static struct span module_of(struct span object, char buffer[64])
{
	const char *slash, *end;
	struct span name;
	size_t i;

	if (span_take(&object, SPAN("["))) {
		span_drop(&object, SPAN("]"));
		if (span_find(object, SPAN("kernel.")) ||
		    span_starts_with(object, SPAN("guest.")) ||
		    span_equal(object, SPAN("unknown")) ||
		    span_starts_with(object, SPAN("bpf")))
			return (struct span){0};
		return object;
	}
	slash = span_find_last(object, '/');
	name = slash ? span_between(slash + 1, span_end(object)) : object;
	end = span_find(name, SPAN(".ko"));
	if (!end || end == name.at || end - name.at > 64)
		return (struct span){0};
	for (i = 0; name.at + i < end; i++)
		buffer[i] = (char)(name.at[i] == '-' ? '_' : name.at[i]);
	return (struct span){buffer, i};
}

/* What tracing itself calls stands before the first frame of interest. */
static bool is_of_tracer(struct span name)
{
	static const struct span begins[] = {
		{"__ftrace_trace_stack", 20},
		{"ftrace_trace_stack", 18},
		{"ftrace_stacktrace", 17},
		{"trace_event_raw_event_", 22},
		{"trace_event_buffer_commit", 25},
		{"event_triggers_", 15},
		{"__traceiter_", 12},
		{"stacktrace_trigger", 18},
		{"stacktrace_count_trigger", 24},
		{"perf_trace_", 11},
		{"perf_tp_event", 13},
		{"__bpf_trace_", 12},
		{"trace_buffer_unlock_commit", 26},
		{"__trace_stack", 13},
	};
	size_t i;

	for (i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (span_starts_with(name, begins[i]))
			return true;
	return false;
}

static bool add(struct stack_text *stack, struct span name, struct span module)
{
	const struct span pieces[] = {
		SPAN(" "), name, SPAN(" ["), module, SPAN("]"), SPAN("\n"),
	};
	const struct span bare[] = {SPAN(" "), name, SPAN("\n")};

	if (!stack->length && is_of_tracer(name))
		return true;
	return module.length ? stack_text_put(stack, pieces, 6)
			     : stack_text_put(stack, bare, 3);
}

static bool add_address(struct stack_text *stack, struct span digits)
{
	const struct span pieces[] = {SPAN(" 0x"), digits, SPAN("\n")};

	return stack_text_put(stack, pieces, 3);
}

/* "fn+0x1 [mod]", and "[mod 0123…]" with a build id */
static bool add_named(struct stack_text *stack, struct span text)
{
	const char *open = span_find(text, SPAN(" ["));
	struct span name = text, module = {0};

	if (open && span_ends_with(text, SPAN("]"))) {
		const char *blank;

		name = span_between(text.at, open);
		module = span_between(open + 2, span_end(text) - 1);
		blank = span_find(module, SPAN(" "));
		if (blank)
			module = span_between(module.at, blank);
	}
	if (address_length(name) == name.length && name.length >= 8)
		return add_address(stack, name);
	return add(stack, name, module);
}

/* "fn (ffffffff81234567)", "fn <ffffffff81234567>": what stands before it. */
static struct span drop_address(struct span text)
{
	struct span rest = text;
	const char *blank = span_find_last(text, ' ');
	size_t digits;

	if (!blank || (blank[1] != '(' && blank[1] != '<'))
		return text;
	rest = span_between(blank + 2, span_end(text));
	digits = address_length(rest);
	if (!digits || digits + 1 != rest.length)
		return text;
	return span_trim_end(span_between(text.at, blank));
}

static bool add_perf(struct stack_text *stack, struct span line)
{
	struct span digits = {line.at, address_length(line)}, object = {0};
	struct span text = span_skip(line, digits.length);
	char buffer[64];

	span_take_blanks(&text);
	split_object(text, &text, &object);
	/* "(inlined)": perf unrolls; the frame it is in follows. */
	if (span_equal(object, SPAN("inlined")))
		return true;
	if (!text.length || span_equal(text, SPAN("[unknown]")))
		return add_address(stack, digits);
	return add(stack, text, module_of(object, buffer));
}

bool trace_frame_add(struct stack_text *stack, struct span line)
{
	line = span_trim_end(line);
	span_take_blanks(&line);
	if (!span_take(&line, SPAN("=> ")))
		return add_perf(stack, line);
	line = drop_address(line);
	return !line.length || add_named(stack, line);
}

bool trace_frame_add_site(struct stack_text *stack, struct span site)
{
	/* trace-cmd of old put it into brackets. */
	if (span_take(&site, SPAN("(")))
		span_drop(&site, SPAN(")"));
	if (span_take(&site, SPAN("0x")))
		return add_address(stack, site);
	return !site.length || add_named(stack, site);
}
