/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/frame_lead.h"

#include "formats/log_prefix.h"

/* At most this much stands before the frame of a register; prose is longer. */
#define REGISTER 64

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool drop_blanks(struct span *text)
{
	size_t before = text->length;

	while (text->length && span_is_blank(span_end(*text)[-1]))
		text->length--;
	return text->length < before;
}

/* Hexadecimal digits at the end of text. */
static size_t count_hex_back(struct span text)
{
	size_t n = 0;

	while (n < text.length &&
	       span_hex_digit(text.at[text.length - 1 - n]) >= 0)
		n++;
	return n;
}

/* Drop an address; shorter digits are a word, or a count. */
static bool drop_address(struct span *text)
{
	struct span rest = *text;
	size_t digits = count_hex_back(rest);

	rest.length -= digits;
	if (!span_drop(&rest, SPAN("0x")) && digits < 4)
		return false;
	if (!digits || (rest.length && !span_is_blank(span_end(rest)[-1]) &&
			!memchr("<[(", span_end(rest)[-1], 3)))
		return false;
	*text = rest;
	return true;
}

/* "[<ffffffff81234567>]", "[c000000000123456]", "<", "(" */
static bool drop_bracket(struct span *text)
{
	struct span rest = *text;

	if (span_drop(&rest, SPAN(">]")) && drop_address(&rest) &&
	    span_drop(&rest, SPAN("[<"))) {
		*text = rest;
		return true;
	}
	rest = *text;
	if (span_drop(&rest, SPAN("]")) && drop_address(&rest) &&
	    span_drop(&rest, SPAN("["))) {
		*text = rest;
		return true;
	}
	return span_drop(text, SPAN("(")) || span_drop(text, SPAN("<")) ||
	       span_drop(text, SPAN("["));
}

/* "0010:", the code segment */
static bool drop_segment(struct span *text)
{
	struct span rest = *text;
	size_t digits;

	if (!span_drop(&rest, SPAN(":")))
		return false;
	digits = count_hex_back(rest);
	if (digits != 4)
		return false;
	rest.length -= digits;
	if (!rest.length || !span_is_blank(span_end(rest)[-1]))
		return false;
	*text = rest;
	return true;
}

/* "? " is of a frame that may be a leftover, "=> " of ftrace */
static bool drop_mark(struct span *text)
{
	return span_drop(text, SPAN("?")) || span_drop(text, SPAN("=>"));
}

/* "     12 ": how many objects a trace of a slab cache has */
static bool drop_count(struct span *text)
{
	size_t i;

	for (i = 0; i < text->length; i++)
		if (!span_is_digit(text->at[i]) && !span_is_blank(text->at[i]))
			return false;
	if (!text->length)
		return false;
	text->length = 0;
	return true;
}

/* What a line has before a frame that tells nothing of its meaning. */
static void drop_addresses(struct span *text)
{
	while (drop_blanks(text) || drop_bracket(text) || drop_segment(text) ||
	       drop_address(text) || drop_mark(text) || drop_count(text))
		;
}

/* Before what is the address of an instruction, by architecture. */
static const char *const exact_words[] = {
	"RIP",		 /* x86 of 64 bits */
	"rIP",		 /* and where an MSR is refused */
	"EIP",		 /* of 32 bits */
	"EIP is at",	 /* before 4.11 */
	"IP",		 /* before 4.14 */
	"pc",		 /* arm64 */
	"PC",		 /* m68k, sparc */
	"PC is at",	 /* arm */
	"pc is at",	 /* alpha */
	"NIP",		 /* powerpc */
	"epc",		 /* riscv, mips */
	"ERA",		 /* loongarch */
	"TPC",		 /* sparc of 64 bits */
	"Krnl PSW",	 /* s390 */
	"IAOQ[0]",	 /* parisc */
	"ERET  ]",	 /* arc */
	"idling at",	 /* of a CPU whose backtrace is skipped */
	"Missing ENDBR", /* where a function begins */
	"calling",	 /* initcall_debug: a function, not a call */
	"initcall",
};

/* Registers that hold a return address. */
static const char *const return_words[] = {
	"lr", "LR", "LR is at", "ra", "ra is at", "RPC", "PR is at", "RP(r2)",
};

/* Whether text ends with word, and no longer one. */
static bool ends_with_word(struct span text, struct span word)
{
	if (!span_drop(&text, word))
		return false;
	return !text.length || span_is_blank(span_end(text)[-1]) ||
	       memchr("[(<>:", span_end(text)[-1], 5);
}

static bool has_word(struct span text, const char *const *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (ends_with_word(text, span_of(words[i])))
			return true;
	return false;
}

/*
 * "WARNING: CPU: 0 PID: 1 at mm/slub.c:12 ": where the trap is. "--- interrupt:
 * 300 at " of powerpc.
 */
static bool is_trap(struct span before)
{
	return (span_find(before, SPAN("WARNING: ")) &&
		span_find(before, SPAN(" at "))) ||
	       (span_find(before, SPAN("--- interrupt: ")) &&
		span_ends_with(before, SPAN(" at ")));
}

/* Without what divides it from the frame: "pc : ", "IP=". */
static void drop_dividers(struct span *words)
{
	while (span_drop(words, SPAN(":")) || span_drop(words, SPAN("=")) ||
	       drop_blanks(words))
		;
}

void frame_lead_read(struct span before, struct span behind, bool whole,
		     struct frame_lead *ret)
{
	struct frame_lead lead = {0};
	bool exact, returns;
	struct span words;

	if (whole)
		lead.prefix = log_prefix_length(before);
	before = span_skip(before, lead.prefix);
	words = before;
	drop_addresses(&words);
	lead.alone = whole && !words.length;
	drop_dividers(&words);
	exact = has_word(words, exact_words, COUNT(exact_words));
	returns = has_word(words, return_words, COUNT(return_words));
	lead.alone |= whole && (exact || returns) && before.length <= REGISTER;
	/* ftrace tells the function that was entered, then its caller. */
	lead.exact = exact || is_trap(before) ||
		     span_starts_with(behind, SPAN(" <-"));
	*ret = lead;
}
