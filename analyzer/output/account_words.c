/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/account_words.h"

const char *account_owner_word(enum budget_owner owner)
{
	static const char *const words[] = {
		[OWNER_FREE] = "free",
		[OWNER_USER] = "user",
		[OWNER_KERNEL] = "kernel",
	};

	return words[owner];
}

const char *account_kind_word(enum budget_kind kind)
{
	static const char *const words[] = {
		[BUDGET_PART] = "part",
		[BUDGET_INSIDE] = "inside",
		[BUDGET_BESIDE] = "beside",
	};

	return words[kind];
}

const char *account_state_word(enum check_state state)
{
	static const char *const words[] = {
		[CHECK_AGREES] = "agrees",
		[CHECK_DIFFERS] = "differs",
		[CHECK_IMPOSSIBLE] = "impossible",
		[CHECK_MISSING] = "missing",
	};

	return words[state];
}

const char *account_unit_word(enum counter_unit unit)
{
	static const char *const words[] = {
		[COUNTER_NUMBER] = NULL,   [COUNTER_KIB] = "KiB",
		[COUNTER_PAGES] = "pages", [COUNTER_BYTES] = "bytes",
		[COUNTER_NS] = "ns",	   [COUNTER_TEXT] = NULL,
	};

	return words[unit];
}
