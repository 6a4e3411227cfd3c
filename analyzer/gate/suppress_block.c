/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate/suppress_block.h"

#include "gate/limit_text.h"

enum block_word {
	WORD_FRAMES,
	WORD_MODULE,
	WORD_CATEGORY,
	WORD_CACHE,
	WORD_UNACCOUNTED,
	WORD_MAXIMUM,
	WORD_EXPIRES,
	WORD_REASON,
	WORD_COUNT,
};

/* They say which stacks an entry is about. */
#define STACK_WORDS                                                    \
	(1u << WORD_FRAMES | 1u << WORD_MODULE | 1u << WORD_CATEGORY | \
	 1u << WORD_CACHE)

/* Whether a pattern lets anything through. */
static bool is_any(struct span pattern)
{
	size_t i;

	for (i = 0; i < pattern.length; i++)
		if (pattern.at[i] != '*')
			return false;
	return true;
}

static bool take_frames(struct suppression *entry, struct span value,
			struct error *err)
{
	struct span rest = value, frame;
	size_t count = 0;

	while (span_take_word(&rest, &frame)) {
		if (count == SUPPRESSION_FRAMES_MAX)
			return limit_text_refuse("at most 64 frames", frame,
						 err);
		entry->frames[count++] = frame;
		span_take_blanks(&rest);
	}
	entry->frame_count = count;
	return count || limit_text_refuse("function names", value, err);
}

static bool take_pattern(struct span *pattern, struct span value,
			 struct error *err)
{
	*pattern = value;
	return value.length ||
	       limit_text_refuse("a name or a pattern", value, err);
}

static bool take_category(struct suppression *entry, struct span value,
			  struct error *err)
{
	if (!category_is_known(value))
		return limit_text_refuse(
			"a category that 'pageowl help categories' lists",
			value, err);
	entry->category = value;
	return true;
}

static bool take_unaccounted(struct suppression *entry, struct span value,
			     struct error *err)
{
	entry->unaccounted = true;
	return !value.length ||
	       limit_text_refuse("nothing behind 'unaccounted'", value, err);
}

static uint64_t days_of(uint64_t year, uint64_t month)
{
	static const unsigned char days[] = {31, 28, 31, 30, 31, 30,
					     31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

/* "2027-06-30", which compares as text, and is a day. */
static bool is_day(struct span text)
{
	uint64_t year, month, day;

	return text.length == sizeof("2027-06-30") - 1 &&
	       span_take_u64(&text, &year) && text.length == 6 &&
	       span_take(&text, SPAN("-")) && span_take_u64(&text, &month) &&
	       text.length == 3 && span_take(&text, SPAN("-")) &&
	       span_take_u64(&text, &day) && !text.length && month >= 1 &&
	       month <= 12 && day >= 1 && day <= days_of(year, month);
}

static bool take_expires(struct suppression *entry, struct span value,
			 struct error *err)
{
	if (!is_day(value))
		return limit_text_refuse("a day such as 2027-06-30", value,
					 err);
	entry->expires = value;
	return true;
}

static bool take_reason(struct suppression *entry, struct span value,
			struct error *err)
{
	entry->reason = value;
	return value.length ||
	       limit_text_refuse("a reason in some words", value, err);
}

static bool take_module(struct suppression *entry, struct span value,
			struct error *err)
{
	return take_pattern(&entry->module, value, err);
}

static bool take_cache(struct suppression *entry, struct span value,
		       struct error *err)
{
	return take_pattern(&entry->cache, value, err);
}

static bool take_maximum(struct suppression *entry, struct span value,
			 struct error *err)
{
	return limit_text_read_maximum(value, entry, err);
}

static const struct {
	const char *name;
	bool (*take)(struct suppression *entry, struct span value,
		     struct error *err);
} words[WORD_COUNT] = {
	[WORD_FRAMES] = {"frames", take_frames},
	[WORD_MODULE] = {"module", take_module},
	[WORD_CATEGORY] = {"category", take_category},
	[WORD_CACHE] = {"cache", take_cache},
	[WORD_UNACCOUNTED] = {"unaccounted", take_unaccounted},
	[WORD_MAXIMUM] = {"maximum", take_maximum},
	[WORD_EXPIRES] = {"expires", take_expires},
	[WORD_REASON] = {"reason", take_reason},
};

static unsigned word_named(struct span name)
{
	unsigned i = 0;

	while (i < WORD_COUNT && !span_equal(name, span_of(words[i].name)))
		i++;
	return i;
}

bool suppress_block_has(struct span word)
{
	return word_named(word) < WORD_COUNT;
}

bool suppress_block_take(struct suppress_block *block, struct span word,
			 struct span value, struct error *err)
{
	unsigned i = word_named(word);

	if (block->seen & 1u << i)
		return limit_text_refuse("each word once in an entry", word,
					 err);
	block->seen |= 1u << i;
	return words[i].take(&block->entry, value, err);
}

/* Whether no pattern of it keeps anything out. */
static bool fits_all(const struct suppression *entry)
{
	size_t i;

	for (i = 0; i < entry->frame_count; i++)
		if (!span_equal(entry->frames[i], SPAN("...")) &&
		    !is_any(entry->frames[i]))
			return false;
	return !entry->unaccounted && is_any(entry->module) &&
	       is_any(entry->category) && is_any(entry->cache);
}

bool suppress_block_end(const struct suppress_block *block, struct error *err)
{
	const struct suppression *entry = &block->entry;
	const char *problem = NULL;

	if (!entry->has_bytes && !entry->has_records)
		problem = "an entry without a maximum; add one such as "
			  "'maximum 8M' or 'maximum 4000 objects'";
	else if (!entry->reason.length)
		problem = "an entry without a reason; say in a line 'reason "
			  "...' why it may grow";
	else if (entry->unaccounted && block->seen & STACK_WORDS)
		problem = "an entry on 'unaccounted' and on stacks; make two "
			  "of it";
	else if (entry->unaccounted && entry->has_records)
		problem = "an entry on 'unaccounted' with a maximum in "
			  "objects; it has bytes alone";
	else if (fits_all(entry))
		problem = "an entry that fits everything; name frames, module, "
			  "category or cache, or say 'unaccounted'";
	return !problem || error_set(err, ERROR_USAGE, "%s", problem);
}
