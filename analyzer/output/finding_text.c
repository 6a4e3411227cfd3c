/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/finding_text.h"

#include <inttypes.h>
#include <string.h>

#include "output/bounded_line.h"
#include "output/quantity.h"
#include "output/series_numbers.h"
#include "output/suppression_text.h"
#include "output/text_view.h"

/* Of a stack; a function is what all its callers have in common. */
#define CALLERS_SHOWN 2

/* ---- what it is about ---- */

/* Whether the blamed function is the module's, and not only a caller. */
static bool is_own_module(const struct finding *finding)
{
	const struct stack *stack = finding->row ? finding->row->stack : NULL;
	const struct frame *blamed = stack ? stack_blamed(stack) : NULL;

	return !blamed || blamed->module.length;
}

static void put_callers(struct bounded_line *line,
			const struct finding *finding)
{
	const struct stack *stack = finding->row ? finding->row->stack : NULL;
	size_t first, i;

	if (finding->subject != GATE_STACK || !stack)
		return;
	first = stack->class.blamed + 1;
	for (i = first; i < stack->frame_count && i < first + CALLERS_SHOWN;
	     i++) {
		const struct frame *frame = &stack->frames[i];

		bounded_line_put(line, " ← ");
		bounded_line_quote(line, frame_is_address(frame) ? frame->text
								 : frame->name);
	}
}

/* An address: nobody can look it up, but its kind is known. */
static bool has_no_symbol(const struct finding *finding)
{
	const struct frame *blamed = NULL;

	if (finding->row && finding->row->stack)
		blamed = stack_blamed(finding->row->stack);
	return blamed && frame_is_address(blamed);
}

static void put_function(struct bounded_line *line,
			 const struct finding *finding)
{
	if (finding->function.length)
		bounded_line_quote(line, finding->function);
	else if (finding->state == FINDING_EXCEEDED)
		suppression_put_title(line, finding->suppression);
	else
		bounded_line_put(line, "(no stack)");
	if (finding->function.length && finding->module.length) {
		bool own = is_own_module(finding);

		bounded_line_put(line, own ? " [" : " (for ");
		bounded_line_quote(line, finding->module);
		bounded_line_put(line, own ? "]" : ")");
	}
	if (has_no_symbol(finding))
		bounded_line_put(line, " (no symbol: an unloaded module?)");
	put_callers(line, finding);
	if (finding->cache.length) {
		bounded_line_put(line, " in ");
		bounded_line_quote(line, finding->cache);
	}
}

/*
 * An exceeded suppression of several functions: one of them would be but the
 * largest, and entries that share a module would all have its name.
 */
static bool is_of_entry(const struct finding *finding)
{
	return finding->state == FINDING_EXCEEDED && finding->suppression &&
	       finding->subject <= GATE_MODULE && !finding->group &&
	       finding->rows > 1;
}

static void put_title(struct bounded_line *line, const struct finding *finding)
{
	if (is_of_entry(finding)) {
		bounded_line_put(line, "suppression ");
		suppression_put_title(line, finding->suppression);
		return;
	}
	switch (finding->subject) {
	case GATE_STACK:
	case GATE_FUNCTION:
		put_function(line, finding);
		break;
	case GATE_MODULE:
		bounded_line_put(line, finding->module.length
					       ? "module "
					       : "the kernel itself");
		bounded_line_quote(line, finding->module);
		break;
	case GATE_CATEGORY:
		bounded_line_put(line, "category %s",
				 finding->category ? finding->category
						   : "(several)");
		break;
	case GATE_UNACCOUNTED:
		bounded_line_put(line, "memory in no counter");
		break;
	}
}

const char *finding_title(const struct finding *finding, char *ret)
{
	struct bounded_line line;

	bounded_line_init(&line, ret, FINDING_TEXT_CAPACITY);
	put_title(&line, finding);
	return ret;
}

/* ---- what became of it ---- */

/* Whether group is all that the finding adds up. */
static bool is_its_group(const struct finding *finding)
{
	return finding->group && finding->rows <= finding->group->row_count;
}

/* A sum has none: that of its largest row is one among many. */
static bool is_one_row(const struct finding *finding)
{
	return finding->row && finding->rows == 1 &&
	       finding->subject <= GATE_FUNCTION;
}

const char *finding_verdict(const struct finding *finding)
{
	if (is_its_group(finding))
		return verdict_info(finding->group->verdict)->name;
	return is_one_row(finding) ? verdict_info(finding->row->verdict)->name
				   : NULL;
}

void finding_shares(const struct finding *finding, double *ret_kept,
		    double *ret_fresh)
{
	*ret_kept = *ret_fresh = SHARE_NONE;
	if (is_its_group(finding)) {
		*ret_kept = finding->group->kept;
		*ret_fresh = finding->group->fresh;
	} else if (is_one_row(finding)) {
		*ret_kept = finding->row->kept;
		*ret_fresh = finding->row->fresh;
	}
}

/* ---- how much ---- */

/* "object"; what a dump of pages has are allocations. */
static const char *finding_noun(const struct finding *finding)
{
	return finding->report && report_is_on_objects(finding->report)
		       ? "object"
		       : "allocation";
}

/* Where a record is a stack, their number tells nothing. */
static bool tells_records(const struct finding *finding)
{
	return finding->report && !finding->report->sides[0].stacks_only &&
	       (finding->records > 0 || !finding->bytes_known);
}

static const char *change(int64_t bytes, bool sign, char *ret)
{
	return sign || bytes < 0 ? quantity_growth(bytes, ret)
				 : quantity_bytes((uint64_t)bytes, ret);
}

static void put_records(struct bounded_line *line,
			const struct finding *finding, bool sign)
{
	uint64_t count = finding->records < 0 ? 0 - (uint64_t)finding->records
					      : (uint64_t)finding->records;
	char text[QUANTITY_CAPACITY];

	bounded_line_put(line, "%s%s %s%s",
			 finding->records < 0 ? "-"
			 : sign		      ? "+"
					      : "",
			 quantity_count(count, text), finding_noun(finding),
			 text_plural(count));
}

const char *finding_per_iteration(const struct finding *finding,
				  uint64_t iterations, char *ret)
{
	if (!iterations)
		return strcpy(ret, "");
	return iteration_text(tells_records(finding), finding->records,
			      finding->bytes, iterations, ret);
}

static void put_per_iteration(struct bounded_line *line,
			      const struct finding *finding,
			      uint64_t iterations)
{
	char each[FINDING_TEXT_CAPACITY];

	finding_per_iteration(finding, iterations, each);
	if (*each)
		bounded_line_put(line, ", %s per iteration", each);
}

static void put_growth(struct bounded_line *line, const struct finding *finding,
		       uint64_t iterations, bool sign)
{
	char text[QUANTITY_CAPACITY];

	if (finding->bytes_known)
		bounded_line_put(line, "%s",
				 change(finding->bytes, sign, text));
	if (tells_records(finding)) {
		bounded_line_put(line, finding->bytes_known ? ", " : "");
		put_records(line, finding, sign && !finding->bytes_known);
	}
	put_per_iteration(line, finding, iterations);
}

const char *finding_growth(const struct finding *finding, uint64_t iterations,
			   char *ret)
{
	struct bounded_line line;

	bounded_line_init(&line, ret, FINDING_TEXT_CAPACITY);
	put_growth(&line, finding, iterations, true);
	return ret;
}

/* ---- what it is more than ---- */

/* As rules have it: "512K", "4M", "1,000 bytes". */
static void put_size(struct bounded_line *line, uint64_t bytes)
{
	static const char letters[] = "KMG";
	char text[QUANTITY_CAPACITY];
	unsigned i = 0;

	if (!bytes || bytes % 1024) {
		bounded_line_put(line, "%s byte%s", quantity_count(bytes, text),
				 text_plural(bytes));
		return;
	}
	bytes /= 1024;
	while (bytes % 1024 == 0 && i < 2) {
		bytes /= 1024;
		i++;
	}
	bounded_line_put(line, "%" PRIu64 "%c", bytes, letters[i]);
}

static void put_limit(struct bounded_line *line, const struct finding *finding,
		      const struct gate_limit *limit)
{
	const char *plural_s = limit->amount == 1 ? "" : "s";

	switch (limit->measure) {
	case GATE_BYTES:
		if (limit->amount >= 0 && limit->amount < 0x1p63)
			put_size(line, (uint64_t)limit->amount);
		else
			bounded_line_put(line, "%.15g bytes", limit->amount);
		break;
	case GATE_PAGES:
		bounded_line_put(line, "%.15g page%s", limit->amount, plural_s);
		break;
	case GATE_RECORDS:
		bounded_line_put(line, "%.15g %s%s", limit->amount,
				 finding_noun(finding), plural_s);
		break;
	case GATE_PERCENT:
		bounded_line_put(line, "%.15g%%", limit->amount);
		break;
	}
	if (limit->per_iteration)
		bounded_line_put(line, " per iteration");
}

static void put_rule(struct bounded_line *line, const struct finding *finding)
{
	const struct gate_rule *rule = finding->rule;
	size_t i;

	if (!rule)
		return;
	bounded_line_put(line, ": more than ");
	for (i = 0; i < rule->limit_count; i++) {
		bounded_line_put(line, i ? " and " : "");
		put_limit(line, finding, &rule->limits[i]);
	}
	bounded_line_put(line, " (");
	bounded_line_quote(line, rule->text);
	/* It is quoted already. */
	if (rule->origin)
		bounded_line_put(line, ", %s", rule->origin);
	bounded_line_put(line, ")");
}

static void put_origin(struct bounded_line *line,
		       const struct suppression *suppression, const char *verb)
{
	bounded_line_put(line, "%s%s",
			 suppression->origin ? suppression->origin
					     : "a suppression",
			 verb);
	if (!suppression->reason.length)
		return;
	bounded_line_put(line, " (");
	bounded_line_quote(line, suppression->reason);
	bounded_line_put(line, ")");
}

/* Of two maxima the one that was passed. */
static void put_maximum(struct bounded_line *line,
			const struct finding *finding)
{
	const struct suppression *suppression = finding->suppression;
	char text[QUANTITY_CAPACITY];
	bool bytes = suppression->has_bytes &&
		     (!suppression->has_records ||
		      (finding->bytes > 0 &&
		       (uint64_t)finding->bytes > suppression->max_bytes));

	if (bytes)
		put_size(line, suppression->max_bytes);
	else if (suppression->has_records)
		bounded_line_put(line, "%s %s%s",
				 quantity_count(suppression->max_records, text),
				 finding_noun(finding),
				 text_plural(suppression->max_records));
}

const char *finding_text(const struct finding *finding, uint64_t iterations,
			 char *ret)
{
	struct bounded_line line;

	bounded_line_init(&line, ret, FINDING_TEXT_CAPACITY);
	put_title(&line, finding);
	bounded_line_put(&line, " grew by ");
	put_growth(&line, finding, iterations, false);
	put_rule(&line, finding);
	if (finding->state == FINDING_FAILS || !finding->suppression)
		return ret;
	if (finding->state == FINDING_SUPPRESSED) {
		bounded_line_put(&line, ", suppressed by ");
		put_origin(&line, finding->suppression, "");
		return ret;
	}
	bounded_line_put(&line, ": more than the ");
	put_maximum(&line, finding);
	bounded_line_put(&line, " that ");
	put_origin(&line, finding->suppression, " allows");
	return ret;
}
