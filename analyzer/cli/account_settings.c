/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options of `pageowl account` and `pageowl ps`. */
#include <string.h>

#include "cli/option_value.h"
#include "cli/settings.h"

static bool set_by_node(struct settings *settings, const char *value,
			struct error *err)
{
	settings->by_node = strcmp(value, "node") == 0;
	return settings->by_node ||
	       option_refuse("key", "by", value, "'account' takes node", err);
}

static bool set_formula(struct settings *settings, const char *value,
			struct error *err)
{
	(void)value;
	(void)err;
	settings->show.formula = true;
	return true;
}

static bool set_kib(struct settings *settings, const char *value,
		    struct error *err)
{
	(void)value;
	(void)err;
	settings->show.kib = true;
	return true;
}

static bool set_by_process(struct settings *settings, const char *value,
			   struct error *err)
{
	static const char *const names[] = {
		[PROCESS_BY_PID] = "pid",
		[PROCESS_BY_USER] = "user",
		[PROCESS_BY_COMM] = "comm",
		[PROCESS_BY_CGROUP] = "cgroup",
	};
	size_t i;

	/* What people call it. */
	if (strcmp(value, "command") == 0)
		value = "comm";
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(value, names[i]) == 0)
			break;
	if (i == sizeof(names) / sizeof(names[0]))
		return option_refuse("key", "by", value,
				     "'ps' takes pid, user, comm or cgroup",
				     err);
	settings->processes_by = (enum process_key)i;
	return true;
}

const struct cli_option account_options[] = {
	{"by", 'b', "node", "each NUMA node for itself, too", set_by_node},
	{"formula", 0, NULL, "how each sum was computed, term by term",
	 set_formula},
	{"kb", 'k', NULL, "sizes in kB, as the kernel prints them", set_kib},
	{"source", 0, "NAME",
	 "whose stacks: page_owner, page_owner_stacks or\n"
	 "allocinfo; default: the richest there is",
	 settings_set_source},
	{0},
};

const struct cli_option ps_options[] = {
	{"by", 'b', "KEY", "sum up by user, comm or cgroup", set_by_process},
	{"kb", 'k', NULL, "sizes in kB, as the kernel prints them", set_kib},
	{0},
};
