/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the options of `pageowl capture` say. */
#include <string.h>

#include "cli/option_value.h"
#include "cli/settings.h"

enum {
	JOBS_MAX = 64,
	EVERY_LEAST_NS = 1000000,
};

static bool set_to(struct settings *settings, const char *value,
		   struct error *err)
{
	if (!value[0])
		return option_refuse("name", "to", value,
				     "use DIR, FILE.tar or FILE.tar.gz", err);
	settings->capture.to = value;
	return true;
}

static bool set_root(struct settings *settings, const char *value,
		     struct error *err)
{
	if (!value[0])
		return option_refuse("folder", "root", value,
				     "it holds proc and sys", err);
	/* "/" is the machine, whose paths begin with nothing before them. */
	settings->capture.root = strcmp(value, "/") == 0 ? "" : value;
	return true;
}

static bool set_every(struct settings *settings, const char *value,
		      struct error *err)
{
	uint64_t every_ns;

	/* Without a pause the disk would soon be full. */
	if (!option_take_seconds("every", value, &every_ns, err) ||
	    every_ns < EVERY_LEAST_NS)
		return option_refuse("time", "every", value,
				     "use seconds from one to the next, 0.001 "
				     "or more",
				     err);
	settings->capture.every_ns = every_ns;
	return true;
}

static bool set_count(struct settings *settings, const char *value,
		      struct error *err)
{
	return option_take_count("count", value, 1000000,
				 &settings->capture.count, err);
}

static bool set_jobs(struct settings *settings, const char *value,
		     struct error *err)
{
	uint64_t count;

	if (!option_take_count("jobs", value, JOBS_MAX, &count, err))
		return false;
	settings->capture.jobs = (unsigned)count;
	return true;
}

static bool set_quick(struct settings *settings, const char *value,
		      struct error *err)
{
	(void)value;
	(void)err;
	settings->capture.quick = true;
	return true;
}

static bool set_risky(struct settings *settings, const char *value,
		      struct error *err)
{
	(void)value;
	(void)err;
	settings->capture.risky = true;
	return true;
}

static bool set_kmemleak_scan(struct settings *settings, const char *value,
			      struct error *err)
{
	(void)value;
	(void)err;
	settings->capture.kmemleak_scan = true;
	return true;
}

static bool set_check(struct settings *settings, const char *value,
		      struct error *err)
{
	(void)value;
	(void)err;
	settings->capture.check = true;
	return true;
}

const struct cli_option capture_options[] = {
	{"to", 'o', "PATH", "what to write: a folder, FILE.tar or FILE.tar.gz",
	 set_to},
	{"check", 0, NULL, "take nothing; say what this kernel offers",
	 set_check},
	{"quick", 0, NULL, "leave out page_owner; page_owner_stacks stays",
	 set_quick},
	{"every", 0, "SECONDS", "a series of captures, one each SECONDS",
	 set_every},
	{"count", 0, "N", "of captures in a series; default: until stopped",
	 set_count},
	{"jobs", 'j', "N", "readers of page_owner; default: one for each CPU",
	 set_jobs},
	{"root", 0, "DIR", "read below DIR instead of /", set_root},
	{"kmemleak-scan", 0, NULL, "let kmemleak look for leaks first",
	 set_kmemleak_scan},
	{"risky", 0, NULL, "read what has hung or killed machines, too",
	 set_risky},
	{"output", 'O', "NAME", "of --check: text or json",
	 settings_set_output},
	{0},
};
