/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the options of a run say. Same word, same meaning, in every command. */
#ifndef PAGEOWL_CLI_SETTINGS_H
#define PAGEOWL_CLI_SETTINGS_H

#include "account/filter.h"
#include "account/group_key.h"
#include "cli/command.h"
#include "output/output.h"

struct settings {
	struct grouping grouping;
	struct filter filter;
	const struct format *format; /* NULL: by content */
	const char *source;	     /* name of a format; NULL: the richest */
	unsigned hz;		     /* CONFIG_HZ; 0: find out */
	const struct output *output;
	struct output_options show;
	enum report_sort sort;
	bool reverse;
	bool all;	    /* rank user memory too */
	uint64_t page_size; /* 0: infer */
	bool match_given;
	enum report_match match;
	enum colour_when colour;
	unsigned threads; /* 0: one for each CPU */
	bool strict, quiet, verbose;
};

void settings_init(struct settings *settings);
void settings_deinit(struct settings *settings);

/* Options of every command that reads captures. */
extern const struct cli_option reading_options[];
extern const struct cli_option contents_options[];
extern const struct cli_option diff_options[];
/* --quiet, --verbose, --help */
extern const struct cli_option general_options[];

#endif
