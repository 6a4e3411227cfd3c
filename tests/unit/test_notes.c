/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

#define KERNEL "sys/kernel/notes"
#define MODULE "t1/sys/module/heron_tx/notes/.note.gnu.build-id"

/* Each 24 bytes: the head, the name, the description. */
#define LINUX  "\6\0\0\0\4\0\0\0\1\1\0\0Linux\0\0\0\0\0\0\0"
#define XEN    "\4\0\0\0\5\0\0\0\3\0\0\0Xen\0linux\0\0\0"
#define ID     "\x0d\x0a\x00\xff\x20\x0a\x0a\x0d"
#define GNU    "\4\0\0\0\10\0\0\0\3\0\0\0GNU\0" ID
#define DIGITS "0d0a00ff200a0a0d"

/* Lengths and types by the other end. */
#define LINUX_BIG "\0\0\0\6\0\0\0\4\0\0\1\1Linux\0\0\0\0\0\0\0"
#define GNU_BIG	  "\0\0\0\4\0\0\0\10\0\0\0\3GNU\0" ID

static void read_bytes(struct span bytes, const char *path)
{
	counter_dump_read(&dump, "notes", bytes, path);
}

static void the_build_id_among_other_notes_is_kept(void **state)
{
	(void)state;
	read_bytes(SPAN(LINUX GNU), KERNEL);
	assert_clean(&dump, 1);
	assert_counter_text(&dump, "", "build_id", DIGITS);
	assert_span(dump.counters.table->counter.group, "notes");
	read_bytes(SPAN(XEN GNU LINUX), KERNEL);
	assert_clean(&dump, 1);
	assert_counter_text(&dump, "", "build_id", DIGITS);
}

static void machines_of_the_other_byte_order_are_understood(void **state)
{
	(void)state;
	read_bytes(SPAN(LINUX_BIG GNU_BIG), KERNEL);
	assert_clean(&dump, 1);
	assert_counter_text(&dump, "", "build_id", DIGITS);
}

static void the_path_tells_the_module(void **state)
{
	(void)state;
	read_bytes(SPAN(GNU), MODULE);
	assert_clean(&dump, 1);
	assert_counter_text(&dump, "heron_tx", "build_id", DIGITS);
	read_bytes(SPAN(GNU), "/sys/module/snd-heron/notes/.note.x.gz");
	assert_counter_text(&dump, "snd-heron", "build_id", DIGITS);
	read_bytes(SPAN(GNU), "/sys/kernel/notes");
	assert_counter_text(&dump, "", "build_id", DIGITS);
	read_bytes(SPAN(GNU), NULL);
	assert_counter_text(&dump, "", "build_id", DIGITS);
}

static void of_two_build_ids_the_first_holds(void **state)
{
	(void)state;
	read_bytes(SPAN(GNU "\4\0\0\0\1\0\0\0\3\0\0\0GNU\0\1\0\0\0"), KERNEL);
	assert_clean(&dump, 1);
	assert_counter_text(&dump, "", "build_id", DIGITS);
}

static void other_notes_give_no_counter(void **state)
{
	(void)state;
	read_bytes(SPAN(LINUX XEN), KERNEL);
	assert_clean(&dump, 0);
	read_bytes(SPAN(""), KERNEL);
	assert_clean(&dump, 0);
	/* Another type, another name, no description. */
	read_bytes(SPAN("\4\0\0\0\4\0\0\0\5\0\0\0GNU\0abcd"), KERNEL);
	assert_clean(&dump, 0);
	read_bytes(SPAN("\4\0\0\0\4\0\0\0\3\0\0\0GNUxabcd"), KERNEL);
	assert_clean(&dump, 0);
	read_bytes(SPAN("\4\0\0\0\0\0\0\0\3\0\0\0GNU\0"), KERNEL);
	assert_clean(&dump, 0);
}

static void the_last_note_may_lack_what_fills_it_up(void **state)
{
	(void)state;
	read_bytes(SPAN("\4\0\0\0\5\0\0\0\3\0\0\0GNU\0abcde"), KERNEL);
	assert_clean(&dump, 1);
	assert_counter_text(&dump, "", "build_id", "6162636465");
	read_bytes(SPAN("\4\0\0\0\5\0\0\0\3\0\0\0GNU\0abcde\0\0\0" LINUX),
		   KERNEL);
	assert_clean(&dump, 1);
}

static void check_cut(const struct collector *cut, size_t length)
{
	/* The last note has three bytes that only fill it up. */
	bool at_note = length % 24 == 0 || length >= 69;

	assert_int_equal(cut->damage_count, at_note ? 0 : 1);
	assert_int_equal(cut->counters.count, length >= 48);
	if (length >= 48)
		assert_counter_text(cut, "", "build_id", DIGITS);
}

static void what_is_cut_is_told_and_what_is_whole_is_taken(void **state)
{
	(void)state;
	counter_dump_cut("notes", SPAN(LINUX GNU XEN), KERNEL, check_cut);
}

static void what_is_no_note_is_damage(void **state)
{
	(void)state;
	assert_rubbish("notes", "cat: notes: No such file or directory\n",
		       KERNEL);
	assert_rubbish("notes", "rubbish", KERNEL);
	read_bytes(SPAN("\xff\xff\xff\xff\4\0\0\0\3\0\0\0GNU\0abcd"), KERNEL);
	assert_int_equal(dump.damage_count, 1);
	read_bytes(SPAN("\4\0\0\0\xff\xff\xff\xff\3\0\0\0GNU\0abcd"), KERNEL);
	assert_int_equal(dump.damage_count, 1);
	assert_int_equal(dump.counters.count, 0);
}

static void an_id_is_64_bytes_at_most(void **state)
{
	char bytes[16 + 68] = "\4\0\0\0\x40\0\0\0\3\0\0\0GNU";

	(void)state;
	read_bytes((struct span){bytes, 16 + 64}, KERNEL);
	assert_clean(&dump, 1);
	bytes[4]++;
	read_bytes((struct span){bytes, 16 + 68}, KERNEL);
	assert_clean(&dump, 0);
}

static void of_endless_notes_64_kib_are_read(void **state)
{
	/* 32 bytes, so that the limit lies between two notes. */
	static const char note[32] = "\6\0\0\0\14\0\0\0\1\1\0\0Linux";
	const size_t count = (64 << 10) / sizeof(note);
	char *bytes = malloc((count + 1) * sizeof(note));

	(void)state;
	assert_non_null(bytes);
	for (size_t i = 0; i <= count; i++)
		memcpy(bytes + i * sizeof(note), note, sizeof(note));
	memcpy(bytes + (count - 1) * sizeof(note),
	       "\4\0\0\0\20\0\0\0\3\0\0\0GNU", sizeof(note) - 16);
	read_bytes((struct span){bytes, count * sizeof(note)}, KERNEL);
	assert_clean(&dump, 1);
	read_bytes((struct span){bytes, (count + 1) * sizeof(note)}, KERNEL);
	assert_int_equal(dump.damage_count, 1);
	assert_counter_text(&dump, "", "build_id",
			    "78000000000000000000000000000000");
	free(bytes);
}

static void only_the_place_of_a_file_tells_that_it_has_notes(void **state)
{
	(void)state;
	assert_null(format_named("notes")->sniff);
	assert_false(format_named("notes")->of_process);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_build_id_among_other_notes_is_kept),
		TEST(machines_of_the_other_byte_order_are_understood),
		TEST(the_path_tells_the_module),
		TEST(of_two_build_ids_the_first_holds),
		TEST(other_notes_give_no_counter),
		TEST(the_last_note_may_lack_what_fills_it_up),
		TEST(what_is_cut_is_told_and_what_is_whole_is_taken),
		TEST(what_is_no_note_is_damage),
		TEST(an_id_is_64_bytes_at_most),
		TEST(of_endless_notes_64_kib_are_read),
		TEST(only_the_place_of_a_file_tells_that_it_has_notes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
