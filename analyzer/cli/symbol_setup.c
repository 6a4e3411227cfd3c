/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/symbol_setup.h"

#include "base/quote.h"

#define WARNING_LIMIT 1024

static void show_progress(void *context, const char *text)
{
	struct cli *cli = context;

	if (text)
		console_wait(&cli->console, text);
	else
		console_end(&cli->console);
}

struct symbolizer *symbol_setup(struct cli *cli, const char *release)
{
	const struct settings *settings = cli->settings;
	const struct symbolizer_options options = {
		.vmlinux = settings->symbols.vmlinux,
		.directories = settings->symbols.directories,
		.release = release,
		.usual_places = true,
		.keep = true,
		.processes = settings->threads,
		.progress = show_progress,
		.progress_context = cli,
	};

	return symbolizer_create(&options);
}

bool symbols_are_asked_for(const struct settings *settings)
{
	return settings->symbols.vmlinux || settings->symbols.directory_count;
}

/* Where none was found is no news, unless it was asked for: then a warning
 * tells. */
static void say_object(struct cli *cli, const struct symbolizer_object *object)
{
	char module[QUOTE_CAPACITY] = "the kernel", path[QUOTE_PATH_CAPACITY];

	if (object->module)
		quote_text(span_of(object->module), QUOTE_LIMIT, module,
			   sizeof(module));
	if (object->path)
		quote_path(object->path, path);
	if (object->refused)
		console_warn(&cli->console,
			     "%s: %zu frame%s without a source line, since the "
			     "file is not the one that ran",
			     module, object->frames,
			     object->frames == 1 ? "" : "s");
	else if (object->path || object->cached)
		console_warn(&cli->console,
			     "%s: %zu of %zu frames have a source line, from "
			     "%s%s",
			     module, object->resolved, object->frames,
			     object->path ? path : "the cache",
			     object->path && object->cached ? " and the cache"
							    : "");
}

void symbols_warn(struct cli *cli, const struct symbolizer *symbolizer,
		  size_t *told)
{
	char quoted[4 * WARNING_LIMIT + 4];
	const char *text;

	/* Names of symbols and files are in it. */
	for (; (text = symbolizer_warning(symbolizer, *told)); ++*told) {
		quote_text(span_of(text), WARNING_LIMIT, quoted,
			   sizeof(quoted));
		console_warn(&cli->console, "%s", quoted);
	}
}

void symbols_say(struct cli *cli, struct symbolizer *symbolizer, size_t *told)
{
	struct symbolizer_object object;
	size_t i;

	symbolizer_conclude(symbolizer);
	symbols_warn(cli, symbolizer, told);
	if (!cli->settings->verbose)
		return;
	for (i = 0; symbolizer_object(symbolizer, i, &object); i++)
		if (object.frames)
			say_object(cli, &object);
}
