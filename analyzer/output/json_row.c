/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/json_row.h"

#include "output/json_amount.h"
#include "output/json_series.h"

static void stack(struct json_writer *json, const struct report_row *row)
{
	size_t i;

	if (!row->stack) {
		json_null(json, "stack");
		return;
	}
	json_open_array(json, "stack");
	for (i = 0; i < row->stack->frame_count; i++)
		json_string(json, NULL, row->stack->frames[i].text);
	json_close_array(json);
}

static void place(struct json_writer *json, const char *name,
		  const struct frame *frame, size_t index)
{
	const struct source_place *place = &frame->places[index];

	json_open_flat_object(json, name);
	json_optional_span(json, "function", place->function);
	json_optional_span(json, "file", place->file);
	json_u64_if(json, "line", place->line != 0, place->line);
	json_bool(json, "inlined", frame_place_is_inlined(frame, index));
	json_close_object(json);
}

static void frame(struct json_writer *json, const struct frame *frame)
{
	size_t i;

	json_open_object(json, NULL);
	json_string(json, "text", frame->text);
	json_open_array(json, "places");
	for (i = 0; i < frame->place_count; i++)
		place(json, NULL, frame, i);
	json_close_array(json);
	json_close_object(json);
}

static bool has_places(const struct stack *stack)
{
	size_t i;

	for (i = 0; i < stack->frame_count; i++)
		if (stack->frames[i].place_count)
			return true;
	return false;
}

/* What debug information tells of a stack; nothing where it tells nothing. */
static void source(struct json_writer *json, const struct stack *stack)
{
	const struct frame *blamed;
	size_t i;

	if (!stack || !has_places(stack))
		return;
	blamed = stack_blamed(stack);
	if (blamed && frame_place(blamed))
		place(json, "source", blamed, blamed->told_place);
	else
		json_null(json, "source");
	json_open_array(json, "frames");
	for (i = 0; i < stack->frame_count; i++)
		frame(json, &stack->frames[i]);
	json_close_array(json);
}

static void keys(struct json_writer *json, const struct report *report,
		 const struct report_row *row)
{
	size_t i;

	if (!report->keys)
		return;
	json_open_object(json, "keys");
	for (i = 0; report->keys[i]; i++)
		json_string(json, report->keys[i], row->values[i]);
	json_close_object(json);
}

static void measures(struct json_writer *json, const struct report *report,
		     const struct report_row *row)
{
	struct amount old = json_amount_of(row->sides[0]);
	struct amount new = json_amount_of(row->sides[1]);

	if (report->side_count == 1) {
		json_amount_members(json, &report->sides[0], &old);
		json_share(json, "fresh", row->fresh);
		return;
	}
	json_amount(json, "before", &report->sides[0], &old);
	json_amount(json, "after", &report->sides[1], &new);
	json_delta(json, "growth", &report->sides[1], &row->growth);
	json_share(json, "kept", row->kept);
	json_share(json, "fresh", row->fresh);
	json_string(json, "verdict", span_of(verdict_info(row->verdict)->name));
	json_iteration_write(json, report, row);
	json_trend_write(json, report, row);
}

static void times(struct json_writer *json, const struct tally *tally,
		  const char *name)
{
	unsigned i, bins = TIME_BINS;

	json_u64_if(json, "first_ns", tally->units_timed, tally->first_ts_ns);
	json_u64_if(json, "last_ns", tally->units_timed, tally->last_ts_ns);
	while (bins && !tally->times[bins - 1])
		bins--;
	json_open_flat_array(json, name);
	for (i = 0; i < bins; i++)
		json_u64(json, NULL, tally->times[i]);
	json_close_array(json);
}

/* Orders, times and sample pages of the newest side that has any. */
static void page_details(struct json_writer *json, const struct tally *tally)
{
	unsigned i;

	json_open_flat_object(json, "order");
	json_u64(json, "min", tally->order_min);
	json_u64(json, "max", tally->order_max);
	json_close_object(json);
	times(json, tally, "pages_by_time");
	json_open_flat_array(json, "pfns");
	for (i = 0; i < tally->pfn_count; i++)
		json_u64(json, NULL, tally->pfns[i]);
	json_close_array(json);
}

static void set(struct json_writer *json, const char *name,
		const struct number_set *set)
{
	char text[256];

	json_optional(json, name, number_set_text(set, text, sizeof(text)));
}

static const char *measure(const struct object_tally *objects)
{
	if (objects->by_request == objects->objects)
		return "requested";
	if (objects->unsized == objects->objects)
		return NULL;
	if (objects->by_slot == objects->objects)
		return "slots";
	return objects->by_request || objects->by_slot || objects->unsized
		       ? "mixed"
		       : "objects";
}

/* Ages are in jiffies; hz of the capture divides them. */
static void object_details(struct json_writer *json,
			   const struct object_tally *objects)
{
	uint64_t all = objects->objects;

	json_optional(json, "bytes_are", measure(objects));
	json_u64_if(json, "requested_bytes", objects->requested_known == all,
		    objects->requested_bytes);
	json_u64_if(json, "slot_bytes", objects->slot_known == all,
		    objects->slot_bytes);
	json_u64(json, "waste_bytes", objects->waste_bytes);
	json_open_flat_object(json, "age_jiffies");
	json_u64_if(json, "min", objects->aged, objects->age_min);
	json_u64_if(json, "mean", objects->aged,
		    objects->aged ? objects->age_sum / objects->aged : 0);
	json_u64_if(json, "max", objects->aged, objects->age_max);
	json_close_object(json);
	json_open_flat_object(json, "pid");
	json_u64(json, "min", objects->pid_min);
	json_u64(json, "max", objects->pid_max);
	json_close_object(json);
	set(json, "cpus", &objects->cpus);
	set(json, "nodes", &objects->nodes);
}

static void leak_details(struct json_writer *json, const struct tally *tally)
{
	json_optional_span(json, "task", tally_task(tally));
	times(json, tally, "bytes_by_time");
}

static void details(struct json_writer *json, const struct report_side *side,
		    const struct tally *tally)
{
	if (side->sizes)
		object_details(json, &tally->objects);
	else if (tally->task.known)
		leak_details(json, tally);
	else if (side->timed)
		page_details(json, tally);
}

/* The slab cache, the source line, the kind of area. */
static void identity(struct json_writer *json, const struct report *report,
		     const struct report_row *row)
{
	static const struct {
		enum record_field field;
		const char *name;
	} fields[] = {{FIELD_CACHE, "cache"},
		      {FIELD_SITE, "site"},
		      {FIELD_KIND, "kind"}};
	size_t i;

	if (report->keys)
		return;
	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (report->sides[0].snapshot->identity & 1u << fields[i].field)
			json_optional_span(json, fields[i].name, row->detail);
}

/* kmalloc() of more than two pages is rounded up to a power of two of them. */
static void rounding(struct json_writer *json, const struct report_side *side,
		     const struct report_row *row, const struct tally *tally)
{
	uint64_t each = side->unit_bytes << tally->order_min;

	if (row->mixed || row->category != CATEGORY_LARGE_KMALLOC ||
	    side->unit != UNIT_PAGE || !side->timed || !tally->order_min ||
	    tally->order_min != tally->order_max)
		return;
	json_open_flat_object(json, "rounding");
	json_u64(json, "bytes_each", each);
	json_u64(json, "asked_more_than", each / 2);
	json_close_object(json);
}

static void agreements(struct json_writer *json, const struct report *report,
		       const struct report_row *row)
{
	static const char *const scopes[] = {
		[SCOPE_FUNCTION] = "function",
		[SCOPE_STACK] = "stack",
		[SCOPE_GROUP] = "group",
	};
	const struct report_group *group = &report->groups[row->group];
	size_t i;

	if (report->keys)
		return;
	json_open_array(json, "seen_by");
	for (i = 0; i < group->agreement_count; i++) {
		const struct agreement *agreement = &group->agreements[i];

		json_open_flat_object(json, NULL);
		json_string(json, "source", span_of(agreement->source));
		json_string(json, "scope", span_of(scopes[agreement->scope]));
		if (report->side_count == 2)
			json_u64_if(json, "bytes_before", agreement->sized,
				    agreement->bytes[0]);
		json_u64_if(json, "bytes", agreement->sized,
			    agreement->bytes[1]);
		if (report->side_count == 2)
			json_u64(json, "records_before", agreement->records[0]);
		json_u64(json, "records", agreement->records[1]);
		json_u64(json, "rows", agreement->rows);
		json_optional_span(json, "largest", agreement->detail);
		json_close_object(json);
	}
	json_close_array(json);
}

/* What the row is of, as far as the keys tell. */
static void names(struct json_writer *json, const struct report *report,
		  const struct report_row *row)
{
	const struct category_info *info =
		row->mixed ? NULL : category_info(row->category);

	keys(json, report, row);
	json_optional_span(json, "function",
			   report_tells(report, "function") ? row->function
							    : (struct span){0});
	json_optional_span(json, "module",
			   report_tells(report, "module") ? row->module
							  : (struct span){0});
	json_optional(json, "category", info ? info->name : NULL);
	json_optional(json, "block",
		      info ? category_block_name(info->block) : NULL);
	identity(json, report, row);
}

void json_row_write(struct json_writer *json, const struct report *report,
		    const struct report_row *row)
{
	const struct report_side *newest =
		&report->sides[report->side_count - 1];
	const struct tally *shown = row->sides[0];

	if (report->side_count == 2 && row->sides[1]->records)
		shown = row->sides[1];
	json_open_object(json, NULL);
	names(json, report, row);
	measures(json, report, row);
	details(json, newest, shown);
	rounding(json, newest, row, shown);
	agreements(json, report, row);
	json_bool(json, "stale_symbol",
		  row->stack && row->stack->class.stale_symbol);
	stack(json, row);
	source(json, row->stack);
	json_close_object(json);
}
