/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options that tell where source lines and names of addresses are. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/quote.h"
#include "cli/option_value.h"
#include "cli/settings.h"

/* A name that was mistyped would look like debug information that lacks. */
static bool is_there(const char *path, struct error *err)
{
	char quoted[QUOTE_PATH_CAPACITY];

	if (access(path, R_OK) == 0)
		return true;
	quote_path(path, quoted);
	return error_set_io(err, errno, "cannot open '%s': %s", quoted,
			    strerror(errno));
}

static bool set_vmlinux(struct settings *settings, const char *value,
			struct error *err)
{
	settings->symbols.vmlinux = value;
	return is_there(value, err);
}

static bool set_debug_dir(struct settings *settings, const char *value,
			  struct error *err)
{
	struct symbol_settings *symbols = &settings->symbols;

	if (symbols->directory_count == SYMBOL_DIRECTORIES_MAX)
		return error_set(err, ERROR_USAGE,
				 "'--debug-dir' can be given %d times",
				 SYMBOL_DIRECTORIES_MAX);
	symbols->directories[symbols->directory_count++] = value;
	return is_there(value, err);
}

static bool set_symbols(struct settings *settings, const char *value,
			struct error *err)
{
	settings->symbols.never = strcmp(value, "never") == 0;
	if (settings->symbols.never || strcmp(value, "auto") == 0)
		return true;
	return option_refuse("choice", "symbols", value, "use auto or never",
			     err);
}

static bool set_kallsyms(struct settings *settings, const char *value,
			 struct error *err)
{
	(void)err;
	settings->addresses.kallsyms = value;
	return true;
}

static bool set_system_map(struct settings *settings, const char *value,
			   struct error *err)
{
	(void)err;
	settings->addresses.system_map = value;
	return true;
}

static bool set_kaslr_offset(struct settings *settings, const char *value,
			     struct error *err)
{
	if (!option_take_hex("kaslr-offset", value, &settings->addresses.offset,
			     err))
		return false;
	settings->addresses.offset_given = true;
	return true;
}

static bool offset_agrees(const struct address_settings *addresses,
			  struct error *err)
{
	return !addresses->offset_given || addresses->system_map ||
	       error_set(err, ERROR_USAGE,
			 "'--kaslr-offset' is of a System.map; name that with "
			 "'--system-map'");
}

bool settings_agree(const struct settings *settings, struct error *err)
{
	return offset_agrees(&settings->addresses, err) &&
	       settings_gate_agrees(settings, err);
}

const struct cli_option symbol_options[] = {
	{"vmlinux", 0, "FILE", "the kernel, with debug information",
	 set_vmlinux},
	{"debug-dir", 0, "DIR",
	 "where to look for it, and for modules, before\n"
	 "/usr/lib/debug and /lib/modules; may be repeated",
	 set_debug_dir},
	{"symbols", 0, "WHEN", "source lines: auto (where found) or never",
	 set_symbols},
	{0},
};

const struct cli_option address_options[] = {
	{"kallsyms", 0, "FILE",
	 "/proc/kallsyms of the same boot, to name addresses", set_kallsyms},
	{"system-map", 0, "FILE", "the same for a kernel without KASLR",
	 set_system_map},
	{"kaslr-offset", 0, "HEX", "... or one that was moved so far",
	 set_kaslr_offset},
	{0},
};
