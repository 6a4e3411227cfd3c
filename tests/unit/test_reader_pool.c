/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "tests/support/check.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "store/gzip_member.h"
#include "live/owner_ranges.h"
#include "tests/support/dice.h"
#include "tests/support/fake_owner.h"
#include "tests/support/folder_maker.h"
#include "tests/support/gzip_reader.h"

static struct reader_pool *new_pool(unsigned readers, unsigned pieces,
				    const struct owner_io *io)
{
	const struct reader_options options = {
		.readers = readers,
		.pieces = pieces,
		.patience_s = 1,
		.io = io,
	};
	struct reader_pool *pool;
	struct error err;

	assert_true(reader_pool_create(&options, &pool, &err));
	return pool;
}

static const struct piece *ask(struct reader_pool *pool, enum read_kind kind,
			       const char *path, unsigned *ret)
{
	const struct read_request request = {
		.kind = kind,
		.path = path,
		.end = UINT64_MAX,
	};
	unsigned asked;
	struct error err;

	assert_true(reader_pool_can_ask(pool));
	assert_true(reader_pool_ask(pool, &request, &asked, &err));
	assert_true(reader_pool_wait(pool, ret));
	assert_int_equal(*ret, asked);
	return reader_pool_piece(pool, *ret);
}

static void add_piece(struct text_buffer *text, const struct piece *piece)
{
	size_t before = text->length;

	gzip_reader_add(text,
			(struct span){piece->packed, piece->packed_length});
	assert_u64(text->length - before, piece->text_bytes);
}

/* Read a file to its end; returns how many pieces it took. */
static unsigned read_file(struct reader_pool *pool, enum read_kind kind,
			  const char *path, struct text_buffer *text,
			  struct piece *ret)
{
	unsigned piece, count = 0;

	do {
		*ret = *ask(pool, kind, path, &piece);
		add_piece(text, ret);
		reader_pool_release(pool, piece);
		kind = kind == READ_LOG ? READ_LOG_MORE : READ_MORE;
		count++;
	} while (ret->end == PIECE_FULL);
	return count;
}

static void check_file(const char *path, const char *expected)
{
	struct reader_pool *pool = new_pool(1, 1, NULL);
	struct text_buffer text = {0};
	struct piece piece;

	assert_int_equal(read_file(pool, READ_FILE, path, &text, &piece), 1);
	assert_int_equal(piece.end, PIECE_DONE);
	assert_string_equal(piece.note, "");
	assert_span(text_buffer_span(&text), expected);
	text_buffer_deinit(&text);
	reader_pool_destroy(pool);
}

static void check_failure(enum read_kind kind, const char *path, int why,
			  const char *note)
{
	struct reader_pool *pool = new_pool(1, 1, NULL);
	struct text_buffer text = {0};
	struct piece piece;

	read_file(pool, kind, path, &text, &piece);
	assert_int_equal(piece.end, PIECE_FAILED);
	assert_int_equal(piece.why, why);
	assert_string_equal(piece.note, note);
	assert_u64(piece.text_bytes, 0);
	reader_pool_destroy(pool);
}

static void write_bytes(const char *path, const char *bytes, size_t length)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

static size_t pack(const char *string, char *ret)
{
	struct gzip_packer *packer;
	struct error err;
	size_t length;

	assert_true(gzip_packer_create(&packer, &err));
	length = gzip_member_pack(packer, span_of(string), ret);
	gzip_packer_destroy(packer);
	return length;
}

static void a_file_is_read_to_its_end(void **state)
{
	(void)state;
	folder_file("meminfo", "MemTotal: 1 kB\n");
	folder_file("empty", "");
	check_file("meminfo", "MemTotal: 1 kB\n");
	check_file("empty", "");
}

static void one_reader_reads_many_files(void **state)
{
	struct reader_pool *pool = new_pool(1, 2, NULL);
	struct text_buffer text = {0};
	struct piece piece;

	(void)state;
	folder_file("a", "aaa");
	folder_file("b", "bbb");
	for (int i = 0; i < 100; i++)
		read_file(pool, READ_FILE, i % 2 ? "b" : "a", &text, &piece);
	assert_u64(text.length, 300);
	assert_memory_equal(text.at, "aaabbbaaabbb", 12);
	text_buffer_deinit(&text);
	reader_pool_destroy(pool);
}

/* Pieces of a pool that does not pack are the text; packed they are again. */
static void what_is_packed_later_is_the_same_text(void **state)
{
	const struct reader_options options = {
		.readers = 1,
		.pieces = 2,
		.packing = PACKED_LATER,
	};
	struct text_buffer noise = {0}, text = {0}, packed = {0};
	struct reader_pool *pool;
	enum read_kind kind = READ_FILE;
	struct dice dice = {6};
	const struct piece *piece;
	enum piece_end end;
	unsigned number;
	struct error err;

	(void)state;
	while (noise.length < 2 * PIECE_PACKED) {
		uint64_t word = dice_roll(&dice);

		text_buffer_add(&noise, (struct span){(char *)&word, 8});
	}
	write_bytes("noise", noise.at, noise.length);
	assert_true(reader_pool_create(&options, &pool, &err));
	do {
		piece = ask(pool, kind, "noise", &number);
		text_buffer_add(&text, (struct span){piece->packed,
						     piece->packed_length});
		add_piece(&packed, reader_pool_packed(pool, piece));
		end = piece->end;
		reader_pool_release(pool, number);
		kind = READ_MORE;
	} while (end == PIECE_FULL);
	assert_int_equal(end, PIECE_DONE);
	assert_u64(text.length, noise.length);
	assert_memory_equal(text.at, noise.at, noise.length);
	assert_u64(packed.length, noise.length);
	assert_memory_equal(packed.at, noise.at, noise.length);
	text_buffer_deinit(&noise);
	text_buffer_deinit(&text);
	text_buffer_deinit(&packed);
	reader_pool_destroy(pool);
}

static void a_large_file_comes_in_pieces(void **state)
{
	struct reader_pool *pool = new_pool(2, 3, NULL);
	struct text_buffer noise = {0}, text = {0};
	struct dice dice = {5};
	struct piece piece;

	(void)state;
	while (noise.length < 3 * PIECE_PACKED) {
		uint64_t word = dice_roll(&dice);

		text_buffer_add(&noise, (struct span){(char *)&word, 8});
	}
	write_bytes("noise", noise.at, noise.length);
	assert_in_range(read_file(pool, READ_FILE, "noise", &text, &piece), 3,
			6);
	assert_int_equal(piece.end, PIECE_DONE);
	assert_u64(text.length, noise.length);
	assert_memory_equal(text.at, noise.at, noise.length);
	text_buffer_deinit(&noise);
	text_buffer_deinit(&text);
	reader_pool_destroy(pool);
}

static void a_copy_that_is_compressed_is_read_as_text(void **state)
{
	char packed[200];

	(void)state;
	write_bytes("stat.gz", packed, pack("cpu 1 2 3\n", packed));
	check_file("stat", "cpu 1 2 3\n");
}

static void a_file_of_the_kernel_that_is_gzip_stays_as_it_is(void **state)
{
	struct reader_pool *pool = new_pool(1, 1, NULL);
	struct text_buffer text = {0};
	char packed[200];
	size_t length = pack("CONFIG_X=y\n", packed);
	struct piece piece;

	(void)state;
	write_bytes("config.gz", packed, length);
	read_file(pool, READ_FILE, "config.gz", &text, &piece);
	assert_u64(text.length, length);
	assert_memory_equal(text.at, packed, length);
	text_buffer_deinit(&text);
	reader_pool_destroy(pool);
}

static void damage_of_a_compressed_copy_is_told(void **state)
{
	struct reader_pool *pool = new_pool(1, 1, NULL);
	struct text_buffer text = {0};
	char packed[200];
	struct piece piece;

	(void)state;
	write_bytes("cut.gz", packed, pack("cpu 1 2 3\n", packed) - 6);
	read_file(pool, READ_FILE, "cut", &text, &piece);
	assert_int_equal(piece.end, PIECE_DONE);
	assert_string_not_equal(piece.note, "");
	assert_span(text_buffer_span(&text), "cpu 1 2 3\n");
	text_buffer_deinit(&text);
	reader_pool_destroy(pool);
}

static void what_is_no_file_is_refused(void **state)
{
	(void)state;
	check_failure(READ_FILE, "absent", ENOENT, "");
	assert_int_equal(mkdir("folder", 0700), 0);
	check_failure(READ_FILE, "folder", EINVAL, "is not a regular file");
	/* Nobody ever writes to it: opening it must not wait. */
	assert_int_equal(mkfifo("pipe", 0600), 0);
	check_failure(READ_FILE, "pipe", EINVAL, "is not a regular file");
	check_failure(READ_LOG, "pipe", EINVAL, "is not a regular file");
	check_failure(READ_FILE, "/dev/null", EINVAL, "is not a regular file");
}

/* A root of somebody else, who changed it since it was looked at. */
static void below_a_root_no_link_is_followed(void **state)
{
	struct reader_pool *pool = new_pool(1, 1, NULL);
	struct read_request request = {
		.kind = READ_FILE,
		.path = "root/boot/config-1",
		.root = 4,
	};
	unsigned asked, piece;
	struct error err;

	(void)state;
	folder_file("secret/config-1", "secret\n");
	folder_link("root/boot", "../secret");
	assert_true(reader_pool_ask(pool, &request, &asked, &err));
	assert_true(reader_pool_wait(pool, &piece));
	assert_int_equal(reader_pool_piece(pool, piece)->end, PIECE_FAILED);
	reader_pool_release(pool, piece);
	/* The root itself may be one. */
	folder_file("root/proc/uptime", "1.00\n");
	folder_link("link", "root");
	request.path = "link/proc/uptime";
	assert_true(reader_pool_ask(pool, &request, &asked, &err));
	assert_true(reader_pool_wait(pool, &piece));
	assert_u64(reader_pool_piece(pool, piece)->text_bytes, 5);
	reader_pool_release(pool, piece);
	reader_pool_destroy(pool);
}

static void a_log_may_be_a_device(void **state)
{
	struct reader_pool *pool = new_pool(1, 1, NULL);
	struct text_buffer text = {0};
	struct piece piece;

	(void)state;
	folder_file("kmsg", "6,1,2,-;hello\n");
	assert_int_equal(read_file(pool, READ_LOG, "/dev/null", &text, &piece),
			 1);
	assert_int_equal(piece.end, PIECE_DONE);
	read_file(pool, READ_LOG, "kmsg", &text, &piece);
	assert_int_equal(piece.end, PIECE_DONE);
	assert_span(text_buffer_span(&text), "6,1,2,-;hello\n");
	text_buffer_deinit(&text);
	reader_pool_destroy(pool);
}

static void kmemleak_is_told_to_scan(void **state)
{
	struct reader_pool *pool = new_pool(1, 1, NULL);
	unsigned piece;

	(void)state;
	folder_file("kmemleak", "");
	assert_int_equal(ask(pool, READ_KMEMLEAK_SCAN, "kmemleak", &piece)->end,
			 PIECE_DONE);
	reader_pool_destroy(pool);
	check_file("kmemleak", "scan");
}

/* ---- page_owner ---- */

static void the_record_at_the_end_of_a_range_is_of_the_next(void **state)
{
	struct read_request request = {.kind = READ_PAGES, .path = "fake"};
	struct fake_owner owner;
	struct reader_pool *pool;
	const struct piece *piece;
	unsigned number;
	struct error err;

	(void)state;
	fake_owner_init(&owner);
	fake_owner_add(&owner, 9, 0, "a", 100);
	fake_owner_add(&owner, 10, 0, "b", 100);
	fake_owner_add(&owner, 5000, 0, "c", 100);
	pool = new_pool(1, 1, &owner.io);
	for (request.begin = 8; request.begin < 11; request.begin++) {
		request.end = request.begin + 1;
		assert_true(reader_pool_ask(pool, &request, &number, &err));
		assert_true(reader_pool_wait(pool, &number));
		piece = reader_pool_piece(pool, number);
		assert_int_equal(piece->end, PIECE_DONE);
		assert_u64(piece->records, request.begin != 8);
		assert_u64(piece->next, request.begin == 8   ? 9
					: request.begin == 9 ? 10
							     : 11);
		reader_pool_release(pool, number);
	}
	request.end = 4000;
	assert_true(reader_pool_ask(pool, &request, &number, &err));
	assert_true(reader_pool_wait(pool, &number));
	assert_u64(reader_pool_piece(pool, number)->next, 5000);
	reader_pool_destroy(pool);
	fake_owner_deinit(&owner);
}

/* Each page of the hole would be a read that walks the rest of it. */
static void a_refused_record_behind_a_long_hole_is_not_looked_for(void **state)
{
	struct fake_owner owner;
	struct reader_pool *pool;
	const struct piece *piece;
	unsigned number;

	(void)state;
	fake_owner_init(&owner);
	fake_owner_add(&owner, 1, 0, "a", 100);
	fake_owner_add(&owner, 1 << 22, 0, "b", 5000);
	fake_owner_add(&owner, 1 << 23, 0, "c", 100);
	pool = new_pool(1, 1, &owner.io);
	piece = ask(pool, READ_PAGES, "fake", &number);
	assert_int_equal(piece->end, PIECE_DONE);
	assert_u64(piece->refused, 1);
	assert_u64(piece->records, 2);
	assert_u64(piece->next, UINT64_MAX);
	assert_non_null(strstr(piece->note, "others may be missing"));
	assert_in_range(owner.counts->reads, 1 << 20, 1 << 21);
	reader_pool_destroy(pool);
	fake_owner_deinit(&owner);
}

static void records_that_are_refused_in_a_row_count_once(void **state)
{
	struct text_buffer text = {0}, expected = {0};
	struct fake_owner owner;
	struct reader_pool *pool;
	const struct piece *piece;
	unsigned number;

	(void)state;
	fake_owner_init(&owner);
	fake_owner_add(&owner, 1, 0, "a", 5000);
	fake_owner_add(&owner, 2, 0, "b", 100);
	fake_owner_add(&owner, 3, 0, "c", 5000);
	fake_owner_add(&owner, 4, 0, "d", 5000);
	fake_owner_add(&owner, 7, 0, "e", 100);
	fake_owner_add(&owner, 8, 0, "f", 5000);
	pool = new_pool(1, 1, &owner.io);
	piece = ask(pool, READ_PAGES, "fake", &number);
	assert_int_equal(piece->end, PIECE_DONE);
	assert_u64(piece->refused, 3);
	assert_u64(piece->records, 2);
	assert_u64(piece->next, UINT64_MAX);
	add_piece(&text, piece);
	fake_owner_all(&owner, UINT64_MAX, &expected);
	assert_true(span_equal(text_buffer_span(&text),
			       text_buffer_span(&expected)));
	text_buffer_deinit(&text);
	text_buffer_deinit(&expected);
	reader_pool_destroy(pool);
	fake_owner_deinit(&owner);
}

/* As large as what is read at once, so that its position means something. */
static void write_copy(struct text_buffer *text)
{
	struct fake_owner owner;

	fake_owner_init(&owner);
	for (uint64_t pfn = 1 << 20; pfn < (1 << 20) + 500; pfn++)
		fake_owner_add(&owner, pfn, 0, "a", 300);
	fake_owner_all(&owner, UINT64_MAX, text);
	write_bytes("page_owner", text->at, text->length);
	fake_owner_deinit(&owner);
}

static void a_copy_of_page_owner_is_read_from_its_start_on(void **state)
{
	static const char *const paths[] = {"page_owner", "other"};
	const struct read_request request = {READ_FILE, "other", 0, 0, 0, 0};
	struct reader_pool *pool = new_pool(2, 2, NULL);
	struct text_buffer expected = {0}, text = {0};
	unsigned number;
	struct owner_ranges *ranges;
	const struct piece *piece;
	struct error err;
	char packed[200];

	(void)state;
	write_copy(&expected);
	write_bytes("other.gz", packed, pack("Page x\n", packed));
	text_buffer_add(&expected, SPAN("Page x\n"));
	/* Again, with whatever pieces are left. */
	for (int i = 0; i < 6; i++) {
		if (i % 2 == 0)
			text.length = 0;
		assert_true(
			owner_ranges_create(pool, paths[i % 2], &ranges, &err));
		while (owner_ranges_next(ranges, &piece) == OWNER_PIECE)
			add_piece(&text, piece);
		assert_int_equal(owner_ranges_end(ranges)->end, PIECE_DONE);
		owner_ranges_destroy(ranges);
		if (i % 2)
			assert_true(span_equal(text_buffer_span(&text),
					       text_buffer_span(&expected)));
	}
	/* All pieces have been given back. */
	assert_true(reader_pool_ask(pool, &request, &number, &err));
	assert_true(reader_pool_ask(pool, &request, &number, &err));
	text_buffer_deinit(&expected);
	text_buffer_deinit(&text);
	reader_pool_destroy(pool);
}

static void a_large_copy_of_page_owner_comes_whole(void **state)
{
	struct reader_pool *pool = new_pool(2, 2, NULL);
	struct text_buffer noise = {0}, text = {0};
	struct owner_ranges *ranges;
	const struct piece *piece;
	struct dice dice = {6};
	struct error err;

	(void)state;
	while (noise.length < 3 * PIECE_PACKED) {
		uint64_t word = dice_roll(&dice);

		text_buffer_add(&noise, (struct span){(char *)&word, 8});
	}
	write_bytes("copy", noise.at, noise.length);
	assert_true(owner_ranges_create(pool, "copy", &ranges, &err));
	while (owner_ranges_next(ranges, &piece) == OWNER_PIECE)
		add_piece(&text, piece);
	owner_ranges_destroy(ranges);
	assert_true(
		span_equal(text_buffer_span(&text), text_buffer_span(&noise)));
	text_buffer_deinit(&text);
	text_buffer_deinit(&noise);
	reader_pool_destroy(pool);
}

static void a_reader_that_died_is_replaced(void **state)
{
	struct fake_owner owner;
	struct reader_pool *pool;
	const struct piece *piece;
	unsigned number;

	(void)state;
	fake_owner_init(&owner);
	for (uint64_t pfn = 1; pfn < 50; pfn++)
		fake_owner_add(&owner, pfn, 0, "a", 100);
	owner.kill_at = 20;
	pool = new_pool(1, 1, &owner.io);
	piece = ask(pool, READ_PAGES, "fake", &number);
	assert_int_equal(piece->end, PIECE_KILLED);
	assert_int_equal(piece->why, SIGKILL);
	assert_u64(piece->records, 18);
	assert_u64(piece->next, 19);
	reader_pool_release(pool, number);
	piece = ask(pool, READ_PAGES, "fake", &number);
	assert_int_equal(piece->end, PIECE_DONE);
	assert_u64(piece->records, 49);
	reader_pool_destroy(pool);
	fake_owner_deinit(&owner);
}

static void what_is_given_back_unanswered_ends_its_reader(void **state)
{
	struct read_request request = {
		.kind = READ_PAGES, .path = "fake", .end = 9};
	struct fake_owner owner;
	struct reader_pool *pool;
	unsigned number;
	struct error err;

	(void)state;
	fake_owner_init(&owner);
	fake_owner_add(&owner, 5, 0, "a", 100);
	owner.detain_at = 1;
	pool = new_pool(1, 1, &owner.io);
	assert_true(reader_pool_ask(pool, &request, &number, &err));
	assert_false(reader_pool_can_ask(pool));
	while (!atomic_load(&owner.counts->reads))
		sched_yield();
	reader_pool_release(pool, number);
	assert_u64(ask(pool, READ_PAGES, "fake", &number)->records, 1);
	reader_pool_destroy(pool);
	fake_owner_deinit(&owner);
}

static void on_alarm(int signal)
{
	(void)signal;
}

static void a_signal_ends_waiting(void **state)
{
	const struct itimerval soon = {.it_value = {.tv_usec = 1000}};
	const struct sigaction action = {.sa_handler = on_alarm};
	struct read_request request = {
		.kind = READ_PAGES, .path = "fake", .end = 9};
	struct fake_owner owner;
	struct reader_pool *pool;
	unsigned number, untouched = 77;
	struct error err;

	(void)state;
	fake_owner_init(&owner);
	owner.detain_at = 1;
	pool = new_pool(1, 1, &owner.io);
	assert_true(reader_pool_ask(pool, &request, &number, &err));
	assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &soon, NULL), 0);
	assert_false(reader_pool_wait(pool, &untouched));
	assert_int_equal(untouched, 77);
	/* It is still under way. */
	assert_true(reader_pool_wait(pool, &number));
	assert_int_equal(reader_pool_piece(pool, number)->end, PIECE_LATE);
	reader_pool_destroy(pool);
	fake_owner_deinit(&owner);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_read_to_its_end),
		cmocka_unit_test(one_reader_reads_many_files),
		cmocka_unit_test(what_is_packed_later_is_the_same_text),
		cmocka_unit_test(a_large_file_comes_in_pieces),
		cmocka_unit_test(a_copy_that_is_compressed_is_read_as_text),
		cmocka_unit_test(
			a_file_of_the_kernel_that_is_gzip_stays_as_it_is),
		cmocka_unit_test(damage_of_a_compressed_copy_is_told),
		cmocka_unit_test(what_is_no_file_is_refused),
		cmocka_unit_test(below_a_root_no_link_is_followed),
		cmocka_unit_test(a_log_may_be_a_device),
		cmocka_unit_test(kmemleak_is_told_to_scan),
		cmocka_unit_test(
			the_record_at_the_end_of_a_range_is_of_the_next),
		cmocka_unit_test(records_that_are_refused_in_a_row_count_once),
		cmocka_unit_test(
			a_refused_record_behind_a_long_hole_is_not_looked_for),
		cmocka_unit_test(
			a_copy_of_page_owner_is_read_from_its_start_on),
		cmocka_unit_test(a_large_copy_of_page_owner_comes_whole),
		cmocka_unit_test(a_reader_that_died_is_replaced),
		cmocka_unit_test(what_is_given_back_unanswered_ends_its_reader),
		cmocka_unit_test(a_signal_ends_waiting),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
