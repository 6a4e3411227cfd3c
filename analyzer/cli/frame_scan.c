/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/frame_scan.h"

enum {
	/* MODULE_NAME_LEN is 56 on machines of 64 bits. */
	MODULE_MAX = 128,
	/* As many bytes as the kernel keeps of a build id. */
	BUILD_ID_DIGITS = 40,
	/* What is looked at for a path that tells a source line, or a file. */
	PATH_MAX_LOOK = 1024,
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* '$' is in Rust's older names, '.' in the suffixes of compilers. */
static bool is_symbol_byte(char c)
{
	return is_letter(c) || span_is_digit(c) || c == '_' || c == '.' ||
	       c == '$';
}

static bool is_module_byte(char c)
{
	return is_letter(c) || span_is_digit(c) || c == '_' || c == '-' ||
	       c == '.';
}

/* Behind the 'm' of "\033[0;32m", which may stand right before a symbol. */
static const char *skip_colour(const char *begin, const char *at,
			       const char *end)
{
	const char *m = at;

	while (m < end && span_is_digit(*m))
		m++;
	if (m == end || *m != 'm' || at == begin)
		return at;
	if (at[-1] != ';' &&
	    (at[-1] != '[' || at - begin < 2 || at[-2] != '\033'))
		return at;
	return m + 1;
}

/* Whether a byte before a symbol tells that it began earlier. */
static bool is_part(const char *begin, const char *at)
{
	/* "core::fmt": demangled, nobody knows it by its last part. */
	if (at - begin >= 2 && at[-1] == ':' && at[-2] == ':')
		return true;
	return at > begin && (unsigned char)at[-1] >= 0x80;
}

/* The symbol that ends before plus. */
static bool find_symbol(const char *begin, const char *plus, struct span *ret)
{
	const char *at = plus;

	while (at > begin && is_symbol_byte(at[-1]))
		at--;
	if (is_part(begin, at))
		return false;
	at = skip_colour(begin, at, plus);
	/* "0xffffffffc0123456+0x1a/0x2c" is none. */
	if (at == plus || span_is_digit(*at) || plus - at > FRAME_SYMBOL_MAX)
		return false;
	*ret = span_between(at, plus);
	return true;
}

static size_t count_hex(struct span text)
{
	size_t n = 0;

	while (n < text.length && span_hex_digit(text.at[n]) >= 0)
		n++;
	return n;
}

/* "(OE+)", the flags of a module that taints */
static void skip_flags(struct span *rest)
{
	struct span flags = *rest;

	if (!span_take(&flags, SPAN("(")))
		return;
	while (flags.length && ((flags.at[0] >= 'A' && flags.at[0] <= 'Z') ||
				flags.at[0] == '+' || flags.at[0] == '-'))
		flags = span_skip(flags, 1);
	if (span_take(&flags, SPAN(")")))
		*rest = flags;
}

static struct span take_module_name(struct span *rest)
{
	struct span name = {rest->at, 0};
	bool digits = true;

	while (name.length < rest->length && name.length < MODULE_MAX &&
	       is_module_byte(rest->at[name.length]))
		digits &= span_is_digit(rest->at[name.length++]);
	/* Numbers in brackets are not of the frame. */
	if (digits)
		name.length = 0;
	*rest = span_skip(*rest, name.length);
	return name;
}

/* " [module]", " [module build-id]", or " [build-id]" of the kernel itself */
static bool take_module(struct span *rest, struct frame_match *match)
{
	struct span text = *rest, name, build_id = {0};
	size_t digits;

	if (!span_take(&text, SPAN(" [")))
		return false;
	name = take_module_name(&text);
	if (!name.length)
		return false;
	skip_flags(&text);
	if (span_take(&text, SPAN(" "))) {
		digits = count_hex(text);
		if (digits != BUILD_ID_DIGITS)
			return false;
		build_id = (struct span){text.at, digits};
		text = span_skip(text, digits);
		skip_flags(&text);
	}
	if (!span_take(&text, SPAN("]")))
		return false;
	if (!build_id.length && name.length == BUILD_ID_DIGITS &&
	    count_hex(name) == BUILD_ID_DIGITS) {
		build_id = name;
		name = (struct span){0};
	}
	match->module = name;
	match->build_id = build_id;
	*rest = text;
	return true;
}

/* A module is named, but its name has no end: the line was cut. */
static bool is_cut_module(struct span rest)
{
	return span_take(&rest, SPAN(" [")) && rest.length &&
	       (is_letter(rest.at[0]) || rest.at[0] == '_');
}

/* "/0x2c", and the module; %pB may give an offset that equals the size. */
static bool take_size(struct span *rest, struct frame_match *match)
{
	if (!span_take(rest, SPAN("/")) || !span_take_hex(rest, &match->size) ||
	    !match->size || match->offset > match->size)
		return false;
	if (rest->length && (is_symbol_byte(rest->at[0]) && rest->at[0] != '.'))
		return false;
	/* Without its module it would be looked for in the kernel. */
	return take_module(rest, match) || !is_cut_module(*rest);
}

/* The module of "/lib/modules/6.1/kernel/fs/ext4/ext4.ko.xz" */
static bool module_of_path(struct span path, struct span *ret)
{
	const char *slash = span_find_last(path, '/'), *dot;
	struct span name;

	if (!slash)
		return false;
	name = span_between(slash + 1, span_end(path));
	if (span_starts_with(name, SPAN("vmlinux"))) {
		*ret = (struct span){0};
		return true;
	}
	dot = span_find(name, SPAN(".ko"));
	if (!dot || dot == name.at)
		return false;
	*ret = span_between(name.at, dot);
	return true;
}

/* " ([kernel.kallsyms])", " ([ext4])", " (/lib/…/ext4.ko)": as perf has it */
static bool take_perf_object(struct span *rest, struct frame_match *match)
{
	struct span text = *rest, object;
	const char *close;

	if (!span_take(&text, SPAN(" (")))
		return false;
	close = memchr(text.at, ')',
		       text.length < PATH_MAX_LOOK ? text.length
						   : PATH_MAX_LOOK);
	if (!close)
		return false;
	object = span_between(text.at, close);
	*rest = span_between(close + 1, span_end(text));
	if (memchr(object.at, '\n', object.length))
		return false;
	match->size = 0;
	if (span_starts_with(object, SPAN("/")))
		return module_of_path(object, &match->module);
	if (span_starts_with(object, SPAN("[kernel.kallsyms]")))
		return true;
	if (!span_take(&object, SPAN("[")))
		return false;
	match->module = take_module_name(&object);
	/* "[guest.kernel.kallsyms]" and "[vdso]" are of others. */
	return match->module.length && span_equal(object, SPAN("]")) &&
	       !memchr(match->module.at, '.', match->module.length) &&
	       !span_equal(match->module, SPAN("vdso")) &&
	       !span_equal(match->module, SPAN("vsyscall")) &&
	       !span_equal(match->module, SPAN("unknown"));
}

/*
 * " (mm/slub.c:12)" of ours or of decode_stacktrace.sh, " mm/slub.c:12" of
 * syzbot.
 */
static bool tells_source(struct span rest)
{
	size_t i = 0;
	bool dot = false;

	if (!span_take(&rest, SPAN(" ")))
		return false;
	span_take(&rest, SPAN("("));
	if (rest.length > PATH_MAX_LOOK)
		rest.length = PATH_MAX_LOOK;
	for (; i + 1 < rest.length && (unsigned char)rest.at[i] > ' '; i++) {
		if (rest.at[i] == ':' && dot && i &&
		    (span_is_digit(rest.at[i + 1]) || rest.at[i + 1] == '?'))
			return true;
		dot |= rest.at[i] == '.' && is_letter(rest.at[i + 1]);
	}
	return false;
}

/* The frame whose offset begins at plus. */
static bool take_frame(struct span text, const char *from, const char *plus,
		       struct frame_match *ret)
{
	struct frame_match match = {0};
	struct span rest = span_between(plus + 1, span_end(text));

	if (!span_take_hex(&rest, &match.offset) ||
	    !find_symbol(from, plus, &match.symbol))
		return false;
	if (rest.length && rest.at[0] == '/') {
		if (!take_size(&rest, &match))
			return false;
	} else if (!take_perf_object(&rest, &match)) {
		return false;
	}
	match.text = span_between(match.symbol.at, rest.at);
	match.told = tells_source(rest);
	*ret = match;
	return true;
}

bool frame_scan_next(struct span text, const char *from,
		     struct frame_match *ret)
{
	const char *at = from, *end = span_end(text), *plus;

	while (at < end && (plus = memchr(at, '+', (size_t)(end - at)))) {
		if (take_frame(text, from, plus, ret))
			return true;
		at = plus + 1;
	}
	return false;
}
