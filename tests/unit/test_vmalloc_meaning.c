/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/budget_maker.h"

static struct budget_maker maker;

static int teardown(void **state)
{
	(void)state;
	budget_maker_deinit(&maker);
	return 0;
}

/* clang-format off */
#define HEAD \
	"MemTotal: 1000 kB\nKernelStack: 50 kB\n" \
	"ShadowCallStack: 5 kB\n"
/* clang-format on */
#define AREAS	  HEAD "VmallocUsed: 300 kB\nVmallocChunk: 900 kB\n"
#define UNCOUNTED HEAD "VmallocUsed: 0 kB\nVmallocChunk: 0 kB\n"
#define PAGES	  HEAD "VmallocUsed: 300 kB\nVmallocChunk: 0 kB\n"

static const struct budget *build(const char *meminfo)
{
	budget_maker_read(&maker, "meminfo", meminfo);
	return budget_maker_build(&maker, "");
}

static void have_vmallocinfo(enum stack_place place)
{
	maker.facts.has_vmallocinfo = true;
	maker.facts.vmalloc_bytes = 200 * 1024;
	maker.facts.stacks = place;
	maker.facts.stacks_from = "vmallocinfo";
}

static void address_space_is_no_memory_but_casts_doubt(void **state)
{
	const struct budget *budget = build(AREAS);

	(void)state;
	assert_no_row(&maker, "vmalloc");
	assert_part(&maker, "kernel-stacks", 55);
	/* And 3 % for the missing zoneinfo. */
	assert_true(budget->doubt_kib == 330);
	assert_true(budget->remainder_kib == 945);
	assert_true(budget_maker_notes(&maker, "address space"));
	assert_true(budget_maker_notes(&maker, "too old"));
}

static void what_is_not_counted_is_in_the_remainder(void **state)
{
	const struct budget *budget = build(UNCOUNTED);

	(void)state;
	assert_no_row(&maker, "vmalloc");
	assert_part(&maker, "kernel-stacks", 55);
	assert_true(budget->remainder_kib == 945);
	assert_true(budget_maker_notes(&maker, "/proc/vmallocinfo would tell"));
	assert_false(budget->stacks_in_vmalloc);
}

static void vmallocinfo_stands_in_where_the_row_is_of_no_use(void **state)
{
	static const char *const ages[] = {AREAS, UNCOUNTED, HEAD};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(ages); i++) {
		have_vmallocinfo(STACKS_IN_PAGES);
		assert_true(build(ages[i])->remainder_kib == 745);
		assert_part(&maker, "vmalloc", 200);
		assert_part(&maker, "kernel-stacks", 55);
		assert_true(maker.budget.doubt_kib == 30);
		have_vmallocinfo(STACKS_IN_VMALLOC);
		assert_true(build(ages[i])->remainder_kib == 800);
		assert_inside(&maker, "kernel-stacks", 55);
		assert_true(maker.budget.stacks_in_vmalloc);
		budget_maker_deinit(&maker);
	}
}

static void stacks_are_a_part_where_what_has_them_is_not_counted(void **state)
{
	(void)state;
	maker.facts.stacks = STACKS_IN_VMALLOC;
	assert_true(build(UNCOUNTED)->remainder_kib == 945);
	assert_part(&maker, "kernel-stacks", 55);
	assert_false(maker.budget.stacks_in_vmalloc);
}

static void the_row_is_believed_before_vmallocinfo(void **state)
{
	(void)state;
	have_vmallocinfo(STACKS_IN_VMALLOC);
	build(PAGES);
	assert_part(&maker, "vmalloc", 300);
}

static void stacks_known_to_be_in_pages_are_a_part(void **state)
{
	(void)state;
	maker.facts.stacks = STACKS_IN_PAGES;
	maker.facts.stacks_from = "page_owner";
	assert_true(build(PAGES)->remainder_kib == 645);
	assert_part(&maker, "kernel-stacks", 55);
	assert_false(maker.budget.stacks_in_vmalloc);
	assert_true(budget_maker_notes(&maker,
				       "no memory of vmalloc(): page_owner"));
}

static void the_configuration_tells_where_stacks_do_not(void **state)
{
	(void)state;
	budget_maker_read(&maker, "kernel_config",
			  "# CONFIG_VMAP_STACK is not set\n");
	build(PAGES);
	assert_part(&maker, "kernel-stacks", 55);
	assert_true(budget_maker_notes(&maker, "CONFIG_VMAP_STACK"));
	budget_maker_read(&maker, "kernel_config", "CONFIG_VMAP_STACK=y\n");
	build(PAGES);
	assert_inside(&maker, "kernel-stacks", 55);
	maker.facts.stacks = STACKS_IN_PAGES;
	build(PAGES);
	assert_part(&maker, "kernel-stacks", 55);
}

static void stacks_cannot_be_in_less_than_they_take(void **state)
{
	(void)state;
	build(HEAD "VmallocUsed: 49 kB\nVmallocChunk: 0 kB\n");
	assert_part(&maker, "kernel-stacks", 55);
	build("VmallocUsed: 50 kB\n");
	assert_inside(&maker, "kernel-stacks", 55);
	assert_true(budget_maker_notes(&maker, "taken for granted"));
	assert_true(maker.budget.stacks_in_vmalloc);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(address_space_is_no_memory_but_casts_doubt),
		TEST(what_is_not_counted_is_in_the_remainder),
		TEST(vmallocinfo_stands_in_where_the_row_is_of_no_use),
		TEST(stacks_are_a_part_where_what_has_them_is_not_counted),
		TEST(the_row_is_believed_before_vmallocinfo),
		TEST(stacks_known_to_be_in_pages_are_a_part),
		TEST(the_configuration_tells_where_stacks_do_not),
		TEST(stacks_cannot_be_in_less_than_they_take),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
