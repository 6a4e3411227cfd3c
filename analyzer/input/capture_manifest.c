/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the manifest of a capture tells of what is missing in it. */
#include <inttypes.h>

#include "base/quote.h"
#include "formats/member_path.h"
#include "input/capture.h"
#include "input/clause.h"
#include "model/manifest_view.h"

/* Reasons have their remedies behind them: more than a name, less than loss
 * has room for. */
#define WHY_LIMIT    240
#define WHY_CAPACITY (4 * WHY_LIMIT + 4)

/* What was read before is less than that nothing came after. */
static void put_last_first(struct capture *capture)
{
	struct remark *remark = capture->last_remark, *before;

	if (capture->remarks == remark)
		return;
	for (before = capture->remarks; before->next != remark;)
		before = before->next;
	before->next = NULL;
	capture->last_remark = before;
	remark->next = capture->remarks;
	capture->remarks = remark;
}

static bool say_early(struct capture *capture, const struct manifest_view *view,
		      struct error *err)
{
	char why[WHY_CAPACITY];
	bool done;

	if (!manifest_view_is_early(view))
		return true;
	capture->cut = true;
	quote_text(view->outcome, WHY_LIMIT, why, sizeof(why));
	done = view->outcome.length
		       ? capture_say(capture, err, capture->path,
				     "the capture ended early: %s; what it has "
				     "is read",
				     why)
		       : capture_say(capture, err, capture->path,
				     "the capture was interrupted; what it has "
				     "is read");
	if (done)
		put_last_first(capture);
	return done;
}

/* ---- sources that are not whole ---- */

/* Members of each source that were not read whole. */
struct lost_members {
	uint64_t counts[CAPTURE_SOURCES_MAX];
};

/* The source of a path in the kernel's own place; its *ret_own. */
static struct capture_source *source_at(struct capture *capture,
					struct span path, struct span *ret_own)
{
	struct span root;
	const struct format *format = format_by_path(path, &root, ret_own);

	if (!format || format->counts || !ret_own->length)
		return NULL;
	return capture_source(capture, format->name);
}

/*
 * Of the first it is told why; of the others, which may be thousands, how many
 * they are. An empty status: the manifest does not tell of it.
 */
static void lose(struct capture *capture, struct capture_source *source,
		 struct span path, struct span status, struct span why,
		 struct lost_members *lost)
{
	const char *what = !status.length ? "may be there in part"
			   : span_equal(status, SPAN("failed"))
				   ? "could not be read"
				   : "was read in part";
	char *input = source->snapshot.loss.input;
	size_t room = sizeof(source->snapshot.loss.input);
	char reason[WHY_CAPACITY], name[QUOTE_CAPACITY];

	if (lost->counts[source - capture->sources]++)
		return;
	quote_text(why, WHY_LIMIT, reason, sizeof(reason));
	quote_text(path, QUOTE_LIMIT, name, sizeof(name));
	if (capture_source_takes_many(source->format))
		clause_add(input, room, "%s %s: %s", name, what, reason);
	else
		clause_add(input, room, "%s: %s", what, reason);
}

static void lose_noted(struct capture *capture, struct lost_members *lost)
{
	const struct counter_entry *at = NULL;
	struct manifest_member member;

	while (manifest_view_next(&capture->counters, &at, &member)) {
		struct capture_source *source;
		struct span own, why = member.why;

		source = source_at(capture, member.path, &own);
		if (!source || !manifest_member_is_lost(&member))
			continue;
		if (!why.length)
			why = span_equal(member.status, SPAN("begun"))
				      ? SPAN("the capture was interrupted "
					     "while it was read")
				      : SPAN("no reason is known");
		lose(capture, source, member.path, member.status, why, lost);
	}
}

/* What an interrupted capture has, and its manifest has not yet. */
static void lose_unnoted(struct capture *capture, struct lost_members *lost)
{
	const struct content *content;

	for (content = capture->members; content; content = content->next) {
		struct manifest_member member;
		struct span own;
		struct capture_source *source =
			source_at(capture, span_of(content->path), &own);

		if (source &&
		    !manifest_view_member(&capture->counters, own, &member))
			lose(capture, source, own, SPAN(""),
			     SPAN("the capture was interrupted"), lost);
	}
}

static void count_rest(struct capture *capture, const struct lost_members *lost)
{
	struct loss *loss;
	size_t i;

	for (i = 0; i < capture->source_count; i++) {
		loss = &capture->sources[i].snapshot.loss;
		if (lost->counts[i] > 1)
			clause_add(loss->input, sizeof(loss->input),
				   "the same of %" PRIu64 " member%s more",
				   lost->counts[i] - 1,
				   clause_plural(lost->counts[i] - 1));
	}
}

bool capture_tell_manifest(struct capture *capture, struct error *err)
{
	struct lost_members lost = {0};
	struct manifest_view view;

	if (!manifest_view(&capture->counters, &view))
		return true;
	lose_noted(capture, &lost);
	if (!view.outcome.length)
		lose_unnoted(capture, &lost);
	count_rest(capture, &lost);
	return say_early(capture, &view, err);
}
