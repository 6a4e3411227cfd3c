/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/ignored_symbol.h"

#include <stddef.h>
#include <string.h>

/*
 * scripts/kallsyms.c and scripts/mksysmap of all versions together, and
 * is_mapping_symbol() for modules. What these drop of data is not here: data
 * does not lie between functions.
 */
static const char *const prefixes[] = {
	"$",	  /* mapping symbols of ARM, local ones of MIPS */
	".L",	  /* the compiler's labels */
	"L0",	  /* in modules, all that begin so */
	"__crc_", /* sums of exported symbols, absolute before 6.4 */
	"__efistub_",
	"__kcfi_typeid_",
	"__kstrtab_",
	"__kstrtabns_",
	"__kvm_nvhe_$",
	"__kvm_nvhe_.L",
	"__kvm_nvhe___kcfi_typeid_",
	"__pi_$",
	"__pi_.L",
	"__pi___kcfi_typeid_",
};

static const char *const suffixes[] = {"_from_arm", "_from_thumb", "_veneer"};

static const char *const parts[] = {".long_branch.", ".plt_branch."};

/* lld's "__AArch64ADRPThunk_" and its like: "__", word, "Thunk_". */
static bool is_thunk(const char *name)
{
	const char *thunk = strstr(name, "Thunk_");

	return strncmp(name, "__", 2) == 0 && thunk &&
	       memchr(name + 2, '_', (size_t)(thunk - name) - 2) == NULL;
}

static bool ends_with(const char *name, const char *suffix)
{
	size_t length = strlen(name), tail = strlen(suffix);

	return length >= tail && strcmp(name + length - tail, suffix) == 0;
}

bool symbol_is_ignored(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	for (i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (ends_with(name, suffixes[i]))
			return true;
	for (i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (strstr(name, parts[i]))
			return true;
	return is_thunk(name);
}
