/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stable output for programs; docs/json.md describes each field. */
#include "output/json_contents.h"
#include "output/json_writer.h"
#include "output/output.h"

static const char *const block_names[] = {
	[BLOCK_USER] = "user",
	[BLOCK_SLAB] = "slab",
	[BLOCK_KERNEL] = "kernel",
};

static void optional_string(struct json_writer *json, const char *name,
			    const char *text)
{
	if (text && text[0])
		json_string(json, name, span_of(text));
	else
		json_null(json, name);
}

static void optional_span(struct json_writer *json, const char *name,
			  struct span text)
{
	if (text.length)
		json_string(json, name, text);
	else
		json_null(json, name);
}

/* What units stand for: pages have bytes, too; objects have no size. */
static void units(struct json_writer *json, const struct report_side *side,
		  uint64_t units)
{
	if (side->unit == UNIT_PAGE)
		json_u64(json, "pages", units);
	if (side->unit == UNIT_OBJECT)
		json_null(json, "bytes");
	else
		json_u64(json, "bytes", units * side->unit_bytes);
}

static void members(struct json_writer *json, const struct report_side *side,
		    const struct amount *amount)
{
	json_u64(json, "records", amount->records);
	units(json, side, amount->units);
}

static void amount(struct json_writer *json, const char *name,
		   const struct report_side *side, const struct amount *amount)
{
	json_open_flat_object(json, name);
	members(json, side, amount);
	json_close_object(json);
}

static void delta(struct json_writer *json, const char *name,
		  const struct report_side *side, const struct delta *delta)
{
	json_open_flat_object(json, name);
	json_i64(json, "records", delta->records);
	if (side->unit == UNIT_PAGE)
		json_i64(json, "pages", delta->units);
	if (side->unit == UNIT_OBJECT)
		json_null(json, "bytes");
	else
		json_i64(json, "bytes",
			 (int64_t)((uint64_t)delta->units * side->unit_bytes));
	json_close_object(json);
}

static struct amount amount_of(const struct tally *tally)
{
	return (struct amount){tally->records, tally->units};
}

static void loss(struct json_writer *json, const struct loss *loss)
{
	unsigned i;

	json_open_object(json, "loss");
	json_u64(json, "records", loss->records);
	json_u64(json, "unreadable", loss->unreadable);
	json_u64(json, "stray_lines", loss->stray_lines);
	optional_string(json, "input", loss->input);
	json_open_array(json, "first");
	for (i = 0; i < loss->event_count; i++) {
		json_open_flat_object(json, NULL);
		json_u64(json, "line", loss->events[i].line);
		json_string(json, "expected",
			    span_of(loss->events[i].expected));
		json_string(json, "found", span_of(loss->events[i].found));
		json_close_object(json);
	}
	json_close_array(json);
	json_close_object(json);
}

static void time_ns(struct json_writer *json, const char *name, uint64_t ns)
{
	if (ns == TS_NONE)
		json_null(json, name);
	else
		json_u64(json, name, ns);
}

/* Which sources the capture held, the one of this report first. */
static void sources(struct json_writer *json, const struct report_side *side)
{
	size_t i;

	json_string(json, "source", span_of(side->format));
	json_open_flat_array(json, "formats");
	json_string(json, NULL, span_of(side->format));
	for (i = 0; side->others && side->others[i]; i++)
		json_string(json, NULL, span_of(side->others[i]));
	json_close_array(json);
}

static void page_facts(struct json_writer *json, const struct report_side *side)
{
	const struct snapshot *snapshot = side->snapshot;

	json_u64(json, "page_size", side->unit_bytes);
	json_string(json, "page_size_from", span_of(side->page_size_from));
	json_u64(json, "pfn_descents", snapshot->loss.descents);
	json_open_flat_object(json, "offline_memcgs");
	json_u64(json, "cgroups", snapshot->offline_names.count);
	json_u64(json, "records", snapshot->offline.records);
	units(json, side, snapshot->offline.units);
	json_close_object(json);
}

static void object_facts(struct json_writer *json,
			 const struct report_side *side)
{
	static const char *const origins[] = {
		[HZ_UNKNOWN] = NULL,	[HZ_GIVEN] = "given",
		[HZ_CONFIG] = "config", [HZ_JIFFIES] = "jiffies",
		[HZ_UPTIME] = "uptime",
	};
	const struct jiffies_clock *clock = &side->clock;

	if (clock->hz)
		json_u64(json, "hz", clock->hz);
	else
		json_null(json, "hz");
	optional_string(json, "hz_from", origins[clock->origin]);
	json_u64(json, "objects_by_request", side->sizes->requested);
	json_u64(json, "objects_by_slot", side->sizes->slots);
	json_u64(json, "objects_by_size", side->sizes->whole);
	json_u64(json, "objects_unsized", side->sizes->unsized);
}

/* Objects that rules on records refused were never sized. */
static void filtered_amount(struct json_writer *json,
			    const struct report_side *side,
			    const struct amount *filtered)
{
	if (!side->sizes || !side->snapshot->filtered.records) {
		amount(json, "filtered", side, filtered);
		return;
	}
	json_open_flat_object(json, "filtered");
	json_u64(json, "records", filtered->records);
	json_null(json, "bytes");
	json_close_object(json);
}

static void remarks(struct json_writer *json, const struct report_side *side)
{
	const struct remark *lists[] = {side->remarks, side->snapshot->remarks};
	const struct remark *remark;
	size_t i;

	json_open_array(json, "remarks");
	for (i = 0; i < 2; i++)
		for (remark = lists[i]; remark; remark = remark->next)
			json_string(json, NULL, span_of(remark->text));
	json_close_array(json);
}

static void capture(struct json_writer *json, const struct report_side *side)
{
	const struct snapshot *snapshot = side->snapshot;
	struct amount total = amount_of(&side->set->total);
	struct amount filtered = {
		snapshot->filtered.records + side->set->filtered.records,
		snapshot->filtered.units + side->set->filtered.units,
	};

	json_open_object(json, NULL);
	json_string(json, "path", span_of(side->path));
	optional_string(json, "kernel", side->kernel);
	sources(json, side);
	members(json, side, &total);
	json_u64(json, "stacks", side->set->stacks);
	json_u64(json, "records_seen", snapshot->seen);
	filtered_amount(json, side, &filtered);
	time_ns(json, "began_ns", side->began_ns);
	optional_string(json, "began_from",
			side->began_ns == TS_NONE ? NULL
			: side->began_measured	  ? "uptime"
						  : "records");
	if (side->unit == UNIT_PAGE)
		page_facts(json, side);
	if (side->sizes)
		object_facts(json, side);
	loss(json, &snapshot->loss);
	remarks(json, side);
	json_close_object(json);
}

static void category(struct json_writer *json, const struct report *report,
		     enum category id)
{
	const struct category_info *info = category_info(id);
	const struct amount *old = &report->sides[0].set->categories[id];
	const struct amount *new = old;
	struct delta grown;

	json_open_object(json, NULL);
	json_string(json, "name", span_of(info->name));
	json_string(json, "block", span_of(block_names[info->block]));
	optional_string(json, "counter", info->counter);
	if (report->side_count == 1) {
		members(json, &report->sides[0], old);
	} else {
		new = &report->sides[1].set->categories[id];
		grown.records = (int64_t)(new->records - old->records);
		grown.units = (int64_t)(new->units - old->units);
		amount(json, "before", &report->sides[0], old);
		amount(json, "after", &report->sides[1], new);
		delta(json, "growth", &report->sides[1], &grown);
	}
	json_close_object(json);
}

static void categories(struct json_writer *json, const struct report *report)
{
	unsigned id, side;

	json_open_array(json, "categories");
	for (id = 0; id < CATEGORY_COUNT; id++) {
		uint64_t records = 0;

		for (side = 0; side < report->side_count; side++)
			records +=
				report->sides[side].set->categories[id].records;
		if (records)
			category(json, report, (enum category)id);
	}
	json_close_array(json);
}

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

/* What the key names; the rest would be that of one stack among many. */
static bool has_key(const struct report *report, const char *name)
{
	size_t i;

	if (!report->keys)
		return true;
	for (i = 0; report->keys[i]; i++)
		if (strcmp(report->keys[i], name) == 0 ||
		    strcmp(report->keys[i], "stack") == 0)
			return true;
	return false;
}

static void measures(struct json_writer *json, const struct report *report,
		     const struct report_row *row)
{
	struct amount old = amount_of(row->sides[0]);
	struct amount new = amount_of(row->sides[1]);

	if (report->side_count == 1) {
		members(json, &report->sides[0], &old);
		json_share(json, "fresh", row->fresh);
		return;
	}
	amount(json, "before", &report->sides[0], &old);
	amount(json, "after", &report->sides[1], &new);
	delta(json, "growth", &report->sides[1], &row->growth);
	json_share(json, "kept", row->kept);
	json_share(json, "fresh", row->fresh);
	json_string(json, "verdict", span_of(verdict_info(row->verdict)->name));
}

/* Orders, times and sample pages of the newest side that has any. */
static void page_details(struct json_writer *json, const struct tally *tally)
{
	unsigned i, bins = TIME_BINS;

	json_open_flat_object(json, "order");
	json_u64(json, "min", tally->order_min);
	json_u64(json, "max", tally->order_max);
	json_close_object(json);
	time_ns(json, "first_ns",
		tally->units_timed ? tally->first_ts_ns : TS_NONE);
	time_ns(json, "last_ns",
		tally->units_timed ? tally->last_ts_ns : TS_NONE);
	while (bins && !tally->times[bins - 1])
		bins--;
	json_open_flat_array(json, "pages_by_time");
	for (i = 0; i < bins; i++)
		json_u64(json, NULL, tally->times[i]);
	json_close_array(json);
	json_open_flat_array(json, "pfns");
	for (i = 0; i < tally->pfn_count; i++)
		json_u64(json, NULL, tally->pfns[i]);
	json_close_array(json);
}

static void known(struct json_writer *json, const char *name, bool known,
		  uint64_t value)
{
	if (known)
		json_u64(json, name, value);
	else
		json_null(json, name);
}

static void set(struct json_writer *json, const char *name,
		const struct number_set *set)
{
	char text[256];

	optional_string(json, name, number_set_text(set, text, sizeof(text)));
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

	optional_string(json, "bytes_are", measure(objects));
	known(json, "requested_bytes", objects->requested_known == all,
	      objects->requested_bytes);
	known(json, "slot_bytes", objects->slot_known == all,
	      objects->slot_bytes);
	json_u64(json, "waste_bytes", objects->waste_bytes);
	json_open_flat_object(json, "age_jiffies");
	known(json, "min", objects->aged, objects->age_min);
	known(json, "mean", objects->aged,
	      objects->aged ? objects->age_sum / objects->aged : 0);
	known(json, "max", objects->aged, objects->age_max);
	json_close_object(json);
	json_open_flat_object(json, "pid");
	json_u64(json, "min", objects->pid_min);
	json_u64(json, "max", objects->pid_max);
	json_close_object(json);
	set(json, "cpus", &objects->cpus);
	set(json, "nodes", &objects->nodes);
}

static void details(struct json_writer *json, const struct report_side *side,
		    const struct tally *tally)
{
	if (side->sizes)
		object_details(json, &tally->objects);
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
			optional_span(json, fields[i].name, row->detail);
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
	const struct report_group *group = &report->groups[row->group];
	size_t i;

	if (report->keys)
		return;
	json_open_array(json, "seen_by");
	for (i = 0; i < group->agreement_count; i++) {
		const struct agreement *agreement = &group->agreements[i];

		json_open_flat_object(json, NULL);
		json_string(json, "source", span_of(agreement->source));
		if (report->side_count == 2)
			known(json, "bytes_before", agreement->sized,
			      agreement->bytes[0]);
		known(json, "bytes", agreement->sized, agreement->bytes[1]);
		if (report->side_count == 2)
			json_u64(json, "records_before", agreement->records[0]);
		json_u64(json, "records", agreement->records[1]);
		json_u64(json, "rows", agreement->rows);
		optional_span(json, "largest", agreement->detail);
		json_close_object(json);
	}
	json_close_array(json);
}

static void row(struct json_writer *json, const struct report *report,
		const struct report_row *row)
{
	const struct tally *shown = row->sides[0];

	if (report->side_count == 2 && row->sides[1]->records)
		shown = row->sides[1];
	json_open_object(json, NULL);
	keys(json, report, row);
	optional_span(json, "function",
		      has_key(report, "function") ? row->function
						  : (struct span){0});
	optional_span(json, "module",
		      has_key(report, "module") ? row->module
						: (struct span){0});
	optional_string(json, "category",
			row->mixed ? NULL : category_info(row->category)->name);
	optional_string(
		json, "block",
		row->mixed ? NULL
			   : block_names[category_info(row->category)->block]);
	identity(json, report, row);
	measures(json, report, row);
	details(json, &report->sides[report->side_count - 1], shown);
	rounding(json, &report->sides[report->side_count - 1], row, shown);
	agreements(json, report, row);
	json_bool(json, "stale_symbol",
		  row->stack && row->stack->class.stale_symbol);
	stack(json, row);
	json_close_object(json);
}

static void rows(struct json_writer *json, const struct report *report,
		 const struct output_options *options)
{
	size_t shown = 0, i;

	json_open_array(json, "rows");
	for (i = 0; i < report->row_count; i++) {
		const struct report_row *each = &report->rows[i];
		const struct tally *sides[2] = {each->sides[0], each->sides[1]};

		if (output_is_small(report, options, &each->growth, sides))
			continue;
		if (options->top_given && options->top && shown == options->top)
			break;
		row(json, report, each);
		shown++;
	}
	json_close_array(json);
}

static void comparison(struct json_writer *json, const struct report *report)
{
	static const char *const boots[] = {
		[BOOT_UNKNOWN] = NULL,
		[BOOT_SAME] = "same",
		[BOOT_OTHER] = "other",
	};
	unsigned i;

	json_string(json, "match",
		    span_of(report->match == MATCH_EXACT ? "exact" : "name"));
	json_string(json, "match_reason", span_of(report->match_reason));
	optional_string(json, "boot", boots[report->boot]);
	json_open_array(json, "warnings");
	for (i = 0; i < report->warning_count; i++)
		json_string(json, NULL, span_of(report->warnings[i]));
	json_close_array(json);
}

/* The members of a report; that of objects has the same. */
static void body(struct json_writer *json, const struct report *report,
		 const struct output_options *options)
{
	unsigned i;

	json_open_array(json, "captures");
	for (i = 0; i < report->side_count; i++)
		capture(json, &report->sides[i]);
	json_close_array(json);
	if (report->side_count == 2)
		comparison(json, report);
	categories(json, report);
	rows(json, report, options);
}

static bool write_json(const struct report *report,
		       const struct output_options *options, FILE *file,
		       struct error *err)
{
	struct json_writer json = {.file = file};

	(void)err;
	json_open_object(&json, NULL);
	json_string(&json, "tool", SPAN("pageowl " PAGEOWL_VERSION));
	json_string(&json, "command",
		    span_of(report->side_count == 1 ? "top" : "diff"));
	body(&json, report, options);
	if (report->objects) {
		json_open_object(&json, "objects");
		body(&json, report->objects, options);
		json_close_object(&json);
	}
	json_close_object(&json);
	return true;
}

const struct output output_json = {
	.name = "json",
	.title = "for programs; stable, documented in docs/json.md",
	.write = write_json,
	.contents = json_contents_write,
};
