/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "account/slab_parameter.h"

static bool traces(const char *line, const char *cache)
{
	return slab_parameter_traces(span_of(line), span_of(cache));
}

static void tracking_of_all_caches_is_of_each(void **state)
{
	(void)state;
	assert_true(traces("quiet slub_debug=U page_owner=on", "dentry"));
	assert_true(traces("slab_debug=U", "dentry"));
	assert_true(traces("slub_debug=fzu", "dentry"));
	assert_true(traces("quiet slub_debug", "dentry"));
	assert_true(traces("slub_debug=", "dentry"));
}

static void other_flags_and_words_are_no_tracking(void **state)
{
	(void)state;
	assert_false(traces("", "dentry"));
	assert_false(traces("slub_debug=FZ", "dentry"));
	assert_false(traces("slub_debug=-", "dentry"));
	assert_false(traces("slub_debugger=U", "dentry"));
	assert_false(traces("noslub_debug=U", "dentry"));
}

static void names_are_those_of_their_block(void **state)
{
	static const char line[] =
		"slub_debug=FZ,filp;U,dentry,kmalloc-*;,ext4_inode_cache";

	(void)state;
	assert_true(traces(line, "dentry"));
	assert_true(traces(line, "kmalloc-64"));
	assert_true(traces(line, "ext4_inode_cache"));
	assert_false(traces(line, "filp"));
	assert_false(traces(line, "dentry2"));
	assert_false(traces(line, "kmal"));
}

static void a_block_without_names_is_of_the_others_too(void **state)
{
	(void)state;
	assert_true(traces("slub_debug=F,filp;U", "dentry"));
	assert_true(traces("slub_debug=F slub_debug=U,dentry", "dentry"));
	assert_false(traces("slub_debug=U,;F", "dentry"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tracking_of_all_caches_is_of_each),
		cmocka_unit_test(other_flags_and_words_are_no_tracking),
		cmocka_unit_test(names_are_those_of_their_block),
		cmocka_unit_test(a_block_without_names_is_of_the_others_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
