/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/json_budget.h"

#include "output/account_words.h"

void json_kib_if(struct json_writer *json, const char *name, bool known,
		 int64_t kib)
{
	if (known)
		json_i64(json, name, kib);
	else
		json_null(json, name);
}

static void terms(struct json_writer *json, const struct sum *sum)
{
	const struct sum_term *term;

	json_open_array(json, "terms");
	for (term = sum->first; term; term = term->next) {
		json_open_flat_object(json, NULL);
		json_string(json, "group",
			    span_of(term->group ? term->group : ""));
		json_string(json, "name", span_of(term->name));
		json_i64(json, "kib", term->kib);
		json_u64(json, "value", term->value);
		json_optional(json, "unit", account_unit_word(term->unit));
		json_close_object(json);
	}
	json_close_array(json);
}

void json_sum(struct json_writer *json, const char *name, const struct sum *sum)
{
	if (!sum->first) {
		json_null(json, name);
		return;
	}
	json_open_object(json, name);
	json_i64(json, "kib", sum->kib);
	terms(json, sum);
	json_close_object(json);
}

static void row_names(struct json_writer *json, const struct budget_row *row)
{
	json_string(json, "id", span_of(row->id));
	json_string(json, "name", span_of(row->name));
	json_optional(json, "what", row->what);
	json_string(json, "kind", span_of(account_kind_word(row->kind)));
	json_string(json, "owner", span_of(account_owner_word(row->owner)));
}

static void rows(struct json_writer *json, const struct budget *budget)
{
	size_t i;

	json_open_array(json, "rows");
	for (i = 0; i < budget->row_count; i++) {
		json_open_object(json, NULL);
		row_names(json, &budget->rows[i]);
		json_i64(json, "kib", budget->rows[i].sum.kib);
		terms(json, &budget->rows[i].sum);
		json_close_object(json);
	}
	json_close_array(json);
}

void json_budget(struct json_writer *json, const char *name,
		 const struct budget *budget)
{
	size_t i;

	if (!budget->known) {
		json_null(json, name);
		return;
	}
	json_open_object(json, name);
	json_i64(json, "total_kib", budget->total.kib);
	json_i64(json, "counted_kib", budget->counted.kib);
	json_i64(json, "remainder_kib", budget->remainder_kib);
	json_i64(json, "doubt_kib", budget->doubt_kib);
	json_optional(json, "untold", budget->untold);
	json_u64(json, "page_size", budget->page_size);
	json_bool(json, "page_size_known", budget->page_size_known);
	json_bool(json, "stacks_in_vmalloc", budget->stacks_in_vmalloc);
	json_bool(json, "slab_has_large_kmalloc",
		  budget->slab_has_large_kmalloc);
	rows(json, budget);
	json_open_array(json, "notes");
	for (i = 0; i < budget->note_count; i++)
		json_string(json, NULL, span_of(budget->notes[i]));
	json_close_array(json);
	json_close_object(json);
}

void json_free(struct json_writer *json, const char *name,
	       const struct budget *budget)
{
	const struct free_view *view = &budget->free;

	if (!budget->known) {
		json_null(json, name);
		return;
	}
	json_open_object(json, name);
	json_sum(json, "total", &view->total);
	json_sum(json, "used", &view->used);
	json_sum(json, "free", &view->free);
	json_sum(json, "shared", &view->shared);
	json_sum(json, "buff_cache", &view->buff_cache);
	json_sum(json, "available", &view->available);
	json_sum(json, "swap_total", &view->swap_total);
	json_sum(json, "swap_used", &view->swap_used);
	json_sum(json, "swap_free", &view->swap_free);
	json_sum(json, "available_by", &view->available_by);
	json_close_object(json);
}

static void kind(struct json_writer *json, const char *name,
		 const struct budget_row *row)
{
	json_optional(json, name, row ? account_kind_word(row->kind) : NULL);
}

void json_budget_changes(struct json_writer *json,
			 const struct budget_pairs *pairs)
{
	size_t i;

	json_open_array(json, "rows");
	for (i = 0; i < pairs->count; i++) {
		const struct budget_pair *pair = &pairs->pairs[i];
		const struct budget_row *old = pair->old, *new = pair->new;

		json_open_flat_object(json, NULL);
		json_string(json, "id", span_of(budget_pair_newest(pair)->id));
		kind(json, "kind_before", old);
		kind(json, "kind_after", new);
		json_kib_if(json, "before_kib", old, old ? old->sum.kib : 0);
		json_kib_if(json, "after_kib", new, new ? new->sum.kib : 0);
		json_kib_if(json, "growth_kib", old && new,
			    budget_pair_growth(pair));
		json_close_object(json);
	}
	json_close_array(json);
}
