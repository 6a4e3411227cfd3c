/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/csv_account.h"
#include "tests/support/account_sample.h"

static struct account_sample sample;
static struct output_options options;
static char *text;

static int setup(void **state)
{
	(void)state;
	options = (struct output_options){.top = 20};
	text = NULL;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	free(text);
	account_sample_deinit(&sample);
	return 0;
}

static void write_csv(void)
{
	free(text);
	text = account_sample_write(&sample, csv_account_write, &options);
}

#define assert_has(needle) assert_text_has(text, (needle))

/* Commas that are in no quotes. */
static unsigned commas(const char *line)
{
	bool quoted = false;
	unsigned count = 0;

	for (; *line && *line != '\n'; line++) {
		quoted ^= *line == '"';
		count += *line == ',' && !quoted;
	}
	return count;
}

static void add_all(unsigned sides)
{
	unsigned i;

	account_sample_init(&sample, sides);
	account_sample_add_holders(&sample);
	for (i = 0; i < sides; i++) {
		account_sample_add_coverages(&sample, &sample.report.sides[i]);
		account_sample_add_checks(&sample, &sample.report.sides[i]);
		account_sample_add_nodes(&sample, &sample.report.sides[i]);
	}
}

static void every_row_has_as_many_cells(void **state)
{
	const char *line;

	(void)state;
	add_all(2);
	write_csv();
	for (line = text; *line; line = strchr(line, '\n') + 1)
		if (commas(line) != 15)
			fail_msg("%u commas: %.80s", commas(line), line);
}

static void the_budget_is_rows_and_their_terms(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	write_csv();
	assert_has(
		"capture,path,scope,section,id,name,kind,owner,kib,records,"
		"tolerance_kib,at_most,state,text,source_file,"
		"source_line\n"
		",t2,,budget,total,,total,,1004132,,,,,,,\n"
		",t2,,budget,free,free,part,free,650704,,,,,\"nobody has it, "
		"per-CPU lists included\",,\n"
		",t2,,term,free,MemFree,,,638732,,,,,meminfo,,\n"
		",t2,,term,free,pcp count,,,11972,,,,,meminfo,,\n");
	assert_has(",t2,,budget,remainder,,total,,50156,,,,,,,\n");
	assert_has(
		",t2,,free,used,,,,400384,,,,,,,\n"
		",t2,,free term,used,MemTotal,,,1004132,,,,,meminfo,,\n"
		",t2,,free term,used,MemAvailable,,,-603748,,,,,meminfo,,\n");
}

static void sides_are_told_apart(void **state)
{
	(void)state;
	account_sample_init(&sample, 2);
	write_csv();
	assert_has("\nold,t1,,budget,remainder,,total,,28492,,,,,,,\n");
	assert_has("\nnew,t2,,budget,remainder,,total,,50156,,,,,,,\n");
}

static void proofs_have_their_state(void **state)
{
	(void)state;
	add_all(1);
	write_csv();
	assert_has(",t2,,coverage,lru,user memory and page cache,stacks,,"
		   "246192,,,,agrees,compared,,\n");
	assert_has(",t2,,check,anon-lru,anonymous LRU "
		   "lists,,,-4096,,65536,false,agrees,");
	assert_has(
		",t2,,check term,anon-lru,Shmem,right,,88856,,,,,meminfo,,\n");
	assert_has(",t2,,check,pss,PSS of all processes,,,,,,,missing,");
	assert_has(",t2,node 1,budget,total,,total,,502066,,,,,,,\n");
	assert_has(",t2,node 1,stacks,holders,,,,24000,,,,,,,\n");
}

static void a_check_that_holds_on_one_side_only_says_so(void **state)
{
	(void)state;
	add_all(1);
	sample.report.sides[0].checks[1].at_most = true;
	write_csv();
	assert_has(",t2,,check,slabinfo,slab caches,,,1504,,65536,true,"
		   "agrees,");
}

static void holders_are_named_and_as_many_as_asked_for(void **state)
{
	(void)state;
	add_all(2);
	write_csv();
	assert_has("\nnew,t2,,holder,do_leak,leaky,driver,,12288,12,,,appeared,"
		   ",,\n");
	assert_has(
		"\nold,t1,,holder,do_leak,leaky,driver,,0,0,,,appeared,,,\n");
	assert_has("ring_setup");
	options.top = 1;
	options.top_given = true;
	write_csv();
	assert_null(strstr(text, "ring_setup"));
}

static void sums_beyond_64_bits_stop_at_their_end(void **state)
{
	(void)state;
	add_all(1);
	sample.holders.sides[0].unit_bytes = UINT64_MAX;
	write_csv();
	assert_has(",t2,,holder,do_leak,leaky,driver,,18014398509481983,12,");
}

/* Of a cache, of which sizes are known or not. */
static void who_fills_a_slab_cache_is_a_row(void **state)
{
	struct tally old = {.records = 1, .units = 2000};
	struct tally new = {.records = 3, .units = 6144};
	struct report_row row = {.function = SPAN("fill"),
				 .module = SPAN("churn"),
				 .detail = SPAN("=cache"),
				 .category = CATEGORY_SLAB};
	struct report_group group = {.sides = {&old, &new},
				     .verdict = VERDICT_GREW};
	struct report objects = {
		.side_count = 2,
		.sides = {{.unit = UNIT_BYTE, .unit_bytes = 1},
			  {.unit = UNIT_BYTE, .unit_bytes = 1}},
		.rows = &row,
		.row_count = 1,
		.groups = &group,
		.group_count = 1,
	};

	(void)state;
	account_sample_init(&sample, 2);
	sample.report.objects = &objects;
	write_csv();
	assert_has("\nold,t1,,slab holder,fill,churn,slab,,1,1,,,grew,"
		   "\"'=cache\",,\n");
	assert_has("\nnew,t2,,slab holder,fill,churn,slab,,6,3,,,grew,"
		   "\"'=cache\",,\n");
	sample.report.counted = &objects;
	write_csv();
	assert_has("\nnew,t2,,counted holder,fill,churn,slab,,6,3,,,grew,");
	objects.sides[0].unit = objects.sides[1].unit = UNIT_OBJECT;
	write_csv();
	assert_has("\nnew,t2,,slab holder,fill,churn,slab,,,3,,,grew,");
}

/* A stack of one frame, at a line of "ring.c". */
struct placed_stack {
	struct source_place place;
	struct frame frame;
	struct stack stack;
};

static struct report_row placed_row(struct placed_stack *placed, unsigned line)
{
	assert_true(source_place_init(&placed->place, &sample.arena, "ring",
				      "ring.c", line));
	placed->frame =
		(struct frame){.places = &placed->place, .place_count = 1};
	placed->stack =
		(struct stack){.frames = &placed->frame, .frame_count = 1};
	return (struct report_row){.stack = &placed->stack,
				   .function = SPAN("ring")};
}

static void a_holder_has_the_line_that_its_stacks_share(void **state)
{
	struct tally tally = {.records = 1, .units = 1};
	struct placed_stack placed[2];
	struct report_row rows[2];
	struct report_group group = {.sides = {&tally, &tally}, .row_count = 2};
	struct report objects = {
		.side_count = 1,
		.sides = {{.unit = UNIT_BYTE, .unit_bytes = 1024}},
		.rows = rows,
		.row_count = 2,
		.groups = &group,
		.group_count = 1,
	};

	(void)state;
	account_sample_init(&sample, 1);
	sample.report.objects = &objects;
	rows[0] = placed_row(&placed[0], 7);
	rows[1] = placed_row(&placed[1], 7);
	write_csv();
	assert_has(",slab holder,ring,,user anonymous,,1,1,,,,,ring.c,7\n");
	rows[1] = placed_row(&placed[1], 8);
	write_csv();
	assert_has(",slab holder,ring,,user anonymous,,1,1,,,,,,\n");
	rows[1] = placed_row(&placed[1], 7);
	placed[0].frame.place_count = 0;
	write_csv();
	assert_has(",slab holder,ring,,user anonymous,,1,1,,,,,,\n");
}

static void slab_caches_are_rows(void **state)
{
	struct slab_cache caches[] = {
		{.name = SPAN("kmalloc,64"),
		 .sides = {{.known = true, .bytes = 8192, .objects = 100}}},
		{.name = SPAN("-gone")},
	};

	(void)state;
	account_sample_init(&sample, 1);
	sample.report.slab = (struct slab_view){
		.known = true, .caches = caches, .cache_count = 2};
	write_csv();
	assert_has("\n,t2,,slab,\"kmalloc,64\",,,kernel,8,100,,,,,,\n"
		   ",t2,,slab,\"'-gone\",,,kernel,,,,,,,,\n");
}

static void hostile_names_are_escaped(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	account_sample_add_row(&sample, &sample.report.sides[0].budget,
			       "=a\n\",b", BUDGET_BESIDE, INT64_MAX);
	write_csv();
	assert_has("budget,\"'=a\\x0a\"\",b\",");
	assert_has(",beside,kernel,9223372036854775807,,,,,,,\n");
}

static void a_capture_without_meminfo_has_no_budget(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	sample.report.sides[0].budget = (struct budget){0};
	write_csv();
	assert_string_equal(text, "capture,path,scope,section,id,name,kind,"
				  "owner,kib,records,tolerance_kib,at_most,"
				  "state,text,source_file,source_line\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(every_row_has_as_many_cells),
		TEST(the_budget_is_rows_and_their_terms),
		TEST(sides_are_told_apart),
		TEST(proofs_have_their_state),
		TEST(a_check_that_holds_on_one_side_only_says_so),
		TEST(sums_beyond_64_bits_stop_at_their_end),
		TEST(who_fills_a_slab_cache_is_a_row),
		TEST(holders_are_named_and_as_many_as_asked_for),
		TEST(a_holder_has_the_line_that_its_stacks_share),
		TEST(slab_caches_are_rows),
		TEST(hostile_names_are_escaped),
		TEST(a_capture_without_meminfo_has_no_budget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
