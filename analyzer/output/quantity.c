/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/quantity.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *scaled(const char *sign, uint64_t bytes, char *ret)
{
	static const char *const units[] = {"B",   "KiB", "MiB", "GiB",
					    "TiB", "PiB", "EiB"};
	double value = (double)bytes;
	unsigned unit = 0;

	/* Three digits before the point; 999.95 would print as 1000.0. */
	while (value >= (unit ? 999.95 : 1000) && unit < 6) {
		value /= 1024;
		unit++;
	}
	snprintf(ret, QUANTITY_CAPACITY, unit ? "%s%.1f %s" : "%s%.0f %s", sign,
		 value, units[unit]);
	return ret;
}

const char *quantity_bytes(uint64_t bytes, char *ret)
{
	return bytes ? scaled("", bytes, ret) : strcpy(ret, "0");
}

const char *quantity_growth(int64_t bytes, char *ret)
{
	if (bytes == 0)
		return strcpy(ret, "0");
	if (bytes < 0)
		return scaled("-", (uint64_t)0 - (uint64_t)bytes, ret);
	return scaled("+", (uint64_t)bytes, ret);
}

const char *quantity_count(uint64_t count, char *ret)
{
	char digits[24];
	size_t length, i, used = 0;

	length = (size_t)snprintf(digits, sizeof(digits), "%" PRIu64, count);
	for (i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			ret[used++] = ',';
		ret[used++] = digits[i];
	}
	ret[used] = '\0';
	return ret;
}

const char *quantity_change(int64_t count, char *ret)
{
	if (count == 0)
		return strcpy(ret, "0");
	ret[0] = count < 0 ? '-' : '+';
	quantity_count(count < 0 ? (uint64_t)0 - (uint64_t)count
				 : (uint64_t)count,
		       ret + 1);
	return ret;
}

const char *quantity_each(uint64_t count, uint64_t by, char *ret)
{
	double share = (double)count / (double)by;
	uint64_t whole = count / by;
	unsigned tenths =
		(unsigned)((double)(count % by) / (double)by * 10 + 0.5);

	if (count % by == 0)
		return quantity_count(whole, ret);
	if (share < 0.005)
		return strcpy(ret, "<0.01");
	if (share < 9.995) {
		snprintf(ret, QUANTITY_CAPACITY, "%.2f", share);
		return ret;
	}
	quantity_count(whole + tenths / 10, ret);
	snprintf(ret + strlen(ret), 3, ".%u", tenths % 10);
	return ret;
}

const char *quantity_uptime(uint64_t seconds, char *ret)
{
	uint64_t minutes = seconds / 60, hours = minutes / 60;

	if (hours >= 24)
		snprintf(ret, QUANTITY_CAPACITY,
			 "%" PRIu64 " d %" PRIu64 ":%02" PRIu64, hours / 24,
			 hours % 24, minutes % 60);
	else if (hours)
		snprintf(ret, QUANTITY_CAPACITY,
			 "%" PRIu64 ":%02" PRIu64 ":%02" PRIu64, hours,
			 minutes % 60, seconds % 60);
	else
		snprintf(ret, QUANTITY_CAPACITY, "%" PRIu64 ":%02" PRIu64,
			 minutes, seconds % 60);
	return ret;
}

const char *quantity_duration(uint64_t seconds, char *ret)
{
	static const struct {
		uint64_t seconds;
		const char *name;
		uint64_t part; /* the next smaller unit */
		const char *part_name;
	} units[] = {
		{86400, "d", 3600, "h"},
		{3600, "h", 60, "min"},
		{60, "min", 1, "s"},
	};
	uint64_t rest;
	int length;
	size_t i;

	for (i = 0; i < 3; i++) {
		if (seconds < units[i].seconds)
			continue;
		rest = seconds % units[i].seconds / units[i].part;
		length = snprintf(ret, QUANTITY_CAPACITY, "%" PRIu64 " %s",
				  seconds / units[i].seconds, units[i].name);
		if (rest)
			snprintf(ret + length,
				 QUANTITY_CAPACITY - (size_t)length,
				 " %" PRIu64 " %s", rest, units[i].part_name);
		return ret;
	}
	snprintf(ret, QUANTITY_CAPACITY, "%" PRIu64 " s", seconds);
	return ret;
}
