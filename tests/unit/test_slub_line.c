/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/slub_line.h"

static struct slub_line parsed(const char *text)
{
	struct slub_line line;

	if (!slub_line_parse(span_of(text), &line)) {
		print_error("no line of SLUB: %s\n", text);
		fail();
	}
	return line;
}

static void assert_none(const char *text)
{
	struct slub_line line;

	if (!slub_line_parse(span_of(text), &line))
		return;
	print_error("a line of SLUB: %s\n", text);
	fail();
}

static void the_cache_of_a_bug_ends_at_its_taint(void **state)
{
	struct slub_line line;

	(void)state;
	line = parsed("BUG a (b): c (Not tainted): Objects remaining in a on "
		      "__kmem_cache_shutdown()");
	assert_int_equal(line.kind, SLUB_LINE_REMAINING);
	assert_span(line.cache, "a (b): c");
	line = parsed("BUG x (Tainted: G    B): Objects remaining on "
		      "__kmem_cache_shutdown()");
	assert_int_equal(line.kind, SLUB_LINE_REMAINING);
	assert_span(line.cache, "x");
	line = parsed("BUG x (Tainted: G    B): Poison overwritten");
	assert_int_equal(line.kind, SLUB_LINE_CORRUPTED);
	assert_span(line.text, "Poison overwritten");
	assert_none("BUG x: Poison overwritten");
	assert_none("BUG  (Not tainted): x");
	assert_none("BUG: KASAN: slab-out-of-bounds in f (Not tainted");
}

static void a_slab_tells_its_room_and_its_use(void **state)
{
	struct slub_line line = parsed("INFO: Slab 0x1 objects=21 used=3 "
				       "fp=0x2 flags=0x4");

	(void)state;
	assert_int_equal(line.kind, SLUB_LINE_SLAB);
	assert_u64(line.slab_objects, 21);
	assert_u64(line.used, 3);
	/* What is cut behind a number may have had more digits. */
	assert_none("Slab 0x1 objects=21 used=3");
	assert_none("Slab ffff objects=21 used=3 fp");
}

static void an_object_has_an_address_and_a_place(void **state)
{
	struct slub_line line = parsed("Object 0x(____ptrval____) @offset=448");

	(void)state;
	assert_int_equal(line.kind, SLUB_LINE_OBJECT);
	assert_span(line.address, "0x(____ptrval____)");
	assert_span(line.offset, "448");
	assert_int_equal(parsed("INFO: Object 0x1 @offset=8 fp=0x2").kind,
			 SLUB_LINE_DUMPED);
	assert_none("Object 0x1 @offset=8 x");
	assert_none("Object   00000000: 6b 6b 6b 6b  kkkk");
}

static void a_track_tells_who_when_and_where(void **state)
{
	struct slub_line line = parsed("Allocated in f+0x1/0x2 [m] age=12 "
				       "cpu=3 pid=78");

	(void)state;
	assert_int_equal(line.kind, SLUB_LINE_ALLOCATED);
	assert_span(line.symbol, "f+0x1/0x2 [m]");
	assert_u64(line.age, 12);
	assert_span(line.cpu, "3");
	assert_span(line.pid, "78");
	assert_u64(line.pid_number, 78);
	assert_int_equal(parsed("Freed in f age=1 cpu=0 pid=0").kind,
			 SLUB_LINE_FREED);
	assert_none("Allocated in  age=1");
	assert_none("Allocated in f age=1 cpu=0 pid=4294967296");
	assert_none("Allocated in f age=1 cpu=0 pid=1x");
	assert_none("Allocated by task 7:");
}

static void a_destroyed_cache_may_have_a_caller(void **state)
{
	struct slub_line line = parsed("kmem_cache_destroy a b: Slab cache "
				       "still has objects when called from "
				       "f+0x1/0x2 [m]");

	(void)state;
	assert_int_equal(line.kind, SLUB_LINE_DESTROY);
	assert_span(line.cache, "a b");
	assert_span(line.caller, "f+0x1/0x2 [m]");
	line = parsed("kmem_cache_destroy x: Slab cache still has objects");
	assert_span(line.cache, "x");
	assert_span(line.caller, "");
}

static void rules_are_of_one_character(void **state)
{
	(void)state;
	assert_int_equal(parsed("====================").kind, SLUB_LINE_RULE);
	assert_int_equal(parsed("--------------------").kind, SLUB_LINE_RULE);
	assert_none("===================");
	assert_none("-------------=------");
	assert_none("-------[ cut here ]-------");
	assert_none("");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cache_of_a_bug_ends_at_its_taint),
		cmocka_unit_test(a_slab_tells_its_room_and_its_use),
		cmocka_unit_test(an_object_has_an_address_and_a_place),
		cmocka_unit_test(a_track_tells_who_when_and_where),
		cmocka_unit_test(a_destroyed_cache_may_have_a_caller),
		cmocka_unit_test(rules_are_of_one_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
