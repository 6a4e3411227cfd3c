/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/live_remedy.h"
#include "tests/support/live_folder.h"

#define DEBUG "sys/kernel/debug/"

/* Why the first file of a source gives error. */
static void expect(const struct live_probe *probe, const char *name, int error,
		   const char *expected)
{
	const struct live_source *source = live_source_named(name);
	struct live_machine *machine = probed(probe);
	char why[600];

	live_source_explain(machine, source, source->paths[0], error, why,
			    sizeof(why));
	assert_string_equal(why, expected);
	live_machine_destroy(machine);
}

/* What limits a source; NULL: nothing. */
static void expect_limit(const struct live_probe *probe, const char *name,
			 const char *expected)
{
	struct live_machine *machine = probed(probe);
	char why[600] = "";

	assert_int_equal(
		live_source_named(name)->limits(machine, why, sizeof(why)),
		expected != NULL);
	assert_string_equal(why, expected ? expected : "");
	live_machine_destroy(machine);
}

static void page_owner_stacks_take_a_newer_kernel_or_page_owner(void **state)
{
	struct live_probe probe = folder_probe(state);

	folder_file("proc/cmdline", "quiet\n");
	expect(&probe, "page_owner_stacks", ENOENT,
	       "page_owner is off; boot with page_owner=on");
	folder_file("proc/cmdline", "page_owner=on\n");
	folder_file(DEBUG "page_owner", "");
	expect(&probe, "page_owner_stacks", ENOENT,
	       "this kernel does not count pages by stack; it takes Linux 6.9 "
	       "or newer");
}

static void slab_traces_are_asked_for_by_the_name_of_the_kernel(void **state)
{
	struct live_probe probe = folder_probe(state);

	folder_file("proc/cmdline", "quiet\n");
	probe.release = "6.12.1";
	expect(&probe, "slab_traces", ENOENT,
	       "no slab cache tracks who allocates; boot with slab_debug=U, "
	       "or for one cache with slab_debug=U,kmalloc-64");
	probe.release = "6.8.0";
	expect(&probe, "slab_traces", ENOENT,
	       "no slab cache tracks who allocates; boot with slub_debug=U, "
	       "or for one cache with slub_debug=U,kmalloc-64");
	folder_file("boot/config-6.8.0", "# CONFIG_SLUB_DEBUG is not set\n");
	expect(&probe, "slab_traces", ENOENT,
	       "this kernel has no slab debugging; rebuild with "
	       "CONFIG_SLUB_DEBUG=y, boot with slub_debug=U");
}

static void slab_traces_take_users_and_debugfs(void **state)
{
	struct live_probe probe = folder_probe(state);

	folder_file("proc/cmdline", "slub_debug=FZ\n");
	expect(&probe, "slab_traces", ENOENT,
	       "debugfs is not mounted; mount -t debugfs none "
	       "/sys/kernel/debug");
	folder_file(DEBUG "x", "");
	expect(&probe, "slab_traces", ENOENT,
	       "the slab debugging asked for (FZ) does not track who "
	       "allocates; boot with slab_debug=U");
	folder_file("proc/cmdline", "slub_debug=F,a;U,b\n");
	expect(&probe, "slab_traces", ENOENT,
	       "No such file, although booted with slab debugging; "
	       "see dmesg | grep -i slub");
	folder_file("proc/cmdline", "slub_debug\n");
	expect(&probe, "slab_traces", ENOENT,
	       "No such file, although booted with slab debugging; "
	       "see dmesg | grep -i slub");
	expect(&probe, "slab_traces", ENOSYS,
	       "this slab cache does not track who allocates; boot with "
	       "slab_debug=U");
}

static void slab_traces_may_be_of_some_caches(void **state)
{
	struct live_probe probe = folder_probe(state);

	folder_file("proc/cmdline", "slab_debug=U\n");
	expect_limit(&probe, "slab_traces", NULL);
	folder_file("proc/cmdline", "slab_debug=U,dentry\n");
	expect_limit(&probe, "slab_traces",
		     "only some caches track who allocates; boot with "
		     "slab_debug=U for all");
}

static void allocinfo_is_not_built_off_for_good_or_off(void **state)
{
	struct live_probe probe = folder_probe(state);

	expect(&probe, "allocinfo", ENOENT,
	       "this kernel has no memory allocation profiling; it takes "
	       "Linux 6.10 or newer with CONFIG_MEM_ALLOC_PROFILING=y, booted "
	       "with sysctl.vm.mem_profiling=1");
	expect_limit(&probe, "allocinfo", NULL);
	folder_file("proc/sys/vm/mem_profiling", "0\n");
	expect(&probe, "allocinfo", ENOENT,
	       "memory allocation profiling is off for good; boot with "
	       "sysctl.vm.mem_profiling=1");
	expect_limit(&probe, "allocinfo",
		     "profiling is off, all is zero; sysctl vm.mem_profiling=1 "
		     "counts what is allocated from then on, booting with "
		     "sysctl.vm.mem_profiling=1 counts everything");
	folder_file("proc/sys/vm/mem_profiling", "1\n");
	expect_limit(&probe, "allocinfo", NULL);
}

static void kmemleak_turns_itself_off(void **state)
{
	struct live_probe probe = folder_probe(state);

	folder_file(DEBUG "x", "");
	expect(&probe, "kmemleak", ENOENT,
	       "No such file; it takes a kernel with CONFIG_DEBUG_KMEMLEAK=y, "
	       "booted with kmemleak=on");
	expect(&probe, "kmemleak", EBUSY,
	       "kmemleak has turned itself off, probably for want of memory; "
	       "see dmesg | grep kmemleak, and reboot");
	folder_file("proc/cmdline", "kmemleak=off\n");
	expect(&probe, "kmemleak", ENOENT,
	       "kmemleak=off turns it off; boot with kmemleak=on");
}

static void the_log_may_be_for_root(void **state)
{
	struct live_probe probe = folder_probe(state);

	probe.is_superuser = false;
	folder_file("proc/sys/kernel/dmesg_restrict", "1\n");
	expect(&probe, "log", EPERM,
	       "the kernel's log is for root only here; sysctl "
	       "kernel.dmesg_restrict=0; run as root");
	expect(&probe, "log", ENOENT,
	       "there is no /dev/kmsg here, as in a container; run on the "
	       "host, or mknod /dev/kmsg c 1 11");
}

static void who_is_not_root_is_sent_there(void **state)
{
	struct live_probe probe = folder_probe(state);

	expect(&probe, "vmallocinfo", EACCES,
	       "Permission denied; root of a container may not read it, run "
	       "on the host");
	expect(&probe, "vmallocinfo", EIO, "Input/output error");
	probe.is_superuser = false;
	expect(&probe, "vmallocinfo", EACCES, "Permission denied; run as root");
	expect_limit(&probe, "processes",
		     "smaps_rollup of others' processes is for root only");
	folder_file("proc/self/mounts", "proc /proc proc rw,hidepid=2 0 0\n");
	expect_limit(&probe, "processes",
		     "processes of others are hidden (hidepid); run as root");
	probe.is_superuser = true;
	expect_limit(&probe, "processes", NULL);
}

static void a_process_may_have_ended(void **state)
{
	struct live_machine *machine = folder_machine(state);
	char why[200];

	live_source_explain(machine, live_source_named("processes"),
			    "proc/7/status", ENOENT, why, sizeof(why));
	assert_string_equal(why, "the process has ended meanwhile");
	live_machine_destroy(machine);
}

static void addresses_of_zero_are_noticed(void **state)
{
	struct live_probe probe = folder_probe(state);

	folder_file("proc/kallsyms", "0000000000000000 A fixed_percpu_data\n"
				     "0000000000000000 T _text\n");
	expect_limit(&probe, "kallsyms",
		     "all addresses are shown as zero; sysctl "
		     "kernel.kptr_restrict=1");
	folder_file("proc/kallsyms", "0000000000000000 A fixed_percpu_data\n"
				     "ffffffff81000000 T _text\n");
	expect_limit(&probe, "kallsyms", NULL);
}

static void a_threshold_hides_stacks(void **state)
{
	struct live_probe probe = folder_probe(state);

	folder_file(DEBUG "page_owner_stacks/count_threshold", "1");
	expect_limit(&probe, "page_owner_stacks", NULL);
	folder_file(DEBUG "page_owner_stacks/count_threshold", "500");
	expect_limit(&probe, "page_owner_stacks",
		     "stacks of fewer than 500 pages are left out, of "
		     "page_owner itself none; echo 0 > "
		     "/sys/kernel/debug/page_owner_stacks/count_threshold");
}

static void copies_of_files_tell_nothing_of_the_kernel(void **state)
{
	struct live_probe probe = folder_probe(state);

	probe.is_live = false;
	folder_file("proc/cmdline", "quiet\n");
	expect(&probe, "page_owner", ENOENT,
	       "not among these files; a capture of the machine itself may "
	       "have it");
	expect(&probe, "page_owner", EIO, "Input/output error");
	expect(&probe, "page_owner", EPERM,
	       "page_owner is off; boot with page_owner=on");
}

static void no_remedy_exceeds_its_room(void **state)
{
	static const int errors[] = {ENOENT, EACCES, EPERM, EIO, EBUSY, ENOSYS};
	struct live_probe probe = folder_probe(state);
	struct live_machine *machine;
	char why[12];

	probe.is_superuser = false;
	machine = probed(&probe);
	for (const struct live_source *source = live_sources; source->name[0];
	     source++)
		for (size_t i = 0; i < TEST_COUNT(errors); i++) {
			memset(why, 'x', sizeof(why));
			live_source_explain(machine, source, source->paths[0],
					    errors[i], why, 10);
			assert_in_range(strlen(why), 1, 9);
			assert_int_equal(why[10], 'x');
		}
	live_machine_destroy(machine);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(page_owner_stacks_take_a_newer_kernel_or_page_owner),
		TEST(slab_traces_are_asked_for_by_the_name_of_the_kernel),
		TEST(slab_traces_take_users_and_debugfs),
		TEST(slab_traces_may_be_of_some_caches),
		TEST(allocinfo_is_not_built_off_for_good_or_off),
		TEST(kmemleak_turns_itself_off),
		TEST(the_log_may_be_for_root),
		TEST(who_is_not_root_is_sent_there),
		TEST(a_process_may_have_ended),
		TEST(addresses_of_zero_are_noticed),
		TEST(a_threshold_hides_stacks),
		TEST(copies_of_files_tell_nothing_of_the_kernel),
		TEST(no_remedy_exceeds_its_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
