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
	char digits[12];
	unsigned count = 0;

	do
		digits[count++] = (char)('0' + number % 10);
	while (number /= 10);
	while (count)
		*at++ = digits[--count];
	return at;
}

const char *number_set_text(const struct number_set *set, char *ret,
			    size_t capacity)
{
	static const char more[] = ",\342\200\246";
	char part[32], *at, *end = ret;
	unsigned number = 0;
	bool cut = set->more;

	*ret = '\0';
	while (number < NUMBER_SET_BITS) {
		unsigned first = number, length;

		if (!has(set, number++))
			continue;
		while (has(set, number))
			number++;
		at = part;
		if (end > ret)
			*at++ = ',';
		at = put_number(at, first);
		if (number - 1 > first) {
			*at++ = '-';
			at = put_number(at, number - 1);
		}
		length = (unsigned)(at - part);
		if ((size_t)(end - ret) + length + sizeof(more) > capacity) {
			cut = true;
			break;
		}
		memcpy(end, part, length);
		end += length;
	}
	if (cut && (size_t)(end - ret) + sizeof(more) <= capacity) {
		memcpy(end, more + (end == ret), sizeof(more) - 1);
		end += sizeof(more) - 1 - (end == ret);
	}
	*end = '\0';
	return ret;
}
