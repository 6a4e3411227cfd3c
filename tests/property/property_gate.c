/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds of rules and suppressions, whatever grew. */
#include "tests/support/check.h"

#include "gate/proposal.h"
#include "tests/support/dice.h"
#include "tests/support/gate_sample.h"
#include "tests/support/text_buffer.h"

#define ROUNDS	 150
#define ROWS_MAX 40

static uint64_t seed;

/* ---- what is judged ---- */

/* Names of frames, some of which no rules file can have. */
static const char *const functions[] = {
	"do_leak",
	"do_leak[leaky]",
	"do_leak.isra.0[leaky]",
	"get[churn]",
	"put[churn]",
	"#get[#]",
	"...",
	"a*b[m*]",
	"0xffffffffc0001234",
	"0xffffffffc0005678",
	"suppress",
};

static const char *const callers[] = {
	"",	     " rx", " tx rx",	 " 0xffffffffc0004321 rx",
	" ... main", " *",  " reason x", " \x01",
};

static const char *const caches[] = {"kmalloc-64", "odd name", "#", ":0000064"};

#define ANY(dice, list) ((list)[dice_below((dice), TEST_COUNT(list))])

/* Small mostly, and of any size now and then. */
static uint64_t any_amount(struct dice *dice)
{
	uint64_t bits = dice_one_in(dice, 20) ? dice_below(dice, 36)
					      : dice_below(dice, 12);

	return dice_roll(dice) & (((uint64_t)1 << bits) - 1);
}

static enum verdict verdict_of(const struct sample_row *row, struct dice *dice)
{
	static const enum verdict growing[] = {
		VERDICT_ACCUMULATES, VERDICT_APPEARED,	 VERDICT_GREW,
		VERDICT_FILLED_UP,   VERDICT_TURNS_OVER,
	};
	const uint64_t *held = row->cache ? row->records : row->units;

	if (held[1] == held[0])
		return VERDICT_STEADY;
	if (held[1] < held[0])
		return held[1] ? VERDICT_SHRANK : VERDICT_GONE;
	return ANY(dice, growing);
}

static struct sample_row any_row(struct dice *dice, struct text_buffer *names)
{
	struct sample_row row = {0};
	uint64_t size = dice_one_in(dice, 4) ? 0 : 1 + dice_below(dice, 300);
	unsigned side;

	text_buffer_format(names, "%s%s", ANY(dice, functions),
			   ANY(dice, callers));
	row.category = (enum category)dice_below(dice, CATEGORY_COUNT);
	row.harmless = dice_one_in(dice, 5);
	if (dice_one_in(dice, 3)) {
		row.cache = ANY(dice, caches);
		row.category = dice_one_in(dice, 2) ? CATEGORY_SLAB
						    : CATEGORY_SLAB_RECLAIMABLE;
	}
	for (side = 0; side < 2; side++) {
		row.records[side] = any_amount(dice);
		row.units[side] =
			row.cache ? size * row.records[side] : any_amount(dice);
	}
	if (row.cache && !size)
		row.unsized = row.records[1];
	row.verdict = verdict_of(&row, dice);
	return row;
}

struct scene {
	struct sample_row rows[ROWS_MAX];
	struct text_buffer names[ROWS_MAX];
	size_t count;
	struct gate_sample sample;
};

static void judged_with(struct scene *scene, struct dice *dice)
{
	struct gate_input *input = &scene->sample.input;

	input->unaccounted_known = dice_one_in(dice, 2);
	input->unaccounted_kib[0] = (int64_t)any_amount(dice) - 50;
	input->unaccounted_kib[1] = (int64_t)any_amount(dice) - 50;
	input->iterations = 1 + dice_below(dice, 5);
}

static void scene_init(struct scene *scene, struct dice *dice)
{
	size_t i;

	*scene = (struct scene){.count = dice_below(dice, ROWS_MAX)};
	for (i = 0; i < scene->count; i++) {
		scene->rows[i] = any_row(dice, &scene->names[i]);
		scene->rows[i].frames = scene->names[i].at;
	}
	gate_sample_init(&scene->sample, scene->rows, scene->count);
	judged_with(scene, dice);
}

static void scene_deinit(struct scene *scene)
{
	size_t i;

	gate_sample_deinit(&scene->sample);
	for (i = 0; i < scene->count; i++)
		text_buffer_deinit(&scene->names[i]);
}

/* ---- what it is judged by ---- */

static void add_rules(struct text_buffer *text, struct dice *dice)
{
	static const char *const some[] = {
		"stack: 0",
		"stack: 3 pages per iteration",
		"stack=do_*: 1 object",
		"function: 10K",
		"function: 50% and 1 page",
		"function: 2 objects/iteration",
		"module: 20K",
		"module=c*: 10 objects",
		"category: 100 pages",
		"category=slab: 64K",
		"unaccounted: 20K",
		"unaccounted: 10%",
	};
	size_t count = 1 + dice_below(dice, 6);

	while (count--)
		text_buffer_format(text, "fail-over %s\n", ANY(dice, some));
}

static void add_suppression(struct text_buffer *text, struct dice *dice)
{
	static const char *const heads[] = {
		"frames do_leak",
		"frames 0x*",
		"frames ... rx",
		"module leaky",
		"module ch*",
		"frames get\nmodule churn",
		"cache kmalloc-*",
		"category driver",
		"category slab",
		"category ?*",
		"frames *\ncache odd?name",
	};
	static const char *const maxima[] = {"1K", "64K", "10 objects", "1G",
					     "64K and 3 objects"};

	text_buffer_format(text, "suppress\n%s\nmaximum %s\nreason x\n",
			   ANY(dice, heads), ANY(dice, maxima));
}

static void parse(struct gate_rules *rules, struct span text)
{
	struct error err;

	*rules = (struct gate_rules){0};
	if (!gate_rules_parse(rules, "a.rules", text, &err))
		fail_msg("%s", err.text);
}

static void judge(const struct gate_rules *rules, const struct scene *scene,
		  struct gate_result *ret)
{
	struct error err;

	*ret = (struct gate_result){0};
	if (!gate_judge(rules, &scene->sample.input, ret, &err))
		fail_msg("%s", err.text);
}

/* ---- the properties ---- */

static void suppressing_everything_passes(void **state)
{
	struct dice dice = {seed};
	unsigned round;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		struct text_buffer text = {0};
		struct gate_rules rules;
		struct gate_result result;
		struct scene scene;

		scene_init(&scene, &dice);
		add_rules(&text, &dice);
		text_buffer_format(
			&text,
			"suppress\nframes ...\ncategory ?*\n"
			"maximum 1000000G and 9000000000000000 objects\n"
			"reason x\n"
			"suppress\ncategory ?*\n"
			"maximum 1000000G and 9000000000000000 objects\n"
			"reason x\n"
			"suppress\nunaccounted\nmaximum 1000000G\nreason x\n");
		parse(&rules, text_buffer_span(&text));
		judge(&rules, &scene, &result);
		assert_int_equal(result.failing, 0);
		gate_result_deinit(&result);
		gate_rules_deinit(&rules);
		text_buffer_deinit(&text);
		scene_deinit(&scene);
	}
}

static bool is_of_rows(const struct finding *finding)
{
	return finding->state == FINDING_FAILS &&
	       finding->subject <= GATE_MODULE;
}

/* Whether both are about the same, which may have another largest row. */
static bool is_same_thing(const struct finding *a, const struct finding *b)
{
	if (a->subject == GATE_STACK)
		return a->row == b->row;
	return a->subject == GATE_MODULE ||
	       (a->report == b->report &&
		span_equal(a->function, b->function) &&
		span_equal(a->cache, b->cache) && a->category == b->category);
}

static const struct finding *find_like(const struct gate_result *result,
				       const struct finding *like, size_t rule)
{
	size_t i;

	for (i = 0; i < result->finding_count; i++) {
		const struct finding *finding = &result->findings[i];

		if (is_of_rows(finding) &&
		    finding->rule == &result->rules[rule] &&
		    finding->subject == like->subject &&
		    span_equal(finding->module, like->module) &&
		    is_same_thing(finding, like))
			return finding;
	}
	return NULL;
}

static void a_suppression_adds_no_finding_of_a_rule(void **state)
{
	struct dice dice = {seed ^ 1};
	unsigned round;
	size_t i;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		struct text_buffer text = {0};
		struct gate_rules fewer, more;
		struct gate_result before, after;
		struct scene scene;
		size_t count = dice_below(&dice, 4);

		scene_init(&scene, &dice);
		add_rules(&text, &dice);
		while (count--)
			add_suppression(&text, &dice);
		parse(&fewer, text_buffer_span(&text));
		/* Put first, it takes what others had. */
		count = text.length;
		add_suppression(&text, &dice);
		parse(&more, text_buffer_span(&text));
		if (dice_one_in(&dice, 2) && more.suppression_count > 1) {
			struct suppression first = more.suppressions[0];
			size_t last = more.suppression_count - 1;

			more.suppressions[0] = more.suppressions[last];
			more.suppressions[last] = first;
		}
		judge(&fewer, &scene, &before);
		judge(&more, &scene, &after);
		for (i = 0; i < after.finding_count; i++) {
			const struct finding *finding = &after.findings[i];

			if (is_of_rows(finding))
				assert_non_null(find_like(
					&before, finding,
					(size_t)(finding->rule - after.rules)));
		}
		gate_result_deinit(&before);
		gate_result_deinit(&after);
		gate_rules_deinit(&fewer);
		gate_rules_deinit(&more);
		text_buffer_deinit(&text);
		scene_deinit(&scene);
	}
}

static void put_span(struct text_buffer *text, struct span span)
{
	text_buffer_add(text, span);
	text_buffer_add(text, SPAN("|"));
}

/* All that is told, but pointers. */
static char *told(const struct gate_result *result)
{
	struct text_buffer text = {0};
	size_t i;

	for (i = 0; i < result->finding_count; i++) {
		const struct finding *finding = &result->findings[i];

		text_buffer_format(
			&text, "%s %u %td %td %s %zu %lld %lld %lld %lld ",
			gate_subject_name(finding->subject), finding->state,
			finding->rule ? finding->rule - result->rules : -1,
			finding->suppression
				? finding->suppression - result->suppressions
				: -1,
			finding->fingerprint, finding->rows,
			(long long)finding->bytes, (long long)finding->records,
			(long long)finding->before_bytes,
			(long long)finding->after_bytes);
		put_span(&text, finding->function);
		put_span(&text, finding->module);
		put_span(&text, finding->cache);
		text_buffer_format(&text, "%s\n",
				   finding->category ? finding->category : "");
	}
	for (i = 0; i < result->suppression_count; i++)
		text_buffer_format(
			&text, "%s %zu %lld %lld\n",
			suppression_state_name(result->suppressions[i].state),
			result->suppressions[i].rows,
			(long long)result->suppressions[i].bytes,
			(long long)result->suppressions[i].records);
	text_buffer_add(&text, (struct span){"", 1});
	return text.at;
}

static void the_order_of_rows_does_not_matter(void **state)
{
	struct dice dice = {seed ^ 2};
	unsigned round;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		struct text_buffer text = {0};
		struct gate_rules rules;
		struct gate_result result;
		struct scene scene;
		char *before = NULL, *after = NULL;
		size_t i;

		scene_init(&scene, &dice);
		/* Rows that have all in common have no order. */
		for (i = 0; i < scene.count; i++) {
			text_buffer_format(&scene.names[i], " n%zu", i);
			scene.rows[i].frames = scene.names[i].at;
		}
		add_rules(&text, &dice);
		add_suppression(&text, &dice);
		add_suppression(&text, &dice);
		parse(&rules, text_buffer_span(&text));
		for (i = 0; i < 2; i++) {
			struct gate_input input = scene.sample.input;
			size_t k;

			gate_sample_deinit(&scene.sample);
			gate_sample_init(&scene.sample, scene.rows,
					 scene.count);
			input.report = &scene.sample.report;
			scene.sample.input = input;
			judge(&rules, &scene, &result);
			*(i ? &after : &before) = told(&result);
			gate_result_deinit(&result);
			for (k = scene.count; k > 1; k--) {
				size_t other = dice_below(&dice, k);
				struct sample_row kept = scene.rows[k - 1];

				scene.rows[k - 1] = scene.rows[other];
				scene.rows[other] = kept;
			}
		}
		assert_string_equal(before, after);
		free(before);
		free(after);
		gate_rules_deinit(&rules);
		text_buffer_deinit(&text);
		scene_deinit(&scene);
	}
}

static void what_did_not_change_breaks_no_rule(void **state)
{
	struct dice dice = {seed ^ 3};
	unsigned round;
	size_t i;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		struct text_buffer text = {0};
		struct gate_rules rules;
		struct gate_result result;
		struct scene scene;

		scene_init(&scene, &dice);
		for (i = 0; i < scene.count; i++) {
			struct sample_row *row = &scene.rows[i];

			row->units[1] = row->units[0];
			row->records[1] = row->records[0];
			row->verdict = VERDICT_STEADY;
		}
		gate_sample_deinit(&scene.sample);
		gate_sample_init(&scene.sample, scene.rows, scene.count);
		judged_with(&scene, &dice);
		scene.sample.input.unaccounted_kib[1] =
			scene.sample.input.unaccounted_kib[0];
		add_rules(&text, &dice);
		add_suppression(&text, &dice);
		parse(&rules, text_buffer_span(&text));
		judge(&rules, &scene, &result);
		assert_int_equal(result.finding_count, 0);
		assert_int_equal(result.suppressions[0].state,
				 SUPPRESSION_UNUSED);
		gate_result_deinit(&result);
		gate_rules_deinit(&rules);
		text_buffer_deinit(&text);
		scene_deinit(&scene);
	}
}

static void write_proposal(struct text_buffer *text,
			   const struct gate_rules *proposal)
{
	size_t length;
	char *written;
	FILE *file = open_memstream(&written, &length);

	assert_non_null(file);
	proposal_write(proposal, file);
	fclose(file);
	text_buffer_add(text, (struct span){written, length});
	free(written);
}

static void what_is_proposed_makes_it_pass(void **state)
{
	struct dice dice = {seed ^ 4};
	unsigned round;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		struct text_buffer text = {0}, all = {0};
		struct gate_rules rules, proposal = {0}, together;
		struct gate_result result;
		struct scene scene;
		struct error err;
		size_t count = dice_below(&dice, 4);
		bool passes = false;

		scene_init(&scene, &dice);
		add_rules(&text, &dice);
		while (count--)
			add_suppression(&text, &dice);
		parse(&rules, text_buffer_span(&text));
		assert_true(proposal_make(&rules, &scene.sample.input,
					  &proposal, &passes, &err));
		assert_true(passes);
		write_proposal(&all, &proposal);
		text_buffer_add(&all, text_buffer_span(&text));
		parse(&together, text_buffer_span(&all));
		judge(&together, &scene, &result);
		if (result.failing)
			fail_msg("%s\n%s", told(&result), all.at);
		gate_result_deinit(&result);
		gate_rules_deinit(&rules);
		gate_rules_deinit(&proposal);
		gate_rules_deinit(&together);
		text_buffer_deinit(&text);
		text_buffer_deinit(&all);
		scene_deinit(&scene);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(suppressing_everything_passes),
		cmocka_unit_test(a_suppression_adds_no_finding_of_a_rule),
		cmocka_unit_test(the_order_of_rows_does_not_matter),
		cmocka_unit_test(what_did_not_change_breaks_no_rule),
		cmocka_unit_test(what_is_proposed_makes_it_pass),
	};

	seed = dice_seed();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
