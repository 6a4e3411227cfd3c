/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slab caches of an account in all three outputs. */
#include "tests/support/check.h"

#include "output/json_slab.h"
#include "output/text_slab.h"

#define MIB ((uint64_t)1 << 20)

static struct slab_cache caches[16];
static struct account_report report;
static struct output_options options;
static char *text;

static int setup(void **state)
{
	(void)state;
	memset(caches, 0, sizeof(caches));
	memset(&report, 0, sizeof(report));
	options = (struct output_options){0};
	report.side_count = 1;
	report.slab.caches = caches;
	text = NULL;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	free(text);
	return 0;
}

/* A cache of 1 KiB objects in slots of 2 KiB, of `size` MiB, half in use. */
static struct slab_cache *add(const char *name, uint64_t old, uint64_t new)
{
	struct slab_view *view = &report.slab;
	struct slab_cache *cache = &caches[view->cache_count++];
	const uint64_t sizes[2] = {old, new};
	unsigned side;

	view->known = true;
	cache->name = span_of(name);
	cache->namesakes = 1;
	for (side = 0; side < report.side_count; side++) {
		struct slab_amount *amount = &cache->sides[side];
		struct slab_amount *total = &view->totals[side];

		amount->known = total->known = true;
		amount->bytes = sizes[side] * MIB;
		amount->slots = amount->bytes / 2048;
		amount->objects = amount->slots / 2;
		amount->slot_bytes = 2048;
		amount->object_bytes = 1024;
		amount->debug_known = total->debug_known = true;
		amount->debug_bytes = amount->bytes / 2;
		total->bytes += amount->bytes;
		total->objects += amount->objects;
		total->slots += amount->slots;
		total->debug_bytes += amount->debug_bytes;
	}
	return cache;
}

static void compare(void)
{
	report.side_count = 2;
	report.slab.compared = true;
	report.slab.newest = 1;
}

static FILE *open_text(void)
{
	static size_t length;
	FILE *file;

	free(text);
	file = open_memstream(&text, &length);
	assert_non_null(file);
	return file;
}

static const char *as_text(void)
{
	FILE *file = open_text();
	struct error err;

	assert_true(text_slab_write(&report, &options, file, &err));
	fclose(file);
	return text;
}

static const char *as_json(void)
{
	struct json_writer json = {.file = open_text()};

	json_open_object(&json, NULL);
	json_slab_write(&json, &report);
	json_close_object(&json);
	fclose(json.file);
	return text;
}

/* ---- text ---- */

static void text_has_the_memory_and_what_is_in_it(void **state)
{
	struct slab_cache *cache;

	(void)state;
	add("kmalloc-1k", 3, 0)->reclaimable = FLAG_NO;
	cache = add("dentry", 1, 0);
	cache->reclaimable = FLAG_YES;
	cache->aliases = 3;
	cache->sides[0].debug_known = false;
	cache = add("ring\n", 0, 0);
	cache->namesakes = 2;
	assert_string_equal(
		as_text(),
		"\n"
		"Slab caches, by memory: 4.0 MiB in 3 caches\n  at least 2.0 "
		"MiB of it overhead: debugging and alignment\n"
		"  memory  share            objects × slot  used  overhead     "
		"          cache\n"
		" 3.0 MiB   75 %  ███████▌   768 × 2.0 KiB  50 %   1.5 MiB     "
		"          kmalloc-1k\n"
		" 1.0 MiB   25 %  ██▌        256 × 2.0 KiB  50 %         ?  "
		"reclaimable  dentry and 3 merged caches\n"
		"       0    0 %               0 × 2.0 KiB                     "
		"          ring\\n (2 caches)\n"
		"  used is at most: SLUB counts a slab that some CPU allocates "
		"from as full.\n");
}

static void text_shows_what_grew_and_sums_the_rest(void **state)
{
	(void)state;
	compare();
	add("new", 0, 4);
	add("grew", 1, 3);
	add("also", 1, 2);
	add("same", 5, 5);
	add("shrank", 3, 1);
	options.top = 2;
	options.top_given = true;
	assert_string_equal(
		as_text(),
		"\n"
		"Slab caches, by growth: 10.0 MiB → 15.0 MiB in 5 caches\n  "
		"7.5 MiB of it overhead: debugging and alignment\n"
		"   growth      old       new   objects × slot  used  overhead "
		" cache\n"
		" +4.0 MiB        0 → 4.0 MiB  1,024 × 2.0 KiB  50 %   2.0 MiB "
		" new\n"
		" +2.0 MiB  1.0 MiB → 3.0 MiB    768 × 2.0 KiB  50 %   1.5 MiB "
		" grew\n"
		"  1 more (+1.0 MiB), 1 shrank (-2.0 MiB), 1 steady   --top=0 "
		"shows all\n"
		"  used is at most: SLUB counts a slab that some CPU allocates "
		"from as full.\n");
	options.top = 0;
	options.min_bytes = 2 * MIB;
	assert_non_null(strstr(as_text(), "\n -2.0 MiB  3.0 MiB → 1.0 MiB"));
	assert_non_null(strstr(text, "\n  2 below --min (+1.0 MiB)\n"));
}

static void text_tells_who_fills_what_leads(void **state)
{
	struct report_row rows[6] = {0};
	struct report_group groups[6] = {0};
	struct report objects = {
		.side_count = 2,
		.rows = rows,
		.row_count = 6,
		.groups = groups,
		.group_count = 6,
	};
	struct frame frame = {.module = SPAN("churn")};
	const struct stack stack = {
		.frames = &frame, .frame_count = 1, .class = {.blamed = 0}};
	static const int64_t grown[] = {512, 1, 0, 1024, 128, 256};
	unsigned i;

	(void)state;
	compare();
	add("kmalloc-1k", 0, 4);
	add("dentry", 0, 1);
	for (i = 0; i < 6; i++) {
		groups[i].first_row = i;
		groups[i].growth.records = grown[i];
		rows[i].detail = SPAN("kmalloc-1k");
	}
	rows[0].function = SPAN("fill\n");
	rows[0].stack = &stack;
	rows[0].module = SPAN("churn");
	rows[1].detail = SPAN("dentry");
	rows[2].detail = SPAN("dentry");
	rows[3].function = SPAN("f");
	rows[3].module = SPAN("caller");
	rows[4].function = SPAN("not shown");
	report.objects = &objects;
	report.slab_steps = (char *)"How to\n  boot with\n";
	assert_string_equal(
		as_text(),
		"\n"
		"Slab caches, by growth: 0 → 5.0 MiB in 2 caches\n  2.5 MiB of "
		"it overhead: debugging and alignment\n"
		"   growth  old       new   objects × slot  used   overhead  "
		"cache\n"
		" +4.0 MiB    0 → 4.0 MiB  1,024 × 2.0 KiB  50 %    2.0 MiB  "
		"kmalloc-1k\n"
		"              +2.0 MiB  f (for caller)  1,024 objects\n"
		"              +1.0 MiB  fill\\n [churn]  512 objects\n"
		"              +512.0 KiB  (no stack)  256 objects\n"
		" +1.0 MiB    0 → 1.0 MiB    256 × 2.0 KiB  50 %  512.0 KiB  "
		"dentry\n"
		"              +2.0 KiB  (no stack)  1 object\n"
		"  used is at most: SLUB counts a slab that some CPU allocates "
		"from as full.\n"
		"  Stacks are of traces, read after slabinfo: they can exceed "
		"their cache.\n"
		"  How to\n"
		"    boot with\n");
}

static void text_says_how_sure_its_numbers_are(void **state)
{
	static const char at_most[] = "\n  used is at most: ";
	struct slab_cache *cache;

	(void)state;
	cache = add("dentry", 1, 0);
	assert_non_null(strstr(as_text(), at_most));
	cache->traced = FLAG_YES;
	assert_null(strstr(as_text(), at_most));
	cache->traced = FLAG_NO;
	cache->sides[0].objects = 0;
	assert_null(strstr(as_text(), at_most));
	assert_null(strstr(text, "Stacks are of traces"));
}

static void sentences_of_steps_end_where_the_terminal_does(void **state)
{
	(void)state;
	add("dentry", 1, 0)->traced = FLAG_YES;
	options.width = 40;
	report.slab_steps =
		(char *)"To have them, you can do this:\n"
			"  the kernel notes them of this and that\n"
			"  boot with  a=1,2,3,4,5,6,7,8,9,0,1,2,3\n";
	assert_non_null(strstr(as_text(),
			       "\n  To have them, you can do this:\n"
			       "    the kernel notes them of this and\n"
			       "    that\n"
			       "    boot with  a=1,2,3,4,5,6,7,8,9,0,1,2,3"
			       "\n"));
}

static void text_says_what_is_missing(void **state)
{
	(void)state;
	assert_string_equal(as_text(),
			    "\nSlab caches: the capture lacks /proc/slabinfo, "
			    "which only root can read\n");
	add("dentry", 1, 0);
	report.side_count = 2;
	assert_non_null(strstr(as_text(),
			       "\n  of OLD alone: the other capture tells of "
			       "no cache\n"));
}

/* ---- JSON and CSV ---- */

static void json_has_all_caches_and_null_for_what_is_not_known(void **state)
{
	struct slab_cache *cache;

	(void)state;
	assert_string_equal(as_json(), "{\n"
				       "  \"slab\": null,\n"
				       "  \"slab_total\": null,\n"
				       "  \"slab_steps\": null\n"
				       "}\n");
	cache = add("a\"b", 1, 0);
	cache->reclaimable = FLAG_YES;
	cache->traced = FLAG_NO;
	cache->aliases_known = true;
	cache->sides[0].debug_known = false;
	cache->sides[0].object_bytes = 0;
	report.slab_steps = (char *)"x\n";
	assert_string_equal(as_json(), "{\n"
				       "  \"slab\": [\n"
				       "    {\n"
				       "      \"name\": \"a\\\"b\",\n"
				       "      \"bytes\": 1048576,\n"
				       "      \"objects\": 256,\n"
				       "      \"slots\": 512,\n"
				       "      \"slot_bytes\": 2048,\n"
				       "      \"object_bytes\": null,\n"
				       "      \"overhead_bytes\": null,\n"
				       "      \"reclaimable\": true,\n"
				       "      \"traced\": false,\n"
				       "      \"stacks\": false,\n"
				       "      \"merged\": 0,\n"
				       "      \"namesakes\": 1\n"
				       "    }\n"
				       "  ],\n"
				       "  \"slab_total\": {\n"
				       "    \"bytes\": 1048576,\n"
				       "    \"objects\": 256,\n"
				       "    \"slots\": 512,\n"
				       "    \"overhead_bytes\": 524288\n"
				       "  },\n"
				       "  \"slab_steps\": \"x\\u000a\"\n"
				       "}\n");
}

static void json_of_two_captures_has_before_and_after(void **state)
{
	(void)state;
	compare();
	add("gone", 1, 0)->sides[1].known = false;
	assert_non_null(strstr(
		as_json(),
		"      \"before\": {\"bytes\": 1048576, \"objects\": 256, "
		"\"slots\": 512, \"slot_bytes\": 2048, \"object_bytes\": 1024, "
		"\"overhead_bytes\": 524288},\n"
		"      \"after\": null,\n"
		"      \"growth_bytes\": -1048576,\n"
		"      \"reclaimable\": null,\n"));
	report.slab.compared = false;
	assert_non_null(strstr(as_json(), "\"growth_bytes\": null,\n"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(text_has_the_memory_and_what_is_in_it),
		TEST(text_shows_what_grew_and_sums_the_rest),
		TEST(text_tells_who_fills_what_leads),
		TEST(text_says_how_sure_its_numbers_are),
		TEST(sentences_of_steps_end_where_the_terminal_does),
		TEST(text_says_what_is_missing),
		TEST(json_has_all_caches_and_null_for_what_is_not_known),
		TEST(json_of_two_captures_has_before_and_after),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
