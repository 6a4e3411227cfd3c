/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/frame.h"

/*
 * What compilers append to a function's name: GCC's clones (.constprop,
 * .isra, .part), its unlikely half (.cold), LTO's and Clang's ways to make a
 * static name unique. A number may follow after another dot.
 */
static const struct span clone_suffixes[] = {
	{".constprop", 10}, {".isra", 5},	 {".part", 5},
	{".cold", 5},	    {".llvm", 5},	 {".cfi", 4},
	{".lto_priv", 9},   {".localalias", 11}, {".__uniq", 7},
	{".cfi_jt", 7},
};

/* Drop ".123" from the back, of any length: LLVM's numbers fill 64 bits. */
static void drop_number(struct span *name)
{
	size_t length = name->length;

	while (length > 0 && span_is_digit(name->at[length - 1]))
		length--;
	if (length > 0 && length < name->length && name->at[length - 1] == '.')
		name->length = length - 1;
}

static bool drop_clone_suffix(struct span *name)
{
	size_t i;

	for (i = 0; i < sizeof(clone_suffixes) / sizeof(clone_suffixes[0]);
	     i++) {
		struct span rest = *name;

		drop_number(&rest);
		if (span_drop(&rest, clone_suffixes[i]) && rest.length) {
			*name = rest;
			return true;
		}
	}
	return false;
}

/*
 * Allocation profiling (6.10) renamed the allocators to …_noprof; the name
 * without it is what older kernels print and what people search for.
 */
static bool drop_noprof(struct span *name)
{
	struct span rest = *name;

	if (!span_drop(&rest, SPAN("_noprof")) || !rest.length)
		return false;
	*name = rest;
	return true;
}

struct span frame_fold_name(struct span symbol)
{
	/* ppc64 ELFv1 marks the code of a function by a leading dot. */
	if (symbol.length > 1 && symbol.at[0] == '.')
		symbol = span_skip(symbol, 1);
	while (drop_clone_suffix(&symbol) || drop_noprof(&symbol))
		;
	return symbol;
}

/* Kernels before 4.12 print the raw pointer first: "[<ffffffff8117e4e3>] ". */
static struct span skip_raw_pointer(struct span text)
{
	struct span rest = text;
	const char *end;

	if (!span_take(&rest, SPAN("[<")))
		return text;
	end = span_find(rest, SPAN(">] "));
	return end ? span_between(end + 3, span_end(text)) : text;
}

/*
 * Take " [module]" or " [module buildid]" from the back. The build id is
 * printed in call traces only, but people paste those too.
 */
static bool drop_module(struct span *text, struct span *ret_module)
{
	struct span inside;
	const char *open, *space;

	if (!span_ends_with(*text, SPAN("]")))
		return false;
	open = span_find_last(*text, '[');
	if (!open || open - text->at < 2 || open[-1] != ' ')
		return false;
	inside = span_between(open + 1, span_end(*text) - 1);
	space = span_find(inside, SPAN(" "));
	if (space)
		inside = span_between(inside.at, space);
	if (!inside.length)
		return false;
	*ret_module = inside;
	*text = span_between(text->at, open - 1);
	return true;
}

/* "symbol+0xoffset/0xsize" or "symbol+0xoffset", and nothing behind it. */
static bool split_symbol(struct span text, struct frame *frame)
{
	const char *plus = span_find_last(text, '+');
	uint64_t offset, size = 0;
	struct span rest;

	if (!plus || plus == text.at)
		return false;
	rest = span_between(plus + 1, span_end(text));
	if (!span_take_hex(&rest, &offset))
		return false;
	if (span_take(&rest, SPAN("/")) && !span_take_hex(&rest, &size))
		return false;
	if (rest.length)
		return false;
	frame->symbol = span_between(text.at, plus);
	frame->offset = offset;
	frame->size = size;
	return true;
}

static bool split_address(struct span text, struct frame *frame)
{
	uint64_t address;

	if (!span_take_hex(&text, &address) || text.length)
		return false;
	frame->offset = address;
	return true;
}

void frame_split(struct span text, struct frame *ret)
{
	struct span rest = skip_raw_pointer(text), module = {0};
	struct frame frame = {.text = text};
	bool has_module = drop_module(&rest, &module);

	if (split_symbol(rest, &frame) || split_address(rest, &frame)) {
		frame.module = module;
	} else if (has_module && !span_find(rest, SPAN(" "))) {
		frame.symbol = rest;
		frame.module = module;
	} else {
		frame.symbol = text;
	}
	frame.name = frame_fold_name(frame.symbol);
	*ret = frame;
}
