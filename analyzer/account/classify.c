/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/classify.h"

#include "account/function_table.h"

#define NO_CATEGORY FUNCTION_NO_CATEGORY

/*
 * How many unknown frames may lie between the page allocator and a helper
 * that is known. They are taken for the helper's insides: compilers and
 * kernels differ in those, and a door such as kmem_cache_alloc() does not.
 */
#define INSIDES_MAX 3

struct walk {
	const struct frame *frames;
	size_t count;
	size_t at;		/* the frame looked at */
	enum category category; /* what the frames so far say */
	bool weak;		/* … unless a caller knows better */
	enum category counted;	/* whose counter covers the pages */
};

static const struct function_group *find(const struct frame *frame)
{
	if (frame_is_address(frame))
		return NULL;
	return function_table_find(frame->name, frame->module.length != 0);
}

/* Old kernels end a stack by ULONG_MAX, of 32 or 64 bits. */
static bool is_end_mark(const struct frame *frame)
{
	return frame_is_address(frame) &&
	       (frame->offset == UINT64_MAX || frame->offset == UINT32_MAX);
}

static bool is_helper(const struct function_group *group)
{
	return group && group->roles & FUNCTION_HELPER;
}

/* Whether group may replace what the frames below it have said. */
static bool overrides(const struct function_group *group,
		      const struct walk *walk)
{
	if (walk->category == NO_CATEGORY)
		return true;
	if (walk->weak && !(group->roles & FUNCTION_WEAK))
		return true;
	if (!(group->roles & FUNCTION_OVERRIDES))
		return false;
	if (walk->category == CATEGORY_PAGE_TABLE)
		return group->category == CATEGORY_SYSTEM_TABLES;
	return group->category == CATEGORY_DEBUGGING ||
	       walk->category == CATEGORY_VMALLOC;
}

static void consider(struct walk *walk, const struct function_group *group)
{
	if (!group || group->category == NO_CATEGORY || !overrides(group, walk))
		return;
	/* slabinfo and meminfo count slab pages of debugging as slab. */
	if (group->category != CATEGORY_DEBUGGING ||
	    walk->category == NO_CATEGORY)
		walk->counted = group->category;
	walk->category = group->category;
	walk->weak = group->roles & FUNCTION_WEAK;
}

/*
 * A helper that is sure what it allocates calls nobody but allocators; one
 * that is not may call back a driver, which allocates for itself.
 */
static bool is_door(const struct function_group *group)
{
	return is_helper(group) && group->category != NO_CATEGORY &&
	       !(group->roles & FUNCTION_WEAK);
}

/* Where a helper follows that tells a category, else count. */
static size_t find_door(const struct walk *walk)
{
	size_t i, end = walk->at + 1 + INSIDES_MAX;

	for (i = walk->at; i < walk->count && i < end; i++) {
		const struct function_group *group = find(&walk->frames[i]);

		if (is_door(group))
			return i;
		if (group && !is_helper(group))
			break;
		if (walk->frames[i].module.length ||
		    frame_is_address(&walk->frames[i]))
			break;
	}
	return walk->count;
}

/* Walk through the allocators to the first frame that is none. */
static void walk_helpers(struct walk *walk)
{
	while (walk->at < walk->count) {
		const struct function_group *group =
			find(&walk->frames[walk->at]);
		size_t door;

		if (is_helper(group)) {
			consider(walk, group);
			walk->at++;
			continue;
		}
		door = walk->category == NO_CATEGORY ? find_door(walk)
						     : walk->count;
		if (door == walk->count)
			return;
		walk->at = door;
	}
}

static enum category module_category(const struct frame *frame)
{
	return function_table_module(frame->module);
}

/*
 * Memory of freed init code prints as an address just as an unloaded
 * module's does; but only the kernel's own is called at boot.
 */
static bool is_boot(const struct walk *walk)
{
	size_t i;

	for (i = walk->at; i < walk->count; i++)
		if (span_equal(walk->frames[i].name,
			       SPAN("kernel_init_freeable")) ||
		    span_equal(walk->frames[i].name, SPAN("start_kernel")))
			return true;
	return false;
}

/* The innermost caller that tells what it wanted the page for. */
static enum category search_callers(const struct walk *walk)
{
	size_t i;

	for (i = walk->at; i < walk->count; i++) {
		const struct frame *frame = &walk->frames[i];
		const struct function_group *group = find(frame);

		if (group && group->roles & FUNCTION_BARRIER)
			return NO_CATEGORY;
		if (group && group->category != NO_CATEGORY &&
		    !(group->roles & FUNCTION_DIRECT))
			return group->category;
		if (frame->module.length)
			return module_category(frame);
		if (frame_is_address(frame) && !is_boot(walk))
			return CATEGORY_DRIVER;
	}
	return NO_CATEGORY;
}

/*
 * What the records tell of a stack whose frames tell nothing. Page flags are
 * read later than the stack, and a single page that was freed meanwhile sets
 * bits for all: so the gfp mask must agree, and frames beat the slab bits (no
 * slab page is allocated without a function of slab's in the stack).
 */
static enum category category_from_evidence(const struct walk *walk,
					    unsigned evidence,
					    enum category otherwise)
{
	bool frameless = walk->at == walk->count;

	if (frameless && evidence & (EVIDENCE_SLAB_LINE | EVIDENCE_FLAG_SLAB))
		return CATEGORY_SLAB;
	if (evidence & EVIDENCE_FLAG_LRU && evidence & EVIDENCE_MOVABLE)
		return evidence & EVIDENCE_FLAG_SWAPBACKED
			       ? CATEGORY_ANON
			       : CATEGORY_PAGE_CACHE;
	return otherwise;
}

static bool find_stale_symbol(const struct frame *frames, size_t count)
{
	static const struct span init_words[] = {
		{"init", 4},  {"start", 5},    {"load", 4},  {"setup", 5},
		{"probe", 5}, {"register", 8}, {"main", 4},  {"driver", 6},
		{"enter", 5}, {"entry", 5},    {"module", 6}};
	size_t i, word;

	for (i = 0; i + 1 < count; i++) {
		struct span name = frames[i].name;

		if (!frames[i].module.length ||
		    !span_equal(frames[i + 1].name, SPAN("do_one_initcall")))
			continue;
		for (word = 0;
		     word < sizeof(init_words) / sizeof(init_words[0]); word++)
			if (span_find(name, init_words[word]))
				return false;
		return !span_has_word(name, SPAN("mod"), '_');
	}
	return false;
}

static struct span find_module(const struct frame *frames, size_t count,
			       size_t from)
{
	size_t i;

	for (i = from; i < count; i++)
		if (frames[i].module.length)
			return frames[i].module;
	return (struct span){0};
}

static bool has_function(const struct frame *frames, size_t count,
			 struct span name)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (span_equal(frames[i].name, name))
			return true;
	return false;
}

/*
 * Pages that were there before page_owner. Up to 4.9 they carry the stack of
 * page_owner's own start, since then one that is made up.
 */
static bool is_early(const struct frame *frames, size_t count,
		     unsigned evidence)
{
	if (!count)
		return evidence & EVIDENCE_EARLY_MASK;
	if (span_equal(frames[0].name, SPAN("register_early_stack")))
		return true;
	return evidence & EVIDENCE_EARLY_MASK &&
	       !span_equal(frames[0].name, SPAN("register_dummy_stack")) &&
	       (has_function(frames, count, SPAN("init_page_owner")) ||
		has_function(frames, count, SPAN("page_ext_init")));
}

static void replace_slab(enum category *category, unsigned evidence)
{
	if (*category == CATEGORY_SLAB && evidence & EVIDENCE_RECLAIMABLE)
		*category = CATEGORY_SLAB_RECLAIMABLE;
}

/* GPUActive and GPUReclaim have the pages of TTM's pools, and no others. */
static bool is_from_gpu_pool(const struct walk *walk)
{
	size_t i;

	for (i = 0; i < walk->count; i++)
		if (span_starts_with(walk->frames[i].name,
				     SPAN("ttm_pool_alloc")))
			return true;
	return false;
}

/* What kmemleak knows besides objects in slab caches. */
static bool is_outside_slab(enum category category)
{
	return category == CATEGORY_VMALLOC || category == CATEGORY_PERCPU ||
	       category == CATEGORY_LARGE_KMALLOC ||
	       category == CATEGORY_KERNEL_STACK ||
	       category == CATEGORY_SYSTEM_TABLES || category == CATEGORY_EARLY;
}

/* kmemleak notes an allocation from within it. */
static void skip_kmemleak(struct walk *walk)
{
	const struct function_group *group;

	while (walk->at < walk->count) {
		group = find(&walk->frames[walk->at]);
		if (!group || group->category != CATEGORY_DEBUGGING)
			return;
		walk->at++;
	}
	walk->at = 0;
}

static void settle_category(struct walk *walk, unsigned evidence,
			    struct stack_class *ret)
{
	if (evidence & EVIDENCE_UNREFERENCED && walk->count &&
	    !is_outside_slab(walk->category))
		walk->category = walk->counted = CATEGORY_SLAB;
	if (walk->category == NO_CATEGORY) {
		enum category found = search_callers(walk);

		ret->wants_flags =
			found == NO_CATEGORY || found == CATEGORY_DRIVER;
		if (found == NO_CATEGORY)
			found = CATEGORY_OTHER;
		if (ret->wants_flags)
			found = category_from_evidence(walk, evidence, found);
		walk->category = walk->counted = found;
	}
	/* The traces of a cache tell who asked for an object, not for pages. */
	if (evidence & EVIDENCE_OBJECT) {
		walk->counted = CATEGORY_SLAB;
		if (walk->category != CATEGORY_DEBUGGING)
			walk->category = CATEGORY_SLAB;
	}
	replace_slab(&walk->category, evidence);
	replace_slab(&walk->counted, evidence);
	/* Object extensions lie in slab pages, and are counted as such. */
	if (walk->category == CATEGORY_DEBUGGING &&
	    category_info(walk->counted)->block == BLOCK_SLAB)
		walk->category = CATEGORY_SLAB_DEBUGGING;
	if (walk->counted == CATEGORY_GPU && !is_from_gpu_pool(walk))
		walk->counted = CATEGORY_OTHER;
	ret->category = walk->category;
	ret->counted_as = walk->counted;
}

/*
 * The first frame behind the helpers. Where that is only the kernel's way
 * in, or where there is none, the outermost helper: it is closest to the
 * caller, who has tail-called it or was beyond the frames kept.
 */
static size_t find_blamed(const struct walk *walk)
{
	const struct function_group *group;

	if (walk->at == walk->count)
		return walk->count - 1;
	group = find(&walk->frames[walk->at]);
	if (walk->at && group && group->roles & FUNCTION_ENTRY)
		return walk->at - 1;
	return walk->at;
}

void classify_stack(const struct frame *frames, size_t frame_count,
		    unsigned evidence, struct stack_class *ret)
{
	struct walk walk = {.frames = frames,
			    .count = frame_count,
			    .category = NO_CATEGORY,
			    .counted = NO_CATEGORY};
	struct stack_class class = {0};

	while (walk.count && is_end_mark(&frames[walk.count - 1]))
		walk.count--;
	if (is_early(frames, walk.count, evidence)) {
		class.category = class.counted_as = CATEGORY_EARLY;
		class.blamed = walk.count ? 0 : frame_count;
		*ret = class;
		return;
	}
	/* Made up too: page_owner could not save the real stack. */
	if (walk.count &&
	    span_equal(frames[0].name, SPAN("register_failure_stack")))
		walk.count = 1;
	if (evidence & EVIDENCE_VMALLOC)
		walk.category = walk.counted = CATEGORY_VMALLOC;
	if (evidence & EVIDENCE_UNREFERENCED)
		skip_kmemleak(&walk);
	walk_helpers(&walk);
	if (walk.at < walk.count)
		consider(&walk, find(&frames[walk.at]));
	settle_category(&walk, evidence, &class);
	class.blamed = walk.count ? find_blamed(&walk) : frame_count;
	class.module = find_module(frames, walk.count, class.blamed);
	class.stale_symbol = find_stale_symbol(frames, walk.count);
	*ret = class;
}

bool classify_is_helper(struct span name)
{
	return is_helper(function_table_find(name, false));
}
