/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the options of a run say. Same word, same meaning, in every command. */
#ifndef PAGEOWL_CLI_SETTINGS_H
#define PAGEOWL_CLI_SETTINGS_H

#include "account/filter.h"
#include "account/group_key.h"
#include "cli/command.h"
#include "gate/gate_rules.h"
#include "model/process_report.h"
#include "output/output.h"

#define SYMBOL_DIRECTORIES_MAX 16

/* Of `pageowl capture`. */
struct capture_settings {
	const char *to;	   /* what is written; NULL: not said */
	const char *root;  /* "" is the machine */
	uint64_t every_ns; /* 0: once */
	uint64_t count;	   /* of captures; 0: until we are told to stop */
	unsigned jobs;	   /* 0: one for each CPU */
	bool quick, risky, kmemleak_scan, check;
};

#define RULES_FILES_MAX 64

/* Of the gate of `pageowl diff`. */
struct gate_settings {
	struct gate_rules rules; /* of --fail-over */
	const char *files[RULES_FILES_MAX];
	size_t file_count;
	uint64_t iterations;  /* 0: not said */
	const char *proposal; /* where suppressions are written; or NULL */
};

/* Where source lines come from. */
struct symbol_settings {
	const char *vmlinux; /* NULL: looked for */
	const char *directories[SYMBOL_DIRECTORIES_MAX + 1]; /* NULL ends */
	size_t directory_count;
	bool never; /* no source lines at all */
};

/* What names frames that are bare addresses. */
struct address_settings {
	const char *kallsyms;	/* NULL: the capture's own */
	const char *system_map; /* NULL: none */
	uint64_t offset;	/* of KASLR, from where the map has it */
	bool offset_given;
};

struct settings {
	struct capture_settings capture;
	struct gate_settings gate;
	struct symbol_settings symbols;
	struct address_settings addresses;
	struct grouping grouping;
	struct filter filter;
	const struct format *format;   /* NULL: by content */
	const char *source;	       /* name of a format; NULL: the richest */
	bool by_node;		       /* `account --by=node` */
	enum process_key processes_by; /* `ps --by` */
	unsigned hz;		       /* CONFIG_HZ; 0: find out */
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

/* Whether the options that were given go together. */
bool settings_agree(const struct settings *settings, struct error *err);

/* The same of those of the gate alone. */
bool settings_gate_agrees(const struct settings *settings, struct error *err);

/* --source and --output, which several tables have. */
bool settings_set_source(struct settings *settings, const char *value,
			 struct error *err);
bool settings_set_output(struct settings *settings, const char *value,
			 struct error *err);

/* Options of every command that reads captures. */
extern const struct cli_option row_options[];	  /* what rows there are */
extern const struct cli_option show_options[];	  /* how they are shown */
extern const struct cli_option source_options[];  /* what is read, and how */
extern const struct cli_option symbol_options[];  /* source lines */
extern const struct cli_option address_options[]; /* names of addresses */
extern const struct cli_option contents_options[];
extern const struct cli_option diff_options[];
extern const struct cli_option gate_options[];
extern const struct cli_option capture_options[];
extern const struct cli_option account_options[];
extern const struct cli_option ps_options[];
/* --quiet, --verbose, --help */
extern const struct cli_option general_options[];

#endif
