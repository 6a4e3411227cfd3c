/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/csv_account.h"

#include "output/account_words.h"
#include "output/csv_writer.h"

/*
 * One table for all of it: a row is one amount of one capture. The sections
 * tell what it is of, and with that which cells are filled.
 */
struct csv_account {
	struct csv_writer csv;
	const struct account_side *side;
	const char *capture; /* "old", "new", or "" */
	const char *scope;   /* "" or "node 0" */
};

struct csv_amount {
	const char *section, *id, *name, *kind, *owner;
	int64_t kib;
	bool unknown;			 /* of kib */
	const struct cross_check *check; /* that was made; or NULL */
	const char *state;
	const char *text; /* for people */
};

static void write_heading(struct csv_writer *csv)
{
	static const char *const names[] = {
		"capture", "path",    "scope",	       "section",
		"id",	   "name",    "kind",	       "owner",
		"kib",	   "records", "tolerance_kib", "at_most",
		"state",   "text",    "source_file",   "source_line"};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		csv_string(csv, names[i]);
	csv_end_row(csv);
}

/* How far apart the sides of a check may be. */
static void write_tolerance(struct csv_writer *csv,
			    const struct cross_check *check)
{
	if (!check) {
		csv_empty(csv);
		csv_empty(csv);
		return;
	}
	csv_i64(csv, check->tolerance_kib);
	csv_string(csv, check->at_most ? "true" : "false");
}

static void write_amount(struct csv_account *account,
			 const struct csv_amount *amount)
{
	struct csv_writer *csv = &account->csv;

	csv_string(csv, account->capture);
	csv_string(csv, account->side->path);
	csv_string(csv, account->scope);
	csv_string(csv, amount->section);
	csv_string(csv, amount->id);
	csv_string(csv, amount->name);
	csv_string(csv, amount->kind);
	csv_string(csv, amount->owner);
	if (amount->unknown)
		csv_empty(csv);
	else
		csv_i64(csv, amount->kib);
	csv_empty(csv);
	write_tolerance(csv, amount->check);
	csv_string(csv, amount->state);
	csv_string(csv, amount->text);
	csv_place(csv, NULL);
	csv_end_row(csv);
}

/* The terms of a sum, below the row that it is of. */
static void write_terms(struct csv_account *account, const char *section,
			const char *id, const char *kind, const struct sum *sum)
{
	const struct sum_term *term;

	for (term = sum->first; term; term = term->next)
		write_amount(account,
			     &(struct csv_amount){.section = section,
						  .id = id,
						  .name = term->name,
						  .kind = kind,
						  .kib = term->kib,
						  .text = term->group});
}

static void write_total(struct csv_account *account, const char *id,
			int64_t kib)
{
	write_amount(account, &(struct csv_amount){.section = "budget",
						   .id = id,
						   .kind = "total",
						   .kib = kib});
}

static void write_budget(struct csv_account *account,
			 const struct budget *budget)
{
	size_t i;

	if (!budget->known)
		return;
	account->scope = budget->scope;
	write_total(account, "total", budget->total.kib);
	for (i = 0; i < budget->row_count; i++) {
		const struct budget_row *row = &budget->rows[i];

		write_amount(account,
			     &(struct csv_amount){
				     .section = "budget",
				     .id = row->id,
				     .name = row->name,
				     .kind = account_kind_word(row->kind),
				     .owner = account_owner_word(row->owner),
				     .kib = row->sum.kib,
				     .text = row->what});
		write_terms(account, "term", row->id, NULL, &row->sum);
	}
	write_total(account, "counted", budget->counted.kib);
	write_total(account, "remainder", budget->remainder_kib);
	write_total(account, "doubt", budget->doubt_kib);
}

static void write_free_sum(struct csv_account *account, const char *id,
			   const struct sum *sum)
{
	write_amount(account, &(struct csv_amount){.section = "free",
						   .id = id,
						   .kib = sum->kib,
						   .unknown = !sum->first});
	write_terms(account, "free term", id, NULL, sum);
}

static void write_free(struct csv_account *account,
		       const struct free_view *view)
{
	write_free_sum(account, "total", &view->total);
	write_free_sum(account, "used", &view->used);
	write_free_sum(account, "free", &view->free);
	write_free_sum(account, "shared", &view->shared);
	write_free_sum(account, "buff/cache", &view->buff_cache);
	write_free_sum(account, "available", &view->available);
	write_free_sum(account, "swap total", &view->swap_total);
	write_free_sum(account, "swap used", &view->swap_used);
	write_free_sum(account, "swap free", &view->swap_free);
	write_free_sum(account, "available by", &view->available_by);
}

static void write_checks(struct csv_account *account)
{
	size_t i;

	for (i = 0; i < account->side->check_count; i++) {
		const struct cross_check *check = &account->side->checks[i];
		bool made = check->state != CHECK_MISSING;

		write_amount(account,
			     &(struct csv_amount){
				     .section = "check",
				     .id = check->id,
				     .name = check->title,
				     .kib = check->difference_kib,
				     .unknown = !made,
				     .check = made ? check : NULL,
				     .state = account_state_word(check->state),
				     .text = check->meaning});
		write_terms(account, "check term", check->id, "left",
			    &check->left);
		write_terms(account, "check term", check->id, "right",
			    &check->right);
	}
}

static void write_coverages(struct csv_account *account)
{
	size_t i;

	for (i = 0; i < account->side->coverage_count; i++) {
		const struct coverage *coverage = &account->side->coverages[i];
		struct csv_amount amount = {
			.section = "coverage",
			.id = coverage->id,
			.name = coverage->name,
			.kind = "counters",
			.kib = coverage->counters_kib,
			.state = coverage->agrees ? "agrees" : "differs",
			.text = coverage->meaning,
		};

		write_amount(account, &amount);
		amount.kind = "stacks";
		amount.kib = coverage->stacks_kib;
		write_amount(account, &amount);
		amount.kind = "younger";
		amount.kib = coverage->younger_kib;
		write_amount(account, &amount);
	}
}

static void write_stacks(struct csv_account *account)
{
	const struct account_side *side = account->side;

	write_amount(account, &(struct csv_amount){.section = "stacks",
						   .id = "holders",
						   .kib = side->holders_kib});
	write_amount(
		account,
		&(struct csv_amount){.section = "stacks",
				     .id = "holders younger",
				     .kib = side->holders_younger_kib,
				     .unknown = side->holders_younger_kib < 0});
	write_amount(account,
		     &(struct csv_amount){.section = "stacks",
					  .id = "younger",
					  .kib = side->younger_kib,
					  .unknown = side->younger_kib < 0});
	write_amount(account, &(struct csv_amount){.section = "stacks",
						   .id = "balloon",
						   .kib = side->balloon_kib});
}

static void write_nodes(struct csv_account *account)
{
	size_t i;

	for (i = 0; i < account->side->node_count; i++) {
		const struct account_node *node = &account->side->nodes[i];

		write_budget(account, &node->budget);
		if (node->budget.known && node->unaccounted_stacks_kib >= 0)
			write_amount(
				account,
				&(struct csv_amount){
					.section = "stacks",
					.id = "holders",
					.kib = node->unaccounted_stacks_kib});
	}
	account->scope = "";
}

/* Only a dump that lies has more than 64 bits of bytes. */
static uint64_t held_kib(const struct report_side *side, uint64_t units)
{
	uint64_t bytes;

	if (__builtin_mul_overflow(units, side->unit_bytes, &bytes))
		bytes = UINT64_MAX;
	return bytes / 1024;
}

/* The place that all stacks of a group share; NULL: there is none. */
static const struct source_place *group_place(const struct report *holders,
					      const struct report_group *group)
{
	const struct source_place *shared = NULL, *place;
	size_t i;

	for (i = 0; i < group->row_count; i++) {
		const struct report_row *row =
			&holders->rows[group->first_row + i];

		place = row->stack ? stack_place(row->stack) : NULL;
		if (!place || (shared && !span_equal(shared->file_line,
						     place->file_line)))
			return NULL;
		shared = place;
	}
	return shared;
}

static void ask_group(const struct output_options *options,
		      const struct report *holders,
		      const struct report_group *group)
{
	size_t i;

	for (i = 0; i < group->row_count; i++)
		output_ask_blamed(options,
				  &holders->rows[group->first_row + i]);
}

static void write_holder(struct csv_account *account, const char *section,
			 const struct report *holders,
			 const struct report_group *group, unsigned side)
{
	const struct report_row *row = &holders->rows[group->first_row];
	const struct report_side *of = &holders->sides[side];
	const struct tally *tally = group->sides[side];
	struct csv_writer *csv = &account->csv;

	csv_string(csv, account->capture);
	csv_string(csv, account->side->path);
	csv_empty(csv);
	csv_string(csv, section);
	csv_text(csv, row->function);
	csv_text(csv, row->module);
	csv_string(csv, category_info(row->category)->name);
	csv_empty(csv);
	csv_u64_if(csv, of->unit != UNIT_OBJECT, held_kib(of, tally->units));
	csv_u64(csv, tally->records);
	write_tolerance(csv, NULL);
	csv_string(csv, holders->side_count == 2
				? verdict_info(group->verdict)->name
				: NULL);
	csv_text(csv, row->detail);
	csv_place(csv, group_place(holders, group));
	csv_end_row(csv);
}

/* The groups of stacks in no counter, or in slab caches, as they are ranked. */
static void write_holders(struct csv_account *account, const char *section,
			  const struct report *holders,
			  const struct output_options *options, unsigned side)
{
	size_t room =
		options->top_given && options->top ? options->top : SIZE_MAX;
	size_t shown = 0, i;

	for (i = 0; i < holders->group_count && shown < room; i++) {
		const struct report_group *group = &holders->groups[i];
		const struct tally *sides[2] = {group->sides[0],
						group->sides[1]};

		if (output_is_small(holders, options, &group->growth, sides))
			continue;
		ask_group(options, holders, group);
		write_holder(account, section, holders, group, side);
		shown++;
	}
}

/* What each cache holds; JSON has more of it. */
static void write_slab(struct csv_account *account,
		       const struct slab_view *slab, unsigned side)
{
	struct csv_writer *csv = &account->csv;
	size_t i;

	for (i = 0; i < slab->cache_count; i++) {
		const struct slab_amount *amount = &slab->caches[i].sides[side];

		csv_string(csv, account->capture);
		csv_string(csv, account->side->path);
		csv_empty(csv);
		csv_string(csv, "slab");
		csv_text(csv, slab->caches[i].name);
		csv_empty(csv);
		csv_empty(csv);
		csv_string(csv, account_owner_word(OWNER_KERNEL));
		csv_u64_if(csv, amount->known, amount->bytes / 1024);
		csv_u64_if(csv, amount->known && !amount->sums_only,
			   amount->objects);
		write_tolerance(csv, NULL);
		csv_empty(csv);
		csv_empty(csv);
		csv_place(csv, NULL);
		csv_end_row(csv);
	}
}

static void write_side(struct csv_account *account,
		       const struct account_report *report,
		       const struct output_options *options, unsigned side)
{
	const struct budget *budget = &account->side->budget;

	write_budget(account, budget);
	account->scope = "";
	if (budget->known)
		write_free(account, &budget->free);
	if (report->holders)
		write_stacks(account);
	write_coverages(account);
	write_checks(account);
	write_nodes(account);
	if (report->holders)
		write_holders(account, "holder", report->holders, options,
			      side);
	if (report->counted)
		write_holders(account, "counted holder", report->counted,
			      options, side);
	write_slab(account, &report->slab, side);
	if (report->objects)
		write_holders(account, "slab holder", report->objects, options,
			      side);
}

bool csv_account_write(const struct account_report *report,
		       const struct output_options *options, FILE *file,
		       struct error *err)
{
	struct csv_account account = {.csv = {.file = file}, .scope = ""};
	unsigned i;

	(void)err;
	write_heading(&account.csv);
	for (i = 0; i < report->side_count; i++) {
		account.side = &report->sides[i];
		account.capture = report->side_count == 1 ? ""
				  : i			  ? "new"
							  : "old";
		write_side(&account, report, options, i);
	}
	return true;
}
