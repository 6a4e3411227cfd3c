/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>

#include "input/source.h"

enum {
	CAPACITY = 1 << 20,
	RECORD_ROOM = 64 << 10, /* what a live file must find free */
	PAGE = 4096,		/* the longest record the kernel prints */
};

/* One answer of a fake read(2): some bytes, or an errno. */
struct step {
	const char *bytes;
	int error;
};

struct script {
	const struct step *steps; /* ends with {0} */
	size_t reads;		  /* how often it was asked */
};

static ssize_t script_read(void *context, void *buffer, size_t length)
{
	struct script *script = context;
	const struct step *step = script->steps;
	size_t given;

	script->reads++;
	if (step->error) {
		script->steps++;
		errno = step->error;
		return -1;
	}
	if (!step->bytes)
		return 0;
	script->steps++;
	given = strlen(step->bytes);
	assert_true(given <= length);
	memcpy(buffer, step->bytes, given);
	return (ssize_t)given;
}

static struct source *open_script(struct script *script, enum source_kind kind)
{
	struct source_io io = {.read = script_read, .context = script};
	struct source *source = NULL;
	struct error err = {0};

	if (!source_create_io(io, kind, "dump", &source, &err))
		fail_msg("%s", err.text);
	return source;
}

/* Bytes from memory, at most part in one read. */
struct memory {
	const uint8_t *at;
	size_t length;
	size_t part;
	int error; /* what the end is, if not the end */
};

static ssize_t memory_read(void *context, void *buffer, size_t length)
{
	struct memory *memory = context;

	if (!memory->length && memory->error) {
		errno = memory->error;
		return -1;
	}
	if (length > memory->part)
		length = memory->part;
	if (length > memory->length)
		length = memory->length;
	memcpy(buffer, memory->at, length);
	memory->at += length;
	memory->length -= length;
	return (ssize_t)length;
}

static struct source *open_memory(struct memory *memory, enum source_kind kind)
{
	struct source_io io = {.read = memory_read, .context = memory};
	struct source *source = NULL;
	struct error err = {0};

	if (!source_create_io(io, kind, "dump", &source, &err))
		fail_msg("%s", err.text);
	return source;
}

/* Read it all, in parts of at most capacity; returns the length. */
static size_t read_all(struct source *source, char *text, size_t capacity)
{
	size_t length = 0, got;
	struct error err = {0};

	do {
		size_t room = CAPACITY - length;

		if (!source_read(source, text + length,
				 room < capacity ? room : capacity, &got, &err))
			fail_msg("%s", err.text);
		length += got;
		assert_true(length < CAPACITY);
	} while (got > 0);
	text[length] = '\0';
	return length;
}

/* What a test has at hand. */
struct fixture {
	char text[CAPACITY];
	uint8_t packed[CAPACITY];
	size_t packed_length;
	char directory[64];
};

static int setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	strcpy(fixture->directory, "/tmp/test_source.XXXXXX");
	assert_non_null(mkdtemp(fixture->directory));
	assert_int_equal(chdir(fixture->directory), 0);
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	unlink("file");
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(rmdir(fixture->directory), 0);
	free(fixture);
	return 0;
}

static void add_member(struct fixture *fixture, const char *text)
{
	z_stream stream = {0};

	assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8,
				      Z_DEFAULT_STRATEGY),
			 Z_OK);
	stream.next_in = (Bytef *)text;
	stream.avail_in = (uInt)strlen(text);
	stream.next_out = fixture->packed + fixture->packed_length;
	stream.avail_out = (uInt)(CAPACITY - fixture->packed_length);
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	fixture->packed_length = CAPACITY - stream.avail_out;
	deflateEnd(&stream);
}

static void write_file(const void *bytes, size_t length)
{
	FILE *file = fopen("file", "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

static struct source *open_path(const char *path)
{
	struct source *source = NULL;
	struct error err = {0};

	if (!source_create(path, &source, &err))
		fail_msg("%s", err.text);
	return source;
}

static void expect_refusal(const char *path, enum error_code code,
			   const char *text)
{
	struct source *source = NULL;
	struct error err = {0};

	assert_false(source_create(path, &source, &err));
	assert_null(source);
	assert_int_equal(err.code, code);
	assert_string_equal(err.text, text);
}

/* Streams */

static void short_reads_and_interruptions_are_joined(void **state)
{
	static const struct step steps[] = {
		{"Page ", 0},  {NULL, EINTR}, {"allocated ", 0},
		{NULL, EINTR}, {NULL, EINTR}, {"via order 0", 0},
		{NULL, 0},
	};
	struct script script = {.steps = steps};
	struct source *source = open_script(&script, SOURCE_STREAM);
	struct fixture *fixture = *state;
	struct error err;
	size_t length;

	assert_true(source_read(source, fixture->text, 10, &length, &err));
	assert_int_equal(length, 10);
	assert_memory_equal(fixture->text, "Page alloc", 10);
	assert_int_equal(read_all(source, fixture->text, 3), 16);
	assert_string_equal(fixture->text, "ated via order 0");
	assert_string_equal(source_loss(source)->text, "");
	source_destroy(source);
}

static void a_buffer_is_filled_by_as_many_reads_as_it_takes(void **state)
{
	struct fixture *fixture = *state;
	struct memory memory = {
		.at = fixture->packed, .length = 300000, .part = 999};
	struct source *source = open_memory(&memory, SOURCE_STREAM);
	struct error err;
	size_t length;

	memset(fixture->packed, 'x', 300000);
	assert_true(source_read(source, fixture->text, 250000, &length, &err));
	assert_int_equal(length, 250000);
	assert_true(source_read(source, fixture->text, 250000, &length, &err));
	assert_int_equal(length, 50000);
	assert_true(source_read(source, fixture->text, 250000, &length, &err));
	assert_int_equal(length, 0);
	source_destroy(source);
}

static void a_failure_at_the_very_start_is_an_error(void **state)
{
	static const struct step steps[] = {{NULL, EIO}, {NULL, 0}};
	struct script script = {.steps = steps};
	struct source_io io = {.read = script_read, .context = &script};
	struct source *source = NULL;
	struct error err = {0};

	(void)state;
	assert_false(
		source_create_io(io, SOURCE_STREAM, "a\nb", &source, &err));
	assert_null(source);
	assert_int_equal(err.code, ERROR_IO);
	assert_string_equal(err.text,
			    "cannot read 'a\\nb': Input/output error");
}

static void a_failure_later_is_a_loss_and_what_came_before_is_used(void **state)
{
	static const struct step steps[] = {
		{"PFN 1", 0}, {NULL, EIO}, {"never read", 0}, {NULL, 0}};
	struct script script = {.steps = steps};
	struct source *source = open_script(&script, SOURCE_STREAM);
	struct fixture *fixture = *state;

	assert_int_equal(read_all(source, fixture->text, 4000), 5);
	assert_string_equal(fixture->text, "PFN 1");
	assert_string_equal(source_loss(source)->text,
			    "reading stopped after 5 bytes: "
			    "Input/output error");
	source_destroy(source);
}

static void a_stream_that_lacks_memory_has_failed(void **state)
{
	static const struct step steps[] = {
		{"P", 0}, {NULL, ENOMEM}, {"never read", 0}, {NULL, 0}};
	struct script script = {.steps = steps};
	struct source *source = open_script(&script, SOURCE_STREAM);
	struct fixture *fixture = *state;

	assert_int_equal(read_all(source, fixture->text, 4000), 1);
	assert_string_equal(source_loss(source)->text,
			    "reading stopped after 1 byte: "
			    "Cannot allocate memory");
	assert_int_equal(source_loss(source)->unreadable_records, 0);
	source_destroy(source);
}

/* Live files: a fake of /sys/kernel/debug/page_owner. */

struct page_owner {
	size_t records;	      /* it has */
	size_t next;	      /* the one to print */
	size_t long_every;    /* each so many-th is longer than a page */
	size_t smallest_read; /* the shortest length it was asked for */
};

/* As print_page_owner() since 5.0, which goes on before it fails. */
static ssize_t page_owner_read(void *context, void *buffer, size_t length)
{
	struct page_owner *dump = context;
	char record[2 * PAGE];
	int n;

	if (dump->next == dump->records)
		return 0;
	if (length < dump->smallest_read)
		dump->smallest_read = length;
	dump->next++;
	n = snprintf(record, sizeof(record), "PFN 0x%zx\n %*d\n\n", dump->next,
		     dump->next % dump->long_every ? 1000 : PAGE, 7);
	if (length > PAGE)
		length = PAGE;
	if (n > (int)length) {
		errno = ENOMEM;
		return -1;
	}
	memcpy(buffer, record, (size_t)n);
	return n;
}

static struct source *open_page_owner(struct page_owner *dump)
{
	struct source_io io = {.read = page_owner_read, .context = dump};
	struct source *source = NULL;
	struct error err = {0};

	dump->smallest_read = SIZE_MAX;
	if (!source_create_io(io, SOURCE_RECORDS, "page_owner", &source, &err))
		fail_msg("%s", err.text);
	return source;
}

static size_t count_records(const char *text)
{
	size_t count = 0;

	while ((text = strstr(text, "PFN "))) {
		count++;
		text++;
	}
	return count;
}

static void records_that_do_not_fit_are_counted_and_passed(void **state)
{
	struct page_owner dump = {.records = 500, .long_every = 100};
	struct source *source = open_page_owner(&dump);
	struct fixture *fixture = *state;

	read_all(source, fixture->text, CAPACITY);
	assert_int_equal(count_records(fixture->text), 495);
	assert_non_null(strstr(fixture->text, "PFN 0x1f3\n"));
	assert_null(strstr(fixture->text, "PFN 0x1f4\n"));
	assert_int_equal(source_loss(source)->unreadable_records, 5);
	assert_string_equal(source_loss(source)->text, "");
	source_destroy(source);
}

static void a_dump_may_begin_with_a_record_that_does_not_fit(void **state)
{
	struct page_owner dump = {.records = 3, .long_every = 1};
	struct source *source = open_page_owner(&dump);
	struct fixture *fixture = *state;

	assert_int_equal(read_all(source, fixture->text, CAPACITY), 0);
	assert_int_equal(source_loss(source)->unreadable_records, 3);
	source_destroy(source);
}

static void no_record_is_read_into_little_room(void **state)
{
	struct page_owner dump = {.records = 800, .long_every = 1000};
	struct source *source = open_page_owner(&dump);
	struct fixture *fixture = *state;
	struct error err;
	size_t length;

	/* Not even with a buffer that has this room just once. */
	assert_true(source_read(source, fixture->text, 100000, &length, &err));
	assert_in_range(length, 100000 - RECORD_ROOM,
			100000 - RECORD_ROOM + 2000);
	read_all(source, fixture->text + length, 100000);
	assert_int_equal(count_records(fixture->text), 800);
	assert_true(dump.smallest_read >= 8 * PAGE);
	source_destroy(source);
}

static void a_buffer_smaller_than_a_record_takes_it_in_parts(void **state)
{
	struct page_owner dump = {.records = 20, .long_every = 10};
	struct source *source = open_page_owner(&dump);
	struct fixture *fixture = *state;

	read_all(source, fixture->text, 7);
	assert_int_equal(count_records(fixture->text), 18);
	assert_int_equal(source_loss(source)->unreadable_records, 2);
	assert_true(dump.smallest_read >= 8 * PAGE);
	source_destroy(source);
}

/* Before 5.0 the kernel allocates what we ask for: that must stay small. */
static void a_live_file_is_asked_for_few_pages_at_a_time(void **state)
{
	struct fixture *fixture = *state;
	struct memory memory = {
		.at = fixture->packed, .length = 500000, .part = SIZE_MAX};
	struct source *source = open_memory(&memory, SOURCE_RECORDS);
	size_t before = memory.length, got;
	struct error err;

	assert_int_equal(500000 - before, 8 * PAGE);
	assert_true(source_read(source, fixture->text, RECORD_ROOM + 8 * PAGE,
				&got, &err));
	assert_int_equal(before - memory.length, 8 * PAGE);
	source_destroy(source);
}

static ssize_t refuse_forever(void *context, void *buffer, size_t length)
{
	size_t *reads = context;

	(void)buffer;
	(void)length;
	if ((*reads)++ == 0) {
		memcpy(buffer, "PFN 1\n", 6);
		return 6;
	}
	errno = ENOMEM;
	return -1;
}

static void a_live_file_that_never_goes_on_ends_with_a_loss(void **state)
{
	struct fixture *fixture = *state;
	size_t reads = 0;
	struct source_io io = {.read = refuse_forever, .context = &reads};
	struct source *source = NULL;
	struct error err;

	assert_true(source_create_io(io, SOURCE_RECORDS, "page_owner", &source,
				     &err));
	assert_int_equal(read_all(source, fixture->text, CAPACITY), 6);
	assert_string_equal(source_loss(source)->text,
			    "reading stopped after 6 bytes: the kernel "
			    "refuses every record");
	assert_int_equal(source_loss(source)->unreadable_records, reads - 1);
	source_destroy(source);
}

static void an_interrupted_live_read_is_tried_again(void **state)
{
	static const struct step steps[] = {
		{NULL, EINTR},	{"PFN 1\n", 0}, {NULL, ENOMEM}, {NULL, EINTR},
		{"PFN 3\n", 0}, {NULL, EPERM},	{NULL, 0}};
	struct script script = {.steps = steps};
	struct source *source = open_script(&script, SOURCE_RECORDS);
	struct fixture *fixture = *state;

	read_all(source, fixture->text, CAPACITY);
	assert_string_equal(fixture->text, "PFN 1\nPFN 3\n");
	assert_int_equal(source_loss(source)->unreadable_records, 1);
	assert_string_equal(source_loss(source)->text,
			    "reading stopped after 12 bytes: "
			    "Operation not permitted");
	source_destroy(source);
}

/* gzip */

static void gzip_is_known_by_its_magic_bytes_on_a_pipe(void **state)
{
	struct fixture *fixture = *state;
	struct memory memory = {.at = fixture->packed, .part = 1};
	struct source *source;

	add_member(fixture, "one ");
	add_member(fixture, "two");
	memory.length = fixture->packed_length;
	source = open_memory(&memory, SOURCE_STREAM);
	read_all(source, fixture->text, 5);
	assert_string_equal(fixture->text, "one two");
	assert_string_equal(source_loss(source)->text, "");
	source_destroy(source);
}

/* What is told of packed; the text is "one two" all the same. */
static void expect_loss(struct fixture *fixture, int error, const char *told)
{
	struct memory memory = {.at = fixture->packed,
				.part = 100,
				.length = fixture->packed_length,
				.error = error};
	struct source *source = open_memory(&memory, SOURCE_STREAM);

	read_all(source, fixture->text, CAPACITY);
	assert_string_equal(fixture->text, "one two");
	assert_string_equal(source_loss(source)->text, told);
	source_destroy(source);
}

static void damage_of_gzip_is_told_once_and_the_text_is_used(void **state)
{
	struct fixture *fixture = *state;

	add_member(fixture, "one ");
	add_member(fixture, "two");
	fixture->packed_length -= 2;
	expect_loss(fixture, 0,
		    "compressed data ends early after 7 bytes of text");
	fixture->packed_length += 2;
	memcpy(fixture->packed + fixture->packed_length, "xyz", 3);
	fixture->packed_length += 3;
	expect_loss(fixture, 0,
		    "3 bytes after the end of the gzip data are ignored");
	fixture->packed_length -= 3;
	fixture->packed[fixture->packed_length - 8] ^= 1;
	expect_loss(fixture, 0, "checksum of gzip member 2 does not match");
}

static void gzip_that_is_cut_anywhere_is_no_text(void **state)
{
	struct fixture *fixture = *state;

	add_member(fixture, "one two");
	for (size_t length = 1; length <= 10; length++) {
		struct memory memory = {
			.at = fixture->packed, .part = 100, .length = length};
		struct source *source = open_memory(&memory, SOURCE_STREAM);

		assert_int_equal(read_all(source, fixture->text, CAPACITY), 0);
		assert_string_equal(source_loss(source)->text,
				    "compressed data ends early after 0 bytes "
				    "of text");
		source_destroy(source);
	}
}

static void a_read_that_fails_within_gzip_tells_both_losses(void **state)
{
	struct fixture *fixture = *state;

	add_member(fixture, "one two");
	fixture->packed_length = 24;
	expect_loss(fixture, EIO,
		    "reading stopped after 24 bytes: Input/output error; "
		    "compressed data ends early after 7 bytes of text");
}

/* Files */

static void an_uncompressed_file_is_plain_and_can_be_read_too(void **state)
{
	struct fixture *fixture = *state;
	struct source *source;
	uint64_t size, done, total;
	char bytes[5];
	int fd;

	write_file("Page allocated", 14);
	source = open_path("file");
	assert_true(source_plain(source, &fd, &size));
	assert_int_equal(size, 14);
	assert_int_equal(pread(fd, bytes, 5, 5), 5);
	assert_memory_equal(bytes, "alloc", 5);
	source_progress(source, &done, &total);
	assert_int_equal(done, 0);
	assert_int_equal(total, 14);
	assert_int_equal(read_all(source, fixture->text, 4), 14);
	assert_string_equal(fixture->text, "Page allocated");
	source_progress(source, &done, &total);
	assert_int_equal(done, 14);
	source_destroy(source);
}

static void a_gzip_file_is_not_plain_and_tells_its_stored_size(void **state)
{
	struct fixture *fixture = *state;
	struct source *source;
	uint64_t size = 7, done, total;
	int fd = 7;

	add_member(fixture, "Page allocated via order 0");
	write_file(fixture->packed, fixture->packed_length);
	source = open_path("file");
	assert_false(source_plain(source, &fd, &size));
	assert_int_equal(fd, 7);
	assert_int_equal(size, 7);
	read_all(source, fixture->text, CAPACITY);
	assert_string_equal(fixture->text, "Page allocated via order 0");
	source_progress(source, &done, &total);
	assert_int_equal(done, fixture->packed_length);
	assert_int_equal(total, fixture->packed_length);
	source_destroy(source);
}

static void an_empty_file_ends_at_once_and_may_be_a_live_one(void **state)
{
	struct fixture *fixture = *state;
	struct source *source;
	uint64_t size;
	int fd;

	write_file("", 0);
	source = open_path("file");
	assert_false(source_plain(source, &fd, &size));
	assert_int_equal(read_all(source, fixture->text, CAPACITY), 0);
	source_destroy(source);

	/* This one says that it is empty, too. */
	source = open_path("/proc/self/status");
	assert_false(source_plain(source, &fd, &size));
	assert_true(read_all(source, fixture->text, CAPACITY) > 100);
	assert_memory_equal(fixture->text, "Name:\t", 6);
	source_destroy(source);
}

/* Put fd in the place of standard input; undone by restore_stdin(). */
static int replace_stdin(int fd)
{
	int saved = dup(STDIN_FILENO);

	assert_true(saved >= 0);
	assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	close(fd);
	return saved;
}

static void restore_stdin(int saved)
{
	assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
	close(saved);
}

static void standard_input_goes_on_where_it_stands(void **state)
{
	struct fixture *fixture = *state;
	struct source *source;
	uint64_t size, done, total;
	int fd, saved;

	write_file("already read, the rest", 22);
	fd = open("file", O_RDONLY);
	assert_int_equal(lseek(fd, 14, SEEK_SET), 14);
	saved = replace_stdin(fd);
	source = open_path("-");
	assert_false(source_plain(source, &fd, &size));
	read_all(source, fixture->text, CAPACITY);
	assert_string_equal(fixture->text, "the rest");
	source_progress(source, &done, &total);
	assert_int_equal(done, 8);
	assert_int_equal(total, 0);
	source_destroy(source);
	/* It was not ours to close. */
	assert_int_equal(lseek(STDIN_FILENO, 0, SEEK_CUR), 22);

	lseek(STDIN_FILENO, 0, SEEK_SET);
	source = open_path("-");
	assert_true(source_plain(source, &fd, &size));
	assert_int_equal(fd, STDIN_FILENO);
	assert_int_equal(size, 22);
	source_destroy(source);
	restore_stdin(saved);
}

static void what_is_on_a_pipe_is_read_whole(void **state)
{
	struct fixture *fixture = *state;
	struct source *source;
	uint64_t size;
	int ends[2], saved, fd;

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "PFN 1\n", 6), 6);
	close(ends[1]);
	saved = replace_stdin(ends[0]);
	source = open_path("-");
	assert_false(source_plain(source, &fd, &size));
	read_all(source, fixture->text, CAPACITY);
	assert_string_equal(fixture->text, "PFN 1\n");
	source_destroy(source);
	restore_stdin(saved);
}

static void what_cannot_be_opened_is_named_with_its_reason(void **state)
{
	(void)state;
	expect_refusal("old.txt", ERROR_IO,
		       "cannot open 'old.txt': No such file or directory");
	expect_refusal("a\n\033[2J\xff", ERROR_IO,
		       "cannot open 'a\\n\\x1b[2J\\xff': "
		       "No such file or directory");
	expect_refusal("/tmp", ERROR_IO, "'/tmp' is a directory");
}

static void expect_peek(struct source *source, size_t length, const char *head)
{
	struct error err;
	struct span peek;

	for (size_t i = 0; i < 2; i++) {
		assert_true(source_peek(source, &peek, &err));
		assert_int_equal(peek.length, length);
		assert_memory_equal(peek.at, head, strlen(head));
	}
}

/* Of a plain file, a pipe, and gzip. */
static void a_look_at_the_head_takes_nothing_away(void **state)
{
	struct fixture *fixture = *state;
	struct memory memory = {.at = fixture->packed, .part = 7};
	struct source *source;
	char text[601];

	memset(text, 'x', 600);
	memcpy(text, "head", 4);
	text[600] = '\0';
	write_file(text, 600);
	source = open_path("file");
	expect_peek(source, 512, "headxx");
	assert_int_equal(read_all(source, fixture->text, 100), 600);
	assert_string_equal(fixture->text, text);
	source_destroy(source);

	add_member(fixture, text);
	memory.length = fixture->packed_length;
	source = open_memory(&memory, SOURCE_STREAM);
	expect_peek(source, 512, "headxx");
	assert_int_equal(read_all(source, fixture->text, 100), 600);
	assert_string_equal(fixture->text, text);
	source_destroy(source);

	memory = (struct memory){
		.at = (uint8_t *)text, .length = 600, .part = 600};
	source = open_memory(&memory, SOURCE_RECORDS);
	expect_peek(source, 600, "headxx");
	assert_int_equal(read_all(source, fixture->text, CAPACITY), 600);
	assert_string_equal(fixture->text, text);
	source_destroy(source);
}

/* test_packed.c has what is said of each kind. */
static void an_archive_that_we_do_not_read_is_refused(void **state)
{
	(void)state;
	write_file("PK\x03\x04", 5);
	expect_refusal("file", ERROR_FORMAT,
		       "'file' is a zip archive; unpack it first: "
		       "unzip -p file | pageowl top -");
}

#ifdef HAVE_ARCHIVE

/* test_unpack.c has each of them. */
static void other_compressions_are_undone(void **state)
{
	/* xz of "Page allocated" */
	static const uint8_t bytes[] = {
		0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00, 0x01, 0x69, 0x22,
		0xde, 0x36, 0x02, 0x00, 0x21, 0x01, 0x16, 0x00, 0x00, 0x00,
		0x74, 0x2f, 0xe5, 0xa3, 0x01, 0x00, 0x0d, 0x50, 0x61, 0x67,
		0x65, 0x20, 0x61, 0x6c, 0x6c, 0x6f, 0x63, 0x61, 0x74, 0x65,
		0x64, 0x00, 0x00, 0x00, 0x75, 0xd1, 0x8c, 0x32, 0x00, 0x01,
		0x22, 0x0e, 0x0c, 0xde, 0x8c, 0x60, 0x90, 0x42, 0x99, 0x0d,
		0x01, 0x00, 0x00, 0x00, 0x00, 0x01, 0x59, 0x5a};
	struct fixture *fixture = *state;
	struct source *source;
	uint64_t size, done, total;
	int fd;

	write_file(bytes, sizeof(bytes));
	source = open_path("file");
	assert_false(source_plain(source, &fd, &size));
	read_all(source, fixture->text, 4);
	assert_string_equal(fixture->text, "Page allocated");
	assert_string_equal(source_loss(source)->text, "");
	source_progress(source, &done, &total);
	assert_int_equal(done, sizeof(bytes));
	assert_int_equal(total, sizeof(bytes));
	source_destroy(source);

	write_file(bytes, 20);
	source = open_path("file");
	read_all(source, fixture->text, 4);
	assert_string_equal(source_loss(source)->text,
			    "compressed data ends early after 0 bytes of text");
	source_destroy(source);
}

#else

static void other_compressions_are_refused_with_a_remedy(void **state)
{
	(void)state;
	write_file("\xfd"
		   "7zXZ",
		   6);
	expect_refusal("file", ERROR_FORMAT,
		       "'file' is compressed with xz; decompress it first: "
		       "xz -dc file | pageowl top -");
}

#endif

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(short_reads_and_interruptions_are_joined),
		TEST(a_buffer_is_filled_by_as_many_reads_as_it_takes),
		TEST(a_failure_at_the_very_start_is_an_error),
		TEST(a_failure_later_is_a_loss_and_what_came_before_is_used),
		TEST(a_stream_that_lacks_memory_has_failed),
		TEST(records_that_do_not_fit_are_counted_and_passed),
		TEST(a_dump_may_begin_with_a_record_that_does_not_fit),
		TEST(no_record_is_read_into_little_room),
		TEST(a_buffer_smaller_than_a_record_takes_it_in_parts),
		TEST(a_live_file_is_asked_for_few_pages_at_a_time),
		TEST(a_live_file_that_never_goes_on_ends_with_a_loss),
		TEST(an_interrupted_live_read_is_tried_again),
		TEST(gzip_is_known_by_its_magic_bytes_on_a_pipe),
		TEST(damage_of_gzip_is_told_once_and_the_text_is_used),
		TEST(gzip_that_is_cut_anywhere_is_no_text),
		TEST(a_read_that_fails_within_gzip_tells_both_losses),
		TEST(an_uncompressed_file_is_plain_and_can_be_read_too),
		TEST(a_gzip_file_is_not_plain_and_tells_its_stored_size),
		TEST(an_empty_file_ends_at_once_and_may_be_a_live_one),
		TEST(standard_input_goes_on_where_it_stands),
		TEST(what_is_on_a_pipe_is_read_whole),
		TEST(what_cannot_be_opened_is_named_with_its_reason),
		TEST(an_archive_that_we_do_not_read_is_refused),
		TEST(a_look_at_the_head_takes_nothing_away),
#ifdef HAVE_ARCHIVE
		TEST(other_compressions_are_undone),
#else
		TEST(other_compressions_are_refused_with_a_remedy),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
