/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kernel_symbols.h"

#include "cli/notices.h"

void kernel_symbols_deinit(struct kernel_symbols *symbols)
{
	address_table_deinit(&symbols->table);
	*symbols = (struct kernel_symbols){0};
}

static bool settle(struct kernel_symbols *symbols, struct cli *cli,
		   const struct capture *capture, struct error *err)
{
	struct address_table *table = &symbols->table;
	char path[QUOTE_PATH_CAPACITY];
	uint64_t stext;

	notice_remarks(&cli->console, NULL, capture->remarks);
	if (table->count == ADDRESS_TABLE_SYMBOLS_MAX) {
		quote_path(capture->path, path);
		console_warn(&cli->console,
			     "%s: symbols behind the first %zu are not read",
			     path, table->count);
	}
	if (counters_value(&capture->counters, "kallsyms", SPAN(""), "_stext",
			   &stext))
		symbols->stext = stext;
	symbols->usable = table->count && !address_table_is_hidden(table);
	return address_table_sort(table, err);
}

bool kernel_symbols_read(struct kernel_symbols *symbols, struct cli *cli,
			 const char *path, struct error *err)
{
	static const char *const wanted[] = {"kallsyms", NULL};
	struct filter all = {0};
	const struct capture_options options = {
		.ingest.plan.filter = &all,
		.ingest.plan.began_ns = TS_NONE,
		.ingest.plan.before_ns = TS_NONE,
		.ingest.plan.addresses = &symbols->table,
		.ingest.threads = 1,
		.wanted = wanted,
		.symbols = true,
	};
	struct capture capture;
	bool done = capture_read(&capture, path, &options, err) &&
		    settle(symbols, cli, &capture, err);

	capture_deinit(&capture);
	return done;
}
