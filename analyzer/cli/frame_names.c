/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/frame_names.h"

#include <inttypes.h>

#include "account/name_addresses.h"
#include "cli/comparison.h"
#include "cli/kernel_symbols.h"

#define SIDES_MAX 2

/* One frame of so many is a bare address: more of them are worth a word. */
#define BARE_NOTICED 10

/* While names are given. */
struct naming {
	struct cli *cli;
	struct reading *readings[SIDES_MAX];
	size_t count;
	/* What was read; asked: it was tried. */
	struct kernel_symbols own[SIDES_MAX], given, map;
	bool own_asked[SIDES_MAX];
};

static size_t count_left(const struct reading *reading)
{
	size_t left = 0, i;

	for (i = 0; i < reading->capture.source_count; i++)
		left += name_addresses_left(
			&reading->capture.sources[i].snapshot);
	return left;
}

static bool name_all(struct reading *reading, const struct address_table *table,
		     size_t *ret_named, struct error *err)
{
	size_t i;

	*ret_named = 0;
	for (i = 0; i < reading->capture.source_count; i++)
		if (!name_addresses(&reading->capture.sources[i].snapshot,
				    table, ret_named, err))
			return false;
	return true;
}

/* Whether the sizes that the kernel printed are those of this list. */
static bool fits(const struct reading *reading,
		 const struct address_table *table)
{
	size_t i;

	for (i = 0; i < reading->capture.source_count; i++)
		if (!name_addresses_fits(&reading->capture.sources[i].snapshot,
					 table))
			return false;
	return true;
}

/*
 * Said always of a list from another moment: modules come and go, and get the
 * memory of those before them.
 */
static void tell(struct naming *naming, size_t side, const char *path,
		 bool of_another_moment, size_t named)
{
	char capture[QUOTE_PATH_CAPACITY], list[QUOTE_PATH_CAPACITY];

	if (!named || (!naming->cli->settings->verbose && !of_another_moment))
		return;
	quote_path(naming->readings[side]->capture.path, capture);
	quote_path(path, list);
	console_warn(&naming->cli->console,
		     "%s: %zu frame%s without a name named by %s%s", capture,
		     named, named == 1 ? "" : "s", list,
		     of_another_moment ? "; wrong where one module has taken "
					 "another one's place in between"
				       : "");
}

/* ---- a kallsyms of the capture, or one like it ---- */

/* That of a capture, once. That it has none is no error. */
static bool read_own(struct naming *naming, size_t side, struct error *err)
{
	struct capture *capture = &naming->readings[side]->capture;
	struct error refusal = {0};

	if (naming->own_asked[side])
		return true;
	naming->own_asked[side] = true;
	/* The list of the running machine says what its page_owner said. */
	if (!naming->cli->operands[side] || !capture->rereadable ||
	    strcmp(capture->path, "-") == 0)
		return true;
	if (kernel_symbols_read(&naming->own[side], naming->cli, capture->path,
				&refusal))
		return true;
	if (refusal.code != ERROR_MEMORY)
		return true;
	*err = refusal;
	return false;
}

static bool name_by_own(struct naming *naming, size_t side, struct error *err)
{
	size_t named = 0;

	if (!read_own(naming, side, err))
		return false;
	if (naming->own[side].usable &&
	    !name_all(naming->readings[side], &naming->own[side].table, &named,
		      err))
		return false;
	tell(naming, side, "its own kallsyms", false, named);
	return true;
}

static bool refuse_useless(const struct kernel_symbols *symbols,
			   const char *path, struct error *err)
{
	char quoted[QUOTE_PATH_CAPACITY];

	quote_path(path, quoted);
	return error_set(err, ERROR_FORMAT,
			 symbols->table.count
				 ? "%s: no address in it that is not hidden; "
				   "read /proc/kallsyms as root"
				 : "%s: no symbols of a kernel in it, as "
				   "/proc/kallsyms and System.map have them",
			 quoted);
}

static bool read_given(struct naming *naming, struct error *err)
{
	const char *path = naming->cli->settings->addresses.kallsyms;

	if (!path || naming->given.usable)
		return true;
	return kernel_symbols_read(&naming->given, naming->cli, path, err) &&
	       (naming->given.usable ||
		refuse_useless(&naming->given, path, err));
}

/* Of another boot, or of another kernel: its names would be wrong. */
static bool is_foreign(struct naming *naming, size_t side, const char *path)
{
	const struct kernel_symbols *own = &naming->own[side];
	char capture[QUOTE_PATH_CAPACITY], list[QUOTE_PATH_CAPACITY];

	quote_path(naming->readings[side]->capture.path, capture);
	quote_path(path, list);
	if (own->usable && own->stext && naming->given.stext &&
	    own->stext != naming->given.stext) {
		console_warn(&naming->cli->console,
			     "%s: of another boot than %s, whose _stext is at "
			     "0x%" PRIx64 ", not 0x%" PRIx64 "; not used",
			     list, capture, own->stext, naming->given.stext);
		return true;
	}
	if (fits(naming->readings[side], &naming->given.table))
		return false;
	console_warn(&naming->cli->console,
		     "%s: of another kernel than %s, whose functions have "
		     "other sizes; not used",
		     list, capture);
	return true;
}

static bool name_by_given(struct naming *naming, size_t side, struct error *err)
{
	const char *path = naming->cli->settings->addresses.kallsyms;
	size_t named = 0;

	if (!read_given(naming, err))
		return false;
	if (!naming->given.usable || is_foreign(naming, side, path))
		return true;
	if (!name_all(naming->readings[side], &naming->given.table, &named,
		      err))
		return false;
	tell(naming, side, path, true, named);
	return true;
}

/* OLD before NEW, as far as the captures tell. */
static bool is_in_order(const struct naming *naming)
{
	uint64_t old_ns = reading_began(naming->readings[0]);
	uint64_t new_ns = reading_began(naming->readings[1]);

	return old_ns == TS_NONE || new_ns == TS_NONE || old_ns <= new_ns;
}

/*
 * What was unloaded before NEW may be in OLD's list. Not the other way round:
 * what NEW has at an address that OLD's kernel had no name for came there
 * later.
 */
static bool name_by_old(struct naming *naming, size_t side, struct error *err)
{
	size_t named = 0;

	if (side == 0 || naming->count != 2 || !is_in_order(naming) ||
	    comparison_boot(naming->readings[0], naming->readings[1]) !=
		    BOOT_SAME)
		return true;
	if (!read_own(naming, 0, err))
		return false;
	if (!naming->own[0].usable)
		return true;
	if (!name_all(naming->readings[side], &naming->own[0].table, &named,
		      err))
		return false;
	tell(naming, side, "OLD's kallsyms", true, named);
	return true;
}

/* ---- System.map ---- */

static bool is_text(const struct counters *counters, const char *group,
		    const char *name, const char *value)
{
	const struct counter *counter =
		counters_find(counters, group, SPAN(""), name);

	return counter && counter->unit == COUNTER_TEXT &&
	       span_equal(counter->text, span_of(value));
}

static bool has_nokaslr(const struct counters *counters)
{
	const struct counter *counter =
		counters_find(counters, "cmdline", SPAN(""), "cmdline");

	return counter && counter->unit == COUNTER_TEXT &&
	       span_has_word(counter->text, SPAN("nokaslr"), ' ');
}

/* How far the kernel was moved from where the map has it; false: not known. */
static bool find_offset(const struct naming *naming, size_t side, uint64_t *ret)
{
	const struct address_settings *settings =
		&naming->cli->settings->addresses;
	const struct counters *counters =
		&naming->readings[side]->capture.counters;
	const struct kernel_symbols *own = &naming->own[side];

	*ret = settings->offset;
	if (settings->offset_given)
		return true;
	if (own->usable && own->stext && naming->map.stext) {
		*ret = own->stext - naming->map.stext;
		return true;
	}
	*ret = 0;
	return has_nokaslr(counters) ||
	       is_text(counters, "kernel_config", "CONFIG_RANDOMIZE_BASE", "n");
}

/* What the kernel printed itself was moved already, and has modules. */
static bool refuse_kallsyms(const char *path, struct error *err)
{
	char quoted[QUOTE_PATH_CAPACITY];

	quote_path(path, quoted);
	return error_set(err, ERROR_FORMAT,
			 "%s: no System.map, since it has symbols of modules; "
			 "name a kallsyms with --kallsyms",
			 quoted);
}

static bool read_map(struct naming *naming, struct error *err)
{
	const char *path = naming->cli->settings->addresses.system_map;

	if (!path || naming->map.usable)
		return true;
	if (!kernel_symbols_read(&naming->map, naming->cli, path, err))
		return false;
	naming->map.table.ranked = true;
	/* The kernel is one of them. */
	if (naming->map.table.modules.count > 1)
		return refuse_kallsyms(path, err);
	return naming->map.usable || refuse_useless(&naming->map, path, err);
}

static bool name_by_map(struct naming *naming, size_t side, struct error *err)
{
	const char *path = naming->cli->settings->addresses.system_map;
	char map[QUOTE_PATH_CAPACITY], capture[QUOTE_PATH_CAPACITY];
	struct reading *reading = naming->readings[side];
	size_t named = 0;

	if (!read_map(naming, err))
		return false;
	if (!naming->map.usable)
		return true;
	quote_path(path, map);
	quote_path(reading->capture.path, capture);
	if (!find_offset(naming, side, &naming->map.table.offset)) {
		console_warn(&naming->cli->console,
			     "%s: not used for %s: KASLR moves a kernel at "
			     "each boot, and nothing in the capture tells how "
			     "far (a kallsyms, 'nokaslr', or a kernel's "
			     "configuration without it); give --kaslr-offset",
			     map, capture);
		return true;
	}
	if (!fits(reading, &naming->map.table)) {
		console_warn(&naming->cli->console,
			     "%s: of another kernel than %s, whose functions "
			     "have other sizes; not used",
			     map, capture);
		return true;
	}
	if (!name_all(reading, &naming->map.table, &named, err))
		return false;
	tell(naming, side, path, false, named);
	return true;
}

/* ---- together ---- */

/* From the list that is surest to the one that is least. */
static bool name_side(struct naming *naming, size_t side, struct error *err)
{
	static bool (*const steps[])(struct naming *, size_t,
				     struct error *) = {
		name_by_own, name_by_given, name_by_old, name_by_map};
	size_t i;

	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (count_left(naming->readings[side]) &&
		    !steps[i](naming, side, err))
			return false;
	return true;
}

static void count_frames(const struct capture_source *source, size_t *ret_bare,
			 size_t *ret_all)
{
	const struct stack *stack;

	if (!source)
		return;
	*ret_bare += name_addresses_left(&source->snapshot);
	for (stack = source->snapshot.stacks.table; stack;
	     stack = stack->hh.next)
		*ret_all += stack->frame_count;
}

/*
 * Where nothing was tried, nobody knows what could be. A few are those of
 * modules that are gone: no list is likely to have them.
 */
static void tell_bare(struct naming *naming, size_t side)
{
	const struct reading *reading = naming->readings[side];
	const struct address_settings *asked =
		&naming->cli->settings->addresses;
	char capture[QUOTE_PATH_CAPACITY];
	size_t left = 0, all = 0;

	count_frames(reading->shown, &left, &all);
	count_frames(reading->objects, &left, &all);
	if (left * BARE_NOTICED <= all || naming->own[side].usable ||
	    asked->kallsyms || asked->system_map)
		return;
	quote_path(reading->capture.path, capture);
	console_warn(&naming->cli->console,
		     "%s: %zu frame%s bare address%s; a kallsyms of the same "
		     "boot (--kallsyms) or a System.map (--system-map) may "
		     "name %s",
		     capture, left, left == 1 ? " is a" : "s are",
		     left == 1 ? "" : "es", left == 1 ? "it" : "them");
}

static bool fill(struct naming *naming, size_t first, struct error *err)
{
	bool done = true;
	size_t i;

	for (i = first; done && i < naming->count; i++)
		done = name_side(naming, i, err);
	for (i = first; done && i < naming->count; i++)
		tell_bare(naming, i);
	for (i = 0; i < SIDES_MAX; i++)
		kernel_symbols_deinit(&naming->own[i]);
	kernel_symbols_deinit(&naming->given);
	kernel_symbols_deinit(&naming->map);
	return done;
}

bool frame_names_fill(struct cli *cli, struct reading *readings, size_t count,
		      struct error *err)
{
	struct naming naming = {.cli = cli};

	for (; naming.count < count && naming.count < SIDES_MAX; naming.count++)
		naming.readings[naming.count] = &readings[naming.count];
	return fill(&naming, 0, err);
}

bool frame_names_fill_later(struct cli *cli, struct reading *old,
			    struct reading *later, struct error *err)
{
	struct naming naming = {
		.cli = cli, .readings = {old, later}, .count = 2};

	return fill(&naming, 1, err);
}
