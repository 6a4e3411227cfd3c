/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/number_set.h"

static bool has(const struct number_set *set, unsigned number)
{
	return number < NUMBER_SET_BITS &&
	       set->bits[number / 64] >> number % 64 & 1;
}

static void add_range(struct number_set *set, uint64_t first, uint64_t last)
{
	uint64_t number;

	if (last >= NUMBER_SET_BITS) {
		set->more = true;
		last = NUMBER_SET_BITS - 1;
	}
	for (number = first; number <= last; number++)
		set->bits[number / 64] |= (uint64_t)1 << number % 64;
}

bool number_set_add_list(struct number_set *set, struct span list)
{
	struct number_set made = {0};
	uint64_t first, last;

	do {
		if (!span_take_u64(&list, &first))
			return false;
		last = first;
		if (span_take(&list, SPAN("-")) &&
		    (!span_take_u64(&list, &last) || last < first))
			return false;
		add_range(&made, first, last);
	} while (span_take(&list, SPAN(",")));
	if (list.length)
		return false;
	number_set_add(set, &made);
	return true;
}

void number_set_add(struct number_set *set, const struct number_set *other)
{
	unsigned i;

	for (i = 0; i < NUMBER_SET_WORDS; i++)
		set->bits[i] |= other->bits[i];
	set->more |= other->more;
}

bool number_set_is_empty(const struct number_set *set)
{
	unsigned i;

	for (i = 0; i < NUMBER_SET_WORDS; i++)
		if (set->bits[i])
			return false;
	return !set->more;
}

static char *put_number(char *at, unsigned number)
{
	char digits[SPAN_U64_DIGITS];
	struct span text = span_from_u64(number, digits);

	memcpy(at, text.at, text.length);
	return at + text.length;
}

/* Put ",0-3", at first without the comma; returns its end. */
static char *put_range(char *at, bool first, unsigned from, unsigned to)
{
	if (!first)
		*at++ = ',';
	at = put_number(at, from);
	if (to > from) {
		*at++ = '-';
		at = put_number(at, to);
	}
	return at;
}

/* Put the ranges that fit, without a terminator; false: not all of them. */
static bool put_list(const struct number_set *set, char *at, size_t room,
		     size_t *ret_length)
{
	size_t length = 0, part_length;
	unsigned number = 0, from;
	char part[32];

	while (number < NUMBER_SET_BITS) {
		if (!has(set, number++))
			continue;
		from = number - 1;
		while (has(set, number))
			number++;
		part_length =
			(size_t)(put_range(part, !length, from, number - 1) -
				 part);
		*ret_length = length;
		if (part_length > room - length)
			return false;
		memcpy(at + length, part, part_length);
		length += part_length;
	}
	*ret_length = length;
	return true;
}

const char *number_set_text(const struct number_set *set, char *ret,
			    size_t capacity)
{
	static const char more[] = ",\342\200\246";
	size_t length, more_length = sizeof(more) - 1;

	if (!set->more && put_list(set, ret, capacity - 1, &length)) {
		ret[length] = '\0';
		return ret;
	}
	length = 0;
	if (capacity > more_length)
		put_list(set, ret, capacity - 1 - more_length, &length);
	/* No comma where nothing stands before it. */
	more_length -= !length;
	if (length + more_length < capacity) {
		memcpy(ret + length, more + !length, more_length);
		length += more_length;
	}
	ret[length] = '\0';
	return ret;
}
