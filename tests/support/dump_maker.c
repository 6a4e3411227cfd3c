/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/dump_maker.h"

#include <inttypes.h>
#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct dump_traits traits[DUMP_VARIANTS] = {
	[DUMP_3_19] = {.name = "3.19",
		       .letters = true,
		       .raw_pointers = true,
		       .frames = true},
	[DUMP_4_6] = {.name = "4.6",
		      .names = true,
		      .raw_pointers = true,
		      .frames = true},
	[DUMP_4_12] = {.name = "4.12", .names = true, .frames = true},
	[DUMP_5_11] = {.name = "5.11",
		       .names = true,
		       .pid = true,
		       .frames = true},
	[DUMP_5_13] = {.name = "5.13",
		       .names = true,
		       .pid = true,
		       .free_ts = true,
		       .node = true,
		       .frames = true},
	[DUMP_5_18] = {.name = "5.18",
		       .names = true,
		       .pid = true,
		       .free_ts = true,
		       .node = true,
		       .task = true,
		       .frames = true},
	[DUMP_6_5] = {.name = "6.5",
		      .names = true,
		      .pid = true,
		      .free_ts = true,
		      .node = true,
		      .task = true,
		      .hex_pfn = true,
		      .frames = true},
	[DUMP_6_8] = {.name = "6.8",
		      .names = true,
		      .pid = true,
		      .node = true,
		      .task = true,
		      .hex_pfn = true,
		      .frames = true},
	[DUMP_STACK_HANDLE] = {.name = "stack_handle",
			       .names = true,
			       .pid = true,
			       .node = true,
			       .task = true,
			       .hex_pfn = true,
			       .frames = true,
			       .handle = true},
	[DUMP_HANDLE] = {.name = "handle",
			 .names = true,
			 .pid = true,
			 .node = true,
			 .task = true,
			 .hex_pfn = true,
			 .handle = true},
};

const struct dump_traits *dump_traits(enum dump_variant variant)
{
	return &traits[variant];
}

/* ---- making ---- */

static const char *const inner_frames[] = {
	"post_alloc_hook+0x177/0x1a0",
	"get_page_from_freelist+0x3f0/0x500",
	"__alloc_pages_noprof+0xe6/0x230",
	"__alloc_pages_nodemask+0x1a5/0x290",
	"alloc_pages_mpol+0x8a/0x120",
	"new_slab+0x392/0x490",
	"allocate_slab+0x5a/0x3b0",
	"__vmalloc_node_range_noprof+0x1c4/0x840",
	"kmalloc_order+0x32/0xd0",
};

static const char *const middle_frames[] = {
	"pte_alloc_one+0x15/0x50",
	"do_anonymous_page+0x1b3/0x3a0",
	"filemap_alloc_folio+0x47/0x60",
	"shmem_alloc_folio+0x71/0xb0",
	"page_pool_alloc_pages+0x41/0x90 [page_pool]",
	"do_leak+0x1b/0x30 [leaky_pages]",
	"do_leak+0x2b/0x30 [leaky_pages]",
	"leaky_rx_refill+0x40/0x90 [leaky_pages]",
	"leaky_tx_ring_grow.constprop.0+0x40/0x90 [leaky_pages]",
	"churn_page_get+0xf/0x30 [churn]",
	"alloc_skb_with_frags+0x5c/0x220",
	"copy_process+0x3cd/0x1a20",
	"pcpu_alloc_pages.constprop.0+0x9f/0x120",
	"stack_depot_save_flags+0x2b1/0x600",
	"register_early_stack+0x28/0x57",
	"register_dummy_stack+0x2d/0x40",
	"0xffffffffc0123456",
	"_RNvMNtCs1_4core3fmtNtB2_9Formatter3pad+0x1f/0x40 [rust_mod]",
	"bpf_prog_6deef7357e7b4530_sd_fw_egress+0x4a/0x60",
};

static const char *const outer_frames[] = {
	"kernel_init_freeable+0x138/0x1a2",
	"do_syscall_64+0x3b/0x90",
	"entry_SYSCALL_64_after_hwframe+0x72/0xdc",
	"ret_from_fork+0x22/0x30",
	"kthread+0xee/0x120",
	"worker_thread+0x4c/0x3a0",
	"0xffffffffffffffff",
};

static const char *const masks[] = {
	"GFP_KERNEL_ACCOUNT|__GFP_ZERO",   "GFP_HIGHUSER_MOVABLE",
	"GFP_KERNEL|__GFP_COMP|0x8000000", "GFP_ATOMIC",
	"GFP_KERNEL|__GFP_RECLAIMABLE",	   "",
};

static const char *const migratetypes[] = {
	"Unmovable", "Movable", "Reclaimable", "HighAtomic", "CMA", "Isolate",
};

static const char *const tame_comms[] = {
	"NetworkManager", "kworker/u8:3", "swapper/0", "Web Content",
	"stress-ng-brk",  "(sd-pam)",	  "cat",
};

static const char *const hostile_comms[] = {
	"",
	"a)",
	"))((",
	"a, ts 5 ns",
	"x), ts 5 ns",
	"x), ts 5 ns\n",
	"a), free_ts 1 n",
	"nl\n\nPFN 0x1 typ",
	"\n\n\n",
	"\nPFN 1 Block 1",
	")\nPFN 1 Block 1",
	")\nPFN 1 Block \n",
	"a\nb",
	"\n",
	"Page allocated",
	"\nPage allocated",
	", tgid 1 (x",
	"\033[2J\x01\x7f",
	"\xff\xfe\xc3(",
	"mask 0x0()",
	"\n sym+0x1/0x2",
	"\n\n f+0x1/0x2\n\n",
	"[x] ",
	"\nhandle: 7",
};

static const char *const memcgs[] = {
	"/",
	"NetworkManager.service",
	"user@1000.service",
	"a b)c",
	"Page allocated via order 0, mask 0x0()",
	"memcg x",
	"offline memcg y",
	"x.",
	"\xc3\xa9\xff",
};

#define PICK(dice, array) ((array)[dice_below((dice), COUNT(array))])

static void make_stack(struct dump_stack *stack, struct dice *dice,
		       const struct dump_recipe *recipe, size_t number)
{
	size_t inner = dice_below(dice, 3), middle = 1 + dice_below(dice, 4);
	size_t outer = dice_below(dice, 3);

	stack->handle = (uint32_t)(number * 4099 + 1);
	if (!recipe->tame && dice_one_in(dice, 20))
		return;
	while (inner-- > 0)
		stack->frames[stack->frame_count++] = PICK(dice, inner_frames);
	while (middle-- > 0)
		stack->frames[stack->frame_count++] = PICK(dice, middle_frames);
	while (outer-- > 0)
		stack->frames[stack->frame_count++] = PICK(dice, outer_frames);
}

static void make_record(struct dump_record *record, struct dice *dice,
			const struct dump *dump,
			const struct dump_recipe *recipe)
{
	uint64_t span = recipe->ts_span ? recipe->ts_span : 100000000000;
	bool hostile = !recipe->tame && dice_one_in(dice, 4);
	/* The lower the number, the more often. */
	size_t a = dice_below(dice, dump->stack_count);
	size_t b = dice_below(dice, dump->stack_count);

	record->stack = &dump->stacks[a < b ? a : b];
	record->order =
		dice_one_in(dice, 4) ? (unsigned)dice_below(dice, 11) : 0;
	record->gfp = PICK(dice, masks);
	record->mask =
		record->gfp[0] ? (unsigned)dice_below(dice, 0xfffff) + 1 : 0;
	record->migratetype = PICK(dice, migratetypes);
	record->pageblock = PICK(dice, migratetypes);
	record->comm =
		hostile ? PICK(dice, hostile_comms) : PICK(dice, tame_comms);
	record->pid = (unsigned)dice_below(dice, 40000);
	record->tgid = record->pid - record->pid % 7;
	record->node = (unsigned)dice_below(dice, 2);
	record->zone = (unsigned)dice_below(dice, 3);
	record->ts_ns = recipe->first_ts + dice_below(dice, span);
	record->free_ts_ns = dice_one_in(dice, 3) ? 0 : record->ts_ns / 2;
	record->charge = dice_one_in(dice, 3)
				 ? (enum dump_charge)dice_below(dice, 5)
				 : CHARGE_NONE;
	record->memcg = PICK(dice, memcgs);
	if (recipe->tame)
		record->memcg = memcgs[1];
	record->slab_line = dice_one_in(dice, 8);
	record->migrated = dice_one_in(dice, 8);
}

void dump_make(struct dump *dump, struct dice *dice,
	       const struct dump_recipe *recipe)
{
	uint64_t pfn = 1 + dice_below(dice, 5000);
	size_t i;

	dump->stack_count = recipe->stacks;
	dump->stacks = calloc(recipe->stacks, sizeof(*dump->stacks));
	dump->records = calloc(recipe->records, sizeof(*dump->records));
	if (!dump->stacks || !dump->records)
		abort();
	for (i = 0; i < recipe->stacks; i++)
		make_stack(&dump->stacks[i], dice, recipe, i);
	for (; dump->count < recipe->records; dump->count++) {
		struct dump_record *record = &dump->records[dump->count];

		/* Neighbours often were allocated together. */
		if (dump->count && dice_one_in(dice, 2))
			*record = record[-1];
		else
			make_record(record, dice, dump, recipe);
		record->pfn = pfn;
		pfn += (uint64_t)1 << record->order;
	}
}

void dump_deinit(struct dump *dump)
{
	free(dump->records);
	free(dump->stacks);
	*dump = (struct dump){0};
}

/* ---- writing ---- */

static void write_header(struct text_buffer *text,
			 const struct dump_record *record,
			 const struct dump_traits *is)
{
	text_buffer_format(text, "Page allocated via order %u, mask 0x%x",
			   record->order, record->mask);
	if (is->names)
		text_buffer_format(text, "(%s)", record->gfp);
	if (is->pid)
		text_buffer_format(text, ", pid %u", record->pid);
	if (is->task)
		text_buffer_format(text, ", tgid %u (%s)", record->tgid,
				   record->comm);
	if (is->pid)
		text_buffer_format(text, ", ts %" PRIu64 " ns", record->ts_ns);
	if (is->free_ts)
		text_buffer_format(text, ", free_ts %" PRIu64 " ns",
				   record->free_ts_ns);
	text_buffer_add(text, SPAN("\n"));
}

static void write_page(struct text_buffer *text,
		       const struct dump_record *record,
		       const struct dump_traits *is)
{
	uint64_t block = record->pfn >> 9;

	if (is->letters) {
		text_buffer_format(text,
				   "PFN %" PRIu64 " Block %" PRIu64
				   " type 2 %s Flags    U  A     B\n",
				   record->pfn, block,
				   record->order ? "Fallback" : "        ");
		return;
	}
	text_buffer_format(text,
			   is->hex_pfn ? "PFN 0x%" PRIx64 : "PFN %" PRIu64,
			   record->pfn);
	text_buffer_format(text,
			   " type %s Block %" PRIu64
			   " type %s Flags 0x17fffc0010200(",
			   record->migratetype, block, record->pageblock);
	text_buffer_add(text, record->order ? SPAN("slab|head")
					    : SPAN("uptodate|lru|swapbacked"));
	if (is->node)
		text_buffer_format(text, "|node=%u|zone=%u|lastcpupid=0x1fffff",
				   record->node, record->zone);
	text_buffer_add(text, SPAN(")\n"));
}

/* An address for a frame, as a kernel without KASLR would have it. */
static uint64_t address_of(const char *frame)
{
	uint64_t hash = 5381;

	while (*frame)
		hash = hash * 33 + (unsigned char)*frame++;
	return 0xffffffff80000000 | (hash & 0xffffff);
}

static void write_frames(struct text_buffer *text,
			 const struct dump_stack *stack,
			 const struct dump_traits *is)
{
	size_t i;

	for (i = 0; i < stack->frame_count && is->frames; i++) {
		if (is->raw_pointers)
			text_buffer_format(text, " [<%016" PRIx64 ">]",
					   address_of(stack->frames[i]));
		text_buffer_format(text, " %s\n", stack->frames[i]);
	}
}

static void write_trailer(struct text_buffer *text,
			  const struct dump_record *record,
			  const struct dump_traits *is)
{
	static const char *const charges[] = {
		[CHARGE_TO] = "Charged to memcg %s\n",
		[CHARGE_OBJCG] = "Charged (via objcg) to memcg %s\n",
		[CHARGE_OFFLINE] = "Charged to offline memcg %s\n",
		[CHARGE_EARLY_OFFLINE] = "Charged to offlined memcg %s.\n",
	};

	if (is->handle)
		text_buffer_format(text, "handle: %" PRIu32 "\n",
				   record->stack->handle);
	if (is->names && record->migrated)
		text_buffer_format(text, "Page has been migrated, last migrate "
					 "reason: compaction\n");
	if (!is->task)
		return;
	if (record->slab_line)
		text_buffer_add(text, SPAN("Slab cache page\n"));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (record->charge)
		text_buffer_format(text, charges[record->charge],
				   record->memcg);
#pragma GCC diagnostic pop
}

/* Break a long header where a mail program would. */
static void wrap(struct text_buffer *text)
{
	const char *end = memchr(text->at, '\n', text->length);
	size_t i;

	for (i = 70; i < (size_t)(end - text->at); i++)
		if (text->at[i] == ' ' && text->at[i - 1] == ',') {
			text->at[i] = '\n';
			return;
		}
}

/* Lines as the kernel prints them, rewritten in a style. */
static void restyle(struct text_buffer *text, struct span plain,
		    const struct dump_style *style)
{
	struct span line;

	while (span_take_line(&plain, &line)) {
		if (style->no_blank_lines && !plain.length)
			break;
		if (style->prefix)
			text_buffer_add(text, span_of(style->prefix));
		while (style->no_indent && span_take(&line, SPAN(" ")))
			;
		text_buffer_add(text, line);
		text_buffer_add(text, style->crlf ? SPAN("\r\n") : SPAN("\n"));
	}
}

void dump_write_record(struct text_buffer *text,
		       const struct dump_record *record,
		       const struct dump_style *style)
{
	const struct dump_traits *is = dump_traits(style->variant);
	struct text_buffer plain = {0};

	write_header(&plain, record, is);
	if (style->wrapped)
		wrap(&plain);
	write_page(&plain, record, is);
	write_frames(&plain, record->stack, is);
	write_trailer(&plain, record, is);
	text_buffer_add(&plain, SPAN("\n"));
	restyle(text, text_buffer_span(&plain), style);
	text_buffer_deinit(&plain);
}

void dump_write(struct text_buffer *text, const struct dump *dump,
		const struct dump_style *style)
{
	size_t i;

	for (i = 0; i < dump->count; i++)
		dump_write_record(text, &dump->records[i], style);
}

void dump_stack_text(struct text_buffer *text, const struct dump_record *record,
		     const struct dump_style *style)
{
	const struct dump_stack *stack = record->stack;
	size_t i, count = stack->frame_count;

	if (!dump_traits(style->variant)->frames) {
		text_buffer_format(text, " handle:%" PRIu32 "\n",
				   stack->handle);
		return;
	}
	for (i = 0; i < count; i++)
		if (strcmp(stack->frames[i], "0xffffffffffffffff") != 0)
			text_buffer_format(text, " %s\n", stack->frames[i]);
	if (!count && dump_traits(style->variant)->handle)
		text_buffer_format(text, " handle:%" PRIu32 "\n",
				   stack->handle);
}

/* ---- damage ---- */

static const char *const foreign[] = {
	"cat: page_owner: Cannot allocate memory\n",
	"[  12.345678] usb 1-1: new device\n",
	"\n",
	"\n\n\n",
	" \n",
	"\t\n",
	"\r\n",
	"   \r\n",
	"? stray+0x1/0x2\n",
	" ? found+0x1/0x2\n",
	" sym+0x1/0x2\n",
	"sym+0x1/0x2 [m]\n",
	" garbage without a plus\n",
	" [<ffffffff81000000>] raw+0x1/0x2\n",
	" 0xffffffffffffffff\n",
	"Page allocated via order 0, mask 0x0()\n",
	"Page allocated via order 31, mask 0x1(X), pid 1, ts 2 ns\n",
	"Page allocated via order ",
	"page allocated via order 0, mask 0x1\n",
	"PFN 0x7 type Movable Block 0 type Movable Flags 0x0()\n",
	"PFN 7 Block 0 type 2          Flags \n",
	"PFN 99999999999999999999999 type X Block 0 type Y Flags 0x0()\n",
	"Charged to memcg x\n",
	"Charged to offlined memcg .\n",
	"Slab cache page\n",
	"handle: 12\n",
	"handle: x\n",
	"Page has been migrated, last migrate reason: numa\n",
	"Flags 0x0()\n",
	"type Movable\n",
	"0x12\n",
	"> ",
	"<4>",
	"[    1.000000] ",
	"memcg ",
	"\0",
	"\n\n",
	", ts 18446744073709551615 ns",
	", ts 99999999999999999999 ns",
	", pid ",
};

static size_t line_start(const struct text_buffer *text, size_t at)
{
	while (at > 0 && text->at[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_length(const struct text_buffer *text, size_t at)
{
	const char *newline = memchr(text->at + at, '\n', text->length - at);

	return newline ? (size_t)(newline + 1 - (text->at + at))
		       : text->length - at;
}

static void damage_once(struct text_buffer *text, struct dice *dice)
{
	size_t at = dice_below(dice, text->length);
	size_t line = line_start(text, at), behind = text->length - at;
	size_t some = 1 + dice_below(dice, behind < 300 ? behind : 300);
	const char *word = PICK(dice, foreign);
	char byte = "\n \t\r)(,x0\0>[]+/"[dice_below(dice, 16)];
	char *copy;

	switch (dice_below(dice, 8)) {
	case 0: /* a hole */
		text_buffer_replace(text, at, some, SPAN(""));
		return;
	case 1: /* a line lost */
		text_buffer_replace(text, line, line_length(text, line),
				    SPAN(""));
		return;
	case 2: /* a foreign line, or the begin of one */
		text_buffer_replace(text, line, 0, span_of(word));
		return;
	case 3: /* a foreign piece inside a line */
		text_buffer_replace(text, at, 0, span_of(word));
		return;
	case 4: /* another byte */
		text->at[at] = byte;
		return;
	case 5: /* a line end lost */
		some = line_length(text, line);
		text_buffer_replace(text, line + some - 1, 1, SPAN(""));
		return;
	case 6: /* a piece twice */
		copy = malloc(some);
		if (!copy)
			abort();
		memcpy(copy, text->at + at, some);
		text_buffer_replace(text, dice_one_in(dice, 2) ? line : at, 0,
				    (struct span){copy, some});
		free(copy);
		return;
	default: /* cut off */
		if (dice_one_in(dice, 4))
			text_buffer_replace(text, at, behind, SPAN(""));
	}
}

void dump_damage(struct text_buffer *text, struct dice *dice, unsigned times)
{
	while (times-- > 0 && text->length > 1)
		damage_once(text, dice);
}
