/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/option_value.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/quote.h"

bool option_refuse(const char *what, const char *option, const char *value,
		   const char *remedy, struct error *err)
{
	char quoted[QUOTE_CAPACITY];

	quote_text(span_of(value), QUOTE_LIMIT, quoted, sizeof(quoted));
	return error_set(err, ERROR_USAGE, "invalid %s '%s' for '--%s'; %s",
			 what, quoted, option, remedy);
}

bool option_take_count(const char *option, const char *value, uint64_t most,
		       uint64_t *ret, struct error *err)
{
	struct span rest = span_of(value);
	uint64_t count;

	if (!span_take_u64(&rest, &count) || rest.length || count > most) {
		char remedy[64];

		snprintf(remedy, sizeof(remedy),
			 most < UINT32_MAX ? "use 0 to %" PRIu64 : "use digits",
			 most);
		return option_refuse("number", option, value, remedy, err);
	}
	*ret = count;
	return true;
}

bool option_take_size(const char *option, const char *value, uint64_t *ret,
		      struct error *err)
{
	struct span rest = span_of(value);
	uint64_t size;

	if (!span_take_size(&rest, &size) || rest.length)
		return option_refuse("size", option, value,
				     "use digits with K, M or G", err);
	*ret = size;
	return true;
}

bool option_take_hex(const char *option, const char *value, uint64_t *ret,
		     struct error *err)
{
	struct span rest = span_of(value);
	uint64_t number = 0;
	size_t i;

	if (!span_take(&rest, SPAN("0x")))
		span_take(&rest, SPAN("0X"));
	for (i = 0; i < rest.length && i < 16; i++) {
		int digit = span_hex_digit(rest.at[i]);

		if (digit < 0)
			break;
		number = number << 4 | (unsigned)digit;
	}
	if (!i || i < rest.length)
		return option_refuse("number", option, value,
				     "use hexadecimal digits", err);
	*ret = number;
	return true;
}

/* "12", "12.5": seconds, as nanoseconds */
bool option_take_seconds(const char *option, const char *value, uint64_t *ret,
			 struct error *err)
{
	struct span rest = span_of(value);
	uint64_t seconds, unit = 100000000, ns;

	if (!span_take_u64(&rest, &seconds) || seconds > UINT32_MAX)
		goto refused;
	ns = seconds * 1000000000;
	if (span_take(&rest, SPAN("."))) {
		while (rest.length && rest.at[0] >= '0' && rest.at[0] <= '9') {
			ns += unit * (uint64_t)(rest.at[0] - '0');
			unit /= 10;
			rest = span_skip(rest, 1);
		}
	}
	if (rest.length)
		goto refused;
	*ret = ns ? ns : 1;
	return true;
refused:
	return option_refuse("time", option, value, "use seconds since boot",
			     err);
}
