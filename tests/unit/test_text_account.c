/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/text_account.h"
#include "output/text_table.h"
#include "output/text_width.h"
#include "tests/support/account_sample.h"

static struct account_sample sample;
static struct output_options options;
static char *text;

static int setup(void **state)
{
	(void)state;
	options = (struct output_options){.top = 20, .width = 80};
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

static void write_text(void)
{
	free(text);
	text = account_sample_write(&sample, text_account_write, &options);
}

#define assert_has(needle)   assert_text_has(text, (needle))
#define assert_lacks(needle) assert_text_lacks(text, (needle))

static struct budget *new_budget(void)
{
	return &sample.report.sides[sample.report.side_count - 1].budget;
}

static void one_capture_is_a_table_of_all_that_is_counted(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	write_text();
	assert_has(
		"t2   Linux 6.12.117-lab   up 1:04\n"
		"\n"
		"      size    share                whose\n"
		" 980.6 MiB  100.0 %  ████████████          MemTotal: all that "
		"the kernel has to\n"
		"                                           give\n"
		" 635.5 MiB   64.8 %  ███████▊      free    free: nobody has "
		"it, per-CPU lists\n"
		"                                           included\n"
		" 240.4 MiB   24.5 %  ███           user    on the LRU lists: "
		"programs' memory,\n"
		"                                           page cache, shared "
		"memory\n"
		"                                             of it 91.7 MiB "
		"AnonPages\n");
	assert_has(
		" ─────────  ───────  ────────────\n"
		" 931.6 MiB   95.0 %  ███████████▍          counted: the sum "
		"of the rows above\n"
		"  49.0 MiB    5.0 %  ▋             kernel  in no counter: "
		"taken straight from\n");
}

static void a_wide_terminal_has_room_to_explain_more(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	options.width = 140;
	write_text();
	assert_has("of it 91.7 MiB AnonPages: programs' own data\n");
	assert_has("\n 980.6 MiB  100.0 %  ████████████████████████          "
		   "MemTotal");
}

static void what_lies_in_the_row_above_says_that(void **state)
{
	struct budget_row *row;

	(void)state;
	account_sample_init(&sample, 2);
	row = account_sample_add_row(&sample, new_budget(), "huge",
				     BUDGET_INSIDE, 1024);
	row->name = "of it, in huge pages";
	write_text();
	assert_has(
		"     of that in huge pages            -    1.0 MiB          "
		" -\n");
}

static void no_line_is_wider_than_the_terminal(void **state)
{
	static const size_t widths[] = {80, 100, 140};
	size_t i;

	(void)state;
	account_sample_init(&sample, 1);
	account_sample_add_coverages(&sample, &sample.report.sides[0]);
	account_sample_add_checks(&sample, &sample.report.sides[0]);
	account_sample_add_nodes(&sample, &sample.report.sides[0]);
	options.verbose = options.formula = true;
	for (i = 0; i < TEST_COUNT(widths); i++) {
		char *line, *rest;

		options.width = widths[i];
		write_text();
		for (line = strtok_r(text, "\n", &rest); line;
		     line = strtok_r(NULL, "\n", &rest))
			if (text_width(line) > widths[i])
				fail_msg("wider than %zu: %s", widths[i], line);
	}
}

static void rows_of_nothing_are_shown_when_all_is_asked_for(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	write_text();
	assert_lacks("bounce buffers");
	options.verbose = true;
	write_text();
	assert_has("bounce buffers");
}

static void sizes_are_in_kb_where_that_is_asked_for(void **state)
{
	(void)state;
	options.kib = true;
	account_sample_init(&sample, 1);
	account_sample_add_holders(&sample);
	write_text();
	assert_has(" 1,004,132 kB  100.0 %");
	assert_has("    50,156 kB    5.0 %");
	assert_has("In no counter: 50,156 kB (5.0 %)");
	assert_lacks("MiB");
}

static void rows_that_nobody_knows_are_named_and_not_added(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	account_sample_add_row(&sample, new_budget(), "New\033[2JRow",
			       BUDGET_BESIDE, 12);
	account_sample_add_row(&sample, new_budget(), "Zero", BUDGET_BESIDE, 0);
	write_text();
	assert_has("Not added, because it is not known to be a part of its "
		   "own: New\\x1b[2JRow\n  12.0 KiB\n");
	assert_lacks("Zero");
	assert_has("  49.0 MiB    5.0 %");
}

static void rows_that_nobody_knows_and_that_grew_are_named(void **state)
{
	struct account_side *sides = sample.report.sides;

	(void)state;
	options.width = 0;
	account_sample_init(&sample, 2);
	account_sample_add_row(&sample, &sides[0].budget, "F\033oo",
			       BUDGET_BESIDE, 12);
	account_sample_add_row(&sample, &sides[1].budget, "F\033oo",
			       BUDGET_BESIDE, 20);
	account_sample_add_row(&sample, &sides[0].budget, "Same", BUDGET_BESIDE,
			       4);
	account_sample_add_row(&sample, &sides[1].budget, "Same", BUDGET_BESIDE,
			       4);
	account_sample_add_row(&sample, &sides[0].budget, "Gone", BUDGET_BESIDE,
			       3);
	write_text();
	assert_has("  Not added, because it is not known to be a part of its "
		   "own, or one capture alone tells of it: F\\x1boo 12.0 KiB → "
		   "20.0 KiB · Same 4.0 KiB · Gone "
		   "3.0 KiB → -\n");
}

static void a_row_that_is_a_part_in_one_capture_only_says_so(void **state)
{
	(void)state;
	options.width = 0;
	account_sample_init(&sample, 2);
	assert_string_equal(new_budget()->rows[6].id, "kernel-stacks");
	new_budget()->rows[6].kind = BUDGET_PART;
	write_text();
	assert_has("\n   kernel stacks ");
	assert_has("\n  kernel stacks: in OLD inside the part above it, in NEW "
		   "a part of its own.\n");
}

/* One scale for all of a table: what is more is longer. */
static void bars_of_a_change_are_of_one_scale(void **state)
{
	struct budget *old = &sample.report.sides[0].budget;

	(void)state;
	options.width = 0;
	account_sample_init(&sample, 2);
	old->total.kib = new_budget()->total.kib - 4 * 98672;
	write_text();
	assert_has("+385.4 MiB  ████████████\n");
	assert_has("-96.4 MiB  ░░░\n");
}

static void what_either_capture_lacks_is_told(void **state)
{
	(void)state;
	options.width = 0;
	account_sample_init(&sample, 2);
	write_text();
	assert_lacks("Up to");
	sample.report.sides[0].budget.doubt_kib = 2048;
	write_text();
	assert_has("  Up to 2.0 MiB of what is in no counter of OLD may be in "
		   "counters that it lacks (zoneinfo, vmstat).\n");
	new_budget()->doubt_kib = 1024;
	write_text();
	assert_has("no counter of OLD");
	assert_has("  Up to 1.0 MiB of what is in no counter of NEW may");
}

static void what_the_capture_lacks_is_told(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	new_budget()->doubt_kib = 2048;
	write_text();
	assert_has("Up to 2.0 MiB of what is in no counter may be in counters");
}

static void every_sum_can_be_seen_term_by_term(void **state)
{
	(void)state;
	options.formula = true;
	options.width = 0;
	account_sample_init(&sample, 1);
	write_text();
	assert_has(
		"  free = MemFree 638,732 + pcp count 11,972 = 650,704 kB\n");
	assert_has("  counted = free 650,704 + on the LRU lists 246,212 + ");
	assert_has("  in no counter = MemTotal 1,004,132 - counted 953,976 = "
		   "50,156 kB\n");
	assert_has("  free: used = MemTotal 1,004,132 - MemAvailable 603,748 "
		   "= 400,384 kB\n");
	assert_has("  pages have 4096 bytes\n");
	assert_has("  VmallocUsed has the kernel stacks: vmallocinfo lists "
		   "them\n");
}

static void terms_that_are_no_kb_tell_their_unit(void **state)
{
	struct budget_row *row;

	(void)state;
	options.formula = true;
	options.width = 0;
	account_sample_init(&sample, 1);
	row = account_sample_add_row(&sample, new_budget(), "zs", BUDGET_PART,
				     12);
	row->sum.first->value = 3;
	row->sum.first->unit = COUNTER_PAGES;
	write_text();
	assert_has("  zs = zs 3 pages (12) = 12 kB\n");
}

static void what_free_says_is_explained(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	write_text();
	assert_has(
		"What `free` says of it:\n"
		"           total       used       free    shared  buff/cache  "
		"available\n"
		" Mem   980.6 MiB  391.0 MiB  623.8 MiB  86.8 MiB   157.9 MiB  "
		"589.6 MiB\n"
		" Swap   32.0 MiB          0   32.0 MiB\n");
	assert_has("used is total less available");
}

static void what_free_cannot_say_is_a_dash(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	new_budget()->free.available = (struct sum){0};
	new_budget()->free.swap_total = (struct sum){0};
	new_budget()->free.available_known = false;
	write_text();
	assert_has("157.9 MiB          -\n");
	assert_has("has no MemAvailable");
	assert_lacks("Swap");
}

/* ---- who holds it ---- */

static void stacks_explain_what_is_in_no_counter(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	account_sample_add_holders(&sample);
	write_text();
	assert_has("In no counter: 49.0 MiB (5.0 %). Stacks explain 47.7 MiB "
		   "(97 %):\n");
	assert_has("do_leak [leaky]\n              order 8 ← "
		   "leaky_rx_refill\n");
	assert_has("pageowl account OLD NEW");
}

static void rows_without_room_are_summed_up(void **state)
{
	(void)state;
	options.top = 2;
	options.top_given = true;
	account_sample_init(&sample, 1);
	account_sample_add_holders(&sample);
	write_text();
	assert_has("  4 more (17.7 MiB)   --top=0 shows all\n");
	assert_lacks("churn_page_get");
}

static void more_than_there_is_has_no_percentage(void **state)
{
	(void)state;
	options.width = 0;
	account_sample_init(&sample, 1);
	account_sample_add_holders(&sample);
	sample.report.sides[0].holders_kib = 60000;
	write_text();
	assert_has("Stacks explain all of it: they hold 58.6 MiB.\n");
	new_budget()->remainder_kib = -100;
	write_text();
	assert_has("In no counter: -100.0 KiB (-0.0 %). Stacks that no counter "
		   "covers hold 58.6 MiB:\n");
	assert_has("less than nothing");
}

static void sites_are_called_by_their_name(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	account_sample_add_holders(&sample);
	sample.report.holders_are_sites = true;
	write_text();
	assert_has("Call sites explain 47.7 MiB (97 %):\n");
}

static void without_stacks_the_steps_to_have_them_are_told(void **state)
{
	char steps[] = "To have them: boot with page_owner=on\n";

	(void)state;
	account_sample_init(&sample, 1);
	sample.report.steps = steps;
	write_text();
	assert_has("In no counter: 49.0 MiB (5.0 %). Nothing in it tells whose "
		   "it is.\nTo have them: boot with page_owner=on\n");
	assert_lacks("Healthy machines");
}

/* ---- two captures ---- */

static void the_growth_of_the_remainder_comes_first(void **state)
{
	(void)state;
	account_sample_init(&sample, 2);
	account_sample_add_holders(&sample);
	sample.report.sides[1].holders_kib =
		sample.report.sides[0].holders_kib + 21536;
	write_text();
	assert_has("old  t1   Linux 6.12.117-lab   up 0:31\n"
		   "new  t2   Linux 6.12.117-lab   up 1:04   same boot, 33 s "
		   "later\n"
		   "\n"
		   "In no counter: +21.2 MiB (27.8 MiB → 49.0 MiB, 2.8 % → 5.0 "
		   "% of MemTotal)\n"
		   "Of the +21.2 MiB, stacks explain +21.0 MiB (99 %):\n");
	assert_has("appeared  driver              do_leak [leaky]\n");
}

static void the_table_of_two_tells_each_change(void **state)
{
	(void)state;
	options.width = 100;
	account_sample_init(&sample, 2);
	write_text();
	assert_has(
		"                                    old        new      "
		"change\n"
		" MemTotal                     980.6 MiB  980.6 MiB           "
		"0\n"
		"   free                       731.8 MiB  635.5 MiB   -96.4 "
		"MiB  ░░░░░░░░░░░░\n"
		"   on the LRU lists           185.7 MiB  240.4 MiB   +54.8 "
		"MiB  ██████▉\n"
		"     of it AnonPages           84.3 MiB   91.7 MiB    +7.4 "
		"MiB  ▉\n");
	assert_has(" in no counter                 27.8 MiB   49.0 MiB   +21.2 "
		   "MiB  ██▋\n");
}

static void what_a_row_that_is_new_was_is_not_known(void **state)
{
	(void)state;
	options.kib = true;
	account_sample_init(&sample, 2);
	account_sample_add_row(&sample, new_budget(), "gpu", BUDGET_PART, 40);
	account_sample_add_row(&sample, &sample.report.sides[0].budget,
			       "balloon", BUDGET_PART, 30);
	write_text();
	assert_has("   gpu                                   -         40 kB  "
		   "         -\n");
	assert_has("   balloon                           30 kB             -  "
		   "         -\n");
}

static void a_remainder_that_shrank_is_not_explained_in_percent(void **state)
{
	(void)state;
	account_sample_init(&sample, 2);
	account_sample_add_holders(&sample);
	sample.report.sides[1].budget.remainder_kib = 28192;
	sample.report.sides[1].holders_kib =
		sample.report.sides[0].holders_kib - 280;
	write_text();
	assert_has(
		"In no counter: -300.0 KiB (27.8 MiB → 27.5 MiB, 2.8 % → 2.8 "
		"% of MemTotal)\n"
		"It did not grow. What stacks hold in no counter changed by "
		"-280.0 KiB.\n");
	assert_lacks("explain");
}

static void a_remainder_that_stayed_is_as_before(void **state)
{
	(void)state;
	account_sample_init(&sample, 2);
	account_sample_add_holders(&sample);
	sample.report.sides[1].budget.remainder_kib = 28492;
	sample.report.sides[1].holders_kib = sample.report.sides[0].holders_kib;
	write_text();
	assert_has("In no counter: as before (27.8 MiB → 27.8 MiB");
	assert_has("It did not grow. What stacks hold in no counter changed by "
		   "0.\n");
}

static void growth_that_stacks_do_not_have_is_not_theirs(void **state)
{
	(void)state;
	account_sample_init(&sample, 2);
	account_sample_add_holders(&sample);
	sample.report.sides[1].holders_kib =
		sample.report.sides[0].holders_kib - 1024;
	write_text();
	assert_has("Stacks do not explain the +21.2 MiB: what they hold in no "
		   "counter changed by -1.0 MiB.\n");
	sample.report.sides[1].holders_kib += 24576;
	write_text();
	assert_has("Of the +21.2 MiB, stacks explain all (+23.0 MiB):\n");
}

static void far_more_than_there_is_explains_nothing(void **state)
{
	(void)state;
	options.width = 0;
	account_sample_init(&sample, 2);
	account_sample_add_holders(&sample);
	sample.report.sides[1].holders_kib =
		sample.report.sides[0].holders_kib + 40960;
	write_text();
	assert_has("What stacks hold in no counter grew by +40.0 MiB.\n  That "
		   "is more than there is to explain");
	account_sample_deinit(&sample);
	account_sample_init(&sample, 1);
	account_sample_add_holders(&sample);
	sample.report.sides[0].holders_kib = 100000;
	write_text();
	assert_has("Stacks hold 97.7 MiB of what no counter has.\n  That is");
	assert_lacks("explain all");
}

static void a_capture_without_meminfo_has_no_change(void **state)
{
	(void)state;
	account_sample_init(&sample, 2);
	account_sample_add_holders(&sample);
	sample.report.sides[0].budget = (struct budget){0};
	write_text();
	assert_has("\nWhat stacks hold in no counter changed by +21.2 MiB:\n");
	assert_has("One of the captures has no /proc/meminfo");
	assert_lacks("% of MemTotal");
}

/* ---- proofs ---- */

static void kinds_that_agree_are_one_line(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	account_sample_add_coverages(&sample, &sample.report.sides[0]);
	write_text();
	assert_has(
		"Counters against stacks: 2 of 2 kinds agree within 3 % or "
		"1 MiB\n"
		"  Left out, because allocated since the counters were read: "
		"57.1 MiB,\n"
		"  54.8 MiB of it user memory and page cache\n");
	assert_lacks("difference");
}

static void a_kind_that_differs_brings_the_table_and_the_reason(void **state)
{
	struct account_side *side = &sample.report.sides[0];

	(void)state;
	account_sample_init(&sample, 1);
	account_sample_add_coverages(&sample, side);
	side->coverages[1].agrees = false;
	side->coverages[1].stacks_kib = 9000;
	side->coverages[1].meaning = "Stacks count what counters do not.";
	side->younger_kib = -1;
	write_text();
	assert_has("stacks: 1 of 2 kinds agree");
	assert_has(" page tables                   2.0 MiB    8.8 MiB    +6.8 "
		   "MiB  differs\n"
		   "  page tables: Stacks count what counters do not.\n");
	assert_lacks("Left out");
}

static void checks_that_agree_are_one_line(void **state)
{
	(void)state;
	options.width = 0;
	account_sample_init(&sample, 1);
	account_sample_add_checks(&sample, &sample.report.sides[0]);
	write_text();
	assert_has("\nCross-checks: 2 of 2 agree (largest difference: "
		   "anonymous LRU lists, -4.0 MiB) · 1 could not be made · "
		   "--verbose shows both sides\n");
	assert_lacks("DIFFERS");
	assert_lacks("slab caches");
}

static void a_check_that_differs_shows_both_sides(void **state)
{
	struct cross_check *check;

	(void)state;
	account_sample_init(&sample, 1);
	account_sample_add_checks(&sample, &sample.report.sides[0]);
	check = &sample.report.sides[0].checks[0];
	check->state = CHECK_DIFFERS;
	check->meaning = "Somebody holds a reference\x1b.";
	write_text();
	assert_has("Cross-checks: 1 of 2 agree (largest difference: slab "
		   "caches, +1.5 MiB)");
	assert_has(
		"\n  DIFFERS: anonymous LRU lists\n"
		"    LRU lists                   174.5 MiB  Active(anon) "
		"16,936 "
		"+ Inactive(anon)\n"
		"                                           161,720 = 178,656 "
		"kB\n"
		"    AnonPages + Shmem           178.5 MiB  AnonPages 93,896 + "
		"Shmem 88,856 =\n"
		"                                           182,752 kB\n"
		"    difference                   -4.0 MiB  up to 64.0 MiB is "
		"tolerated\n"
		"    Somebody holds a reference\\x1b.\n");
	assert_lacks("agrees: slab caches");
	check->state = CHECK_IMPOSSIBLE;
	write_text();
	assert_has("\n  IMPOSSIBLE: anonymous LRU lists\n");
}

static void a_check_of_one_sign_is_not_the_largest_difference(void **state)
{
	(void)state;
	options.width = 0;
	account_sample_init(&sample, 1);
	account_sample_add_checks(&sample, &sample.report.sides[0]);
	sample.report.sides[0].checks[0].difference_kib = -900000;
	sample.report.sides[0].checks[0].at_most = true;
	write_text();
	assert_has("2 of 2 agree (largest difference: slab caches, +1.5 MiB)");
}

static void all_checks_are_shown_when_asked_for(void **state)
{
	(void)state;
	options.verbose = true;
	account_sample_init(&sample, 1);
	account_sample_add_checks(&sample, &sample.report.sides[0]);
	write_text();
	assert_has("\n  agrees: slab caches\n");
	assert_has("\n  not made: PSS of all processes\n"
		   "    The capture has no smaps_rollup.\n");
}

static void old_is_shown_where_it_does_not_agree(void **state)
{
	unsigned i;

	(void)state;
	account_sample_init(&sample, 2);
	for (i = 0; i < 2; i++)
		account_sample_add_checks(&sample, &sample.report.sides[i]);
	write_text();
	assert_has("Cross-checks (new): 2 of 2");
	assert_lacks("(old)");
	sample.report.sides[0].checks[1].state = CHECK_DIFFERS;
	write_text();
	assert_has("Cross-checks (old): 1 of 2");
}

/* ---- nodes ---- */

static void nodes_stand_beside_the_machine(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	account_sample_add_nodes(&sample, &sample.report.sides[0]);
	sample.report.sides[0].holders_kib = 48892;
	write_text();
	assert_has(
		"\nBy NUMA node:\n"
		"                             node 0     node 1    machine\n"
		" MemTotal                 490.3 MiB  490.3 MiB  980.6 MiB\n"
		"   free                   317.7 MiB  317.7 MiB  635.5 MiB\n");
	assert_has(" in no counter             24.5 MiB   24.5 MiB   49.0 MiB\n"
		   "   by stacks                      -   23.4 MiB   47.7 "
		   "MiB\n");
}

static void what_a_node_has_no_row_of_is_not_0(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	account_sample_add_nodes(&sample, &sample.report.sides[0]);
	sample.report.sides[0].nodes[0].budget.row_count = 1;
	write_text();
	assert_has("   on the LRU lists               -  120.2 MiB  240.4 "
		   "MiB\n");
}

static void many_nodes_take_several_tables(void **state)
{
	struct account_side *side = &sample.report.sides[0];
	struct account_node *nodes;
	unsigned i;

	(void)state;
	account_sample_init(&sample, 1);
	account_sample_add_nodes(&sample, side);
	nodes = arena_alloc(&sample.arena, 40 * sizeof(*nodes));
	assert_non_null(nodes);
	for (i = 0; i < 40; i++) {
		nodes[i] = side->nodes[0];
		nodes[i].node = i;
	}
	side->nodes = nodes;
	side->node_count = 40;
	options.width = 0;
	write_text();
	assert_has("node 13    machine\n");
	assert_has("node 14");
	assert_has("node 39    machine\n");
	options.width = 20;
	write_text();
	assert_has("node 39    machine\n");
}

/* ---- hostile ---- */

static void names_of_captures_are_escaped(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	sample.report.sides[0].path = "a\nb";
	sample.report.sides[0].kernel = "6\033[1m";
	new_budget()->rows[3].name = "x\ty";
	write_text();
	assert_has("a\\nb   Linux 6\\x1b[1m");
	assert_has("x\\ty: set aside");
	assert_lacks("\033");
}

static void numbers_beyond_all_measure_do_not_wrap(void **state)
{
	unsigned i;

	(void)state;
	options.verbose = options.formula = true;
	account_sample_init(&sample, 2);
	account_sample_add_holders(&sample);
	for (i = 0; i < 2; i++) {
		struct account_side *side = &sample.report.sides[i];
		int64_t most = i ? INT64_MAX : INT64_MIN;

		account_sample_add_coverages(&sample, side);
		account_sample_add_checks(&sample, side);
		account_sample_add_nodes(&sample, side);
		account_sample_add_row(&sample, &side->budget, "huge",
				       BUDGET_PART, most);
		side->budget.remainder_kib = most;
		side->holders_kib = most;
		side->coverages[0].stacks_kib = most;
		side->coverages[1].counters_kib = INT64_MIN;
		side->checks[0].difference_kib = INT64_MIN;
		side->younger_kib = INT64_MAX;
	}
	write_text();
	assert_has("In no counter: +16.0 EiB (-16.0 EiB → 16.0 EiB");
	options.kib = true;
	write_text();
	assert_has("+9,223,372,036,854,775,807 kB");
}

static void a_report_of_nothing_says_so(void **state)
{
	static const struct account_side empty = {
		.path = "x", .uptime_ns = TS_NONE, .younger_kib = -1};

	(void)state;
	sample.report.side_count = 1;
	sample.report.sides[0] = empty;
	write_text();
	assert_has("x\n\nNo /proc/meminfo in the capture: where all of the "
		   "memory is cannot be told.\n");
	assert_lacks("In no counter");
	sample.report.side_count = 2;
	sample.report.sides[1] = empty;
	write_text();
	assert_has("old  x\nnew  x   boot not known\n");
	assert_has("no stacks that could be compared");
}

static void colour_is_there_only_where_it_is_asked_for(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	write_text();
	assert_lacks("\033[");
	options.colour = true;
	write_text();
	assert_has("\033[1m  49.0 MiB    5.0 %");
	assert_has("\033[1mIn no counter: 49.0 MiB\033[0m (5.0 %)");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(one_capture_is_a_table_of_all_that_is_counted),
		TEST(a_wide_terminal_has_room_to_explain_more),
		TEST(what_lies_in_the_row_above_says_that),
		TEST(no_line_is_wider_than_the_terminal),
		TEST(rows_of_nothing_are_shown_when_all_is_asked_for),
		TEST(sizes_are_in_kb_where_that_is_asked_for),
		TEST(rows_that_nobody_knows_are_named_and_not_added),
		TEST(rows_that_nobody_knows_and_that_grew_are_named),
		TEST(a_row_that_is_a_part_in_one_capture_only_says_so),
		TEST(bars_of_a_change_are_of_one_scale),
		TEST(what_either_capture_lacks_is_told),
		TEST(what_the_capture_lacks_is_told),
		TEST(every_sum_can_be_seen_term_by_term),
		TEST(terms_that_are_no_kb_tell_their_unit),
		TEST(what_free_says_is_explained),
		TEST(what_free_cannot_say_is_a_dash),
		TEST(stacks_explain_what_is_in_no_counter),
		TEST(rows_without_room_are_summed_up),
		TEST(more_than_there_is_has_no_percentage),
		TEST(sites_are_called_by_their_name),
		TEST(without_stacks_the_steps_to_have_them_are_told),
		TEST(the_growth_of_the_remainder_comes_first),
		TEST(the_table_of_two_tells_each_change),
		TEST(what_a_row_that_is_new_was_is_not_known),
		TEST(a_remainder_that_shrank_is_not_explained_in_percent),
		TEST(a_remainder_that_stayed_is_as_before),
		TEST(growth_that_stacks_do_not_have_is_not_theirs),
		TEST(far_more_than_there_is_explains_nothing),
		TEST(a_capture_without_meminfo_has_no_change),
		TEST(kinds_that_agree_are_one_line),
		TEST(a_kind_that_differs_brings_the_table_and_the_reason),
		TEST(checks_that_agree_are_one_line),
		TEST(a_check_that_differs_shows_both_sides),
		TEST(a_check_of_one_sign_is_not_the_largest_difference),
		TEST(all_checks_are_shown_when_asked_for),
		TEST(old_is_shown_where_it_does_not_agree),
		TEST(nodes_stand_beside_the_machine),
		TEST(what_a_node_has_no_row_of_is_not_0),
		TEST(many_nodes_take_several_tables),
		TEST(names_of_captures_are_escaped),
		TEST(numbers_beyond_all_measure_do_not_wrap),
		TEST(a_report_of_nothing_says_so),
		TEST(colour_is_there_only_where_it_is_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
