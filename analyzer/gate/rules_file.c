/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of rules and suppressions: gate_rules_parse(). */
#include <inttypes.h>
#include <stdio.h>

#include "base/quote.h"
#include "gate/gate_rules.h"
#include "gate/limit_text.h"
#include "gate/rule_list.h"
#include "gate/suppress_block.h"

/* 64 frames with names as long as the kernel has them, and some more. */
#define LINE_LENGTH_MAX 65536

struct rules_file {
	struct gate_rules *rules;
	char path[QUOTE_PATH_CAPACITY];
	uint64_t line;
	uint64_t blamed; /* the line that an error is about */
	bool counts;	 /* it has said how many iterations */
	bool in_block;
	uint64_t block_line; /* of its "suppress" */
	struct suppress_block block;
};

/* Put the place in front of what err has; returns false. */
static bool place(const struct rules_file *file, struct error *err)
{
	const struct error inner = *err;

	if (inner.code != ERROR_USAGE)
		return false;
	return error_set(err, ERROR_USAGE, "%s:%" PRIu64 ": %s", file->path,
			 file->blamed, inner.text);
}

/* "nightly.rules:3"; NULL: no memory */
static const char *make_origin(const struct rules_file *file, uint64_t line)
{
	char origin[QUOTE_PATH_CAPACITY + 32];

	snprintf(origin, sizeof(origin), "%s:%" PRIu64, file->path, line);
	return arena_string(&file->rules->arena, span_of(origin));
}

static bool end_block(struct rules_file *file, struct error *err)
{
	struct suppression *entry = &file->block.entry;

	if (!file->in_block)
		return true;
	file->in_block = false;
	file->blamed = file->block_line;
	entry->origin = make_origin(file, file->block_line);
	if (!entry->origin)
		return error_no_memory(err);
	return suppress_block_end(&file->block, err) &&
	       rule_list_suppress(file->rules, entry, err);
}

static bool begin_block(struct rules_file *file, struct span value,
			struct error *err)
{
	if (value.length)
		return limit_text_refuse("nothing behind 'suppress'", value,
					 err);
	file->in_block = true;
	file->block_line = file->line;
	file->block = (struct suppress_block){0};
	return true;
}

static bool take_rule(struct rules_file *file, struct span value,
		      struct error *err)
{
	const char *origin = make_origin(file, file->line);

	if (!origin)
		return error_no_memory(err);
	return gate_rules_add(file->rules, value, origin, err);
}

/* Two files may say it, if they say the same. */
static bool take_iterations(struct rules_file *file, struct span value,
			    struct error *err)
{
	struct span rest = value;
	uint64_t count;

	if (!span_take_u64(&rest, &count) || rest.length || !count)
		return limit_text_refuse("a number of 1 and more", value, err);
	if (file->counts)
		return limit_text_refuse("'iterations' once in a file", value,
					 err);
	if (file->rules->iterations && file->rules->iterations != count)
		return error_set(err, ERROR_USAGE,
				 "%" PRIu64 " iterations, where another file "
				 "says %" PRIu64,
				 count, file->rules->iterations);
	file->counts = true;
	file->rules->iterations = count;
	return true;
}

static const struct {
	const char *name;
	bool (*take)(struct rules_file *file, struct span value,
		     struct error *err);
} words[] = {
	{"fail-over", take_rule},
	{"iterations", take_iterations},
	{"suppress", begin_block},
};

static bool take_words(struct rules_file *file, struct span word,
		       struct span value, struct error *err)
{
	size_t i;

	if (suppress_block_has(word)) {
		if (!file->in_block)
			return limit_text_refuse("'suppress' before it", word,
						 err);
		return suppress_block_take(&file->block, word, value, err);
	}
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (span_equal(word, span_of(words[i].name)))
			return words[i].take(file, value, err);
	return limit_text_refuse(file->in_block ? "a word of rules files or of "
						  "an entry"
						: "fail-over, iterations or "
						  "suppress",
				 word, err);
}

/* Words that end the entry before them. */
static bool is_outer(struct span word)
{
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (span_equal(word, span_of(words[i].name)))
			return true;
	return false;
}

/* The line without its comment: from '#' at its start or behind a blank. */
static struct span without_comment(struct span line)
{
	size_t i;

	for (i = 0; i < line.length; i++)
		if (line.at[i] == '#' && (!i || span_is_blank(line.at[i - 1])))
			return (struct span){line.at, i};
	return line;
}

/* Names have none, editors show none, terminals obey them. */
static bool has_controls(struct span line)
{
	size_t i;

	for (i = 0; i < line.length; i++)
		if (((unsigned char)line.at[i] < 0x20 && line.at[i] != '\t') ||
		    line.at[i] == 0x7f)
			return true;
	return false;
}

static bool take_line(struct rules_file *file, struct span line,
		      struct error *err)
{
	struct span rest = limit_text_trim(line), word;

	if (rest.length > LINE_LENGTH_MAX)
		return error_set(err, ERROR_USAGE,
				 "a line of more than %d bytes",
				 LINE_LENGTH_MAX);
	if (has_controls(rest))
		return limit_text_refuse("no control characters", rest, err);
	/* A reason may speak of bug #12. */
	word = rest;
	if (!span_take(&word, SPAN("reason")))
		rest = limit_text_trim(without_comment(rest));
	if (!span_take_word(&rest, &word))
		return true;
	span_take_blanks(&rest);
	if (is_outer(word) && !end_block(file, err))
		return false;
	file->blamed = file->line;
	return take_words(file, word, rest, err);
}

static bool take_text(struct rules_file *file, struct span text,
		      struct error *err)
{
	struct span line;

	span_take(&text, SPAN("\xef\xbb\xbf")); /* editors of Windows */
	while (span_take_line(&text, &line)) {
		file->blamed = ++file->line;
		if (!take_line(file, line, err))
			return false;
	}
	return true;
}

bool gate_rules_parse(struct gate_rules *rules, const char *path,
		      struct span text, struct error *err)
{
	struct rules_file file = {.rules = rules};
	struct gate_rules before = *rules;
	struct span copy;

	quote_path(path, file.path);
	if (!arena_copy(&rules->arena, text, &copy))
		return error_no_memory(err);
	if (take_text(&file, copy, err) && end_block(&file, err))
		return true;
	/* The arrays of before are still there: they only grow at the end. */
	rules->rules = before.rules;
	rules->rule_count = before.rule_count;
	rules->suppressions = before.suppressions;
	rules->suppression_count = before.suppression_count;
	rules->iterations = before.iterations;
	return place(&file, err);
}
