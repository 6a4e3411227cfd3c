/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "symbolize/object_list.h"

static struct object_list list;

static int teardown(void **state)
{
	(void)state;
	object_list_deinit(&list);
	return 0;
}

static const struct build_id one = {{1}, 20}, two = {{2}, 20};

static struct debug_object *get(const char *module, const struct build_id *id)
{
	struct debug_object *object = object_list_get(&list, module, id);

	assert_non_null(object);
	return object;
}

/* Something was asked of it: it is no longer a mere name. */
static void touch(struct debug_object *object)
{
	const struct frame_query query = {.symbol = "f", .size = 1};

	assert_non_null(
		known_frames_intern(&object->frames, &list.pool, &query));
}

static void a_module_is_the_same_with_either_dash(void **state)
{
	struct debug_object *object = get("snd-hda_intel", NULL);

	(void)state;
	assert_ptr_equal(get("snd_hda-intel", NULL), object);
	assert_ptr_not_equal(get("snd_hda_inte", NULL), object);
	assert_ptr_not_equal(get(NULL, NULL), object);
	assert_null(get(NULL, NULL)->module);
	assert_string_equal(object->module, "snd-hda_intel");
}

static void a_build_id_that_comes_first_is_that_of_the_module(void **state)
{
	(void)state;
	assert_true(object_list_expect(&list, "a", &one));
	assert_ptr_equal(get("a", NULL), get("a", &one));
	assert_true(build_id_equal(&get("a", NULL)->expected, &one));
}

static void frames_with_other_build_ids_are_of_other_objects(void **state)
{
	struct debug_object *first = get("a", &one);

	(void)state;
	touch(first);
	assert_ptr_not_equal(get("a", &two), first);
	assert_ptr_equal(get("a", &one), first);
	/* Without one it is the module as it was first seen. */
	assert_ptr_equal(get("a", NULL), first);
}

static void a_build_id_that_comes_later_is_no_word_on_what_was(void **state)
{
	struct debug_object *before = get("a", NULL);

	(void)state;
	touch(before);
	assert_true(object_list_expect(&list, "a", &one));
	assert_ptr_not_equal(get("a", NULL), before);
	assert_int_equal(before->expected.length, 0);
	assert_true(object_list_expect(&list, "a", &two));
	assert_ptr_equal(get("a", NULL), get("a", &two));
}

static void so_many_builds_no_module_has(void **state)
{
	struct build_id id = {{0}, 20};
	unsigned i, count = 0;
	const struct debug_object *object;

	(void)state;
	for (i = 0; i < 1000; i++) {
		id.bytes[0] = (unsigned char)i;
		id.bytes[1] = (unsigned char)(i >> 8);
		touch(get("a", &id));
	}
	for (object = list.first; object; object = object->next)
		count++;
	assert_in_range(count, 2, 100);
}

static void so_many_modules_no_machine_has(void **state)
{
	unsigned i, count = 0;
	const struct debug_object *object;
	char name[32];

	(void)state;
	for (i = 0; i < 20000; i++) {
		snprintf(name, sizeof(name), "module_%u", i);
		get(name, NULL);
	}
	for (object = list.first; object; object = object->next)
		count++;
	assert_in_range(count, 5000, 10000);
	/* Those that came first are still themselves. */
	assert_string_equal(get("module_7", NULL)->module, "module_7");
}

#define test(name) cmocka_unit_test_teardown(name, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_module_is_the_same_with_either_dash),
		test(a_build_id_that_comes_first_is_that_of_the_module),
		test(frames_with_other_build_ids_are_of_other_objects),
		test(a_build_id_that_comes_later_is_no_word_on_what_was),
		test(so_many_builds_no_module_has),
		test(so_many_modules_no_machine_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
