/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * However an object file is damaged, asking it comes to an end: each query is
 * answered, or has failed and it is said why; no process and no file is left.
 */
#include "tests/support/check.h"

#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include "symbolize/bfd_object.h"
#include "symbolize/object_reader.h"
#include "tests/support/dice.h"
#include "tests/support/sample_object.h"

/* ROUNDS in the environment asks for more. */
enum { ROUNDS = 12, JOBS = 8, BOMB_MIB = 256 };

static uint64_t seed;
static unsigned rounds = ROUNDS;
static struct text_buffer file;
static struct frame_query *queries;
static const struct frame_query **asked;
static struct frame_answer *answers[JOBS];
static size_t count;

static size_t count_open_files(void)
{
	DIR *folder = opendir("/proc/self/fd");
	size_t found = 0;

	assert_non_null(folder);
	while (readdir(folder))
		found++;
	closedir(folder);
	return found;
}

static void check_job(const struct object_job *job)
{
	bool failed = false;

	for (size_t i = 0; i < job->count; i++) {
		const struct frame_answer *answer = &job->answers[i];

		switch (answer->status) {
		case FRAME_RESOLVED:
			assert_true(answer->line_count > 0);
			continue;
		case FRAME_FAILED:
			failed = true;
			break;
		case FRAME_NO_LINE:
		case FRAME_NO_SYMBOL:
		case FRAME_OTHER_SIZE:
		case FRAME_AMBIGUOUS:
			break;
		default:
			fail_msg("status %d", answer->status);
		}
		assert_int_equal(answer->line_count, 0);
	}
	assert_int_equal(failed, job->failure.text[0] != '\0');
}

static void ask(struct object_job *jobs, size_t job_count,
		const struct reader_limits *limits)
{
	size_t open = count_open_files();
	struct text_pool pool = {0};
	struct reason why = {""};

	assert_true(object_reader_run(jobs, job_count, limits, &pool, &why));
	for (size_t i = 0; i < job_count; i++)
		check_job(&jobs[i]);
	assert_int_equal(count_open_files(), open);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	text_pool_deinit(&pool);
}

static struct object_job job_of(struct span bytes, size_t index)
{
	return (struct object_job){
		.fd = sample_object_file(bytes),
		.size = bytes.length,
		.queries = asked,
		.count = count,
		.answers = answers[index],
	};
}

typedef void (*damage)(struct dice *dice, struct text_buffer *bytes);

static void ask_damaged(struct dice *dice, damage how)
{
	const struct reader_limits limits = {.batch = 64};
	struct object_job jobs[JOBS];

	for (size_t i = 0; i < JOBS; i++) {
		struct text_buffer bytes = {0};

		text_buffer_add(&bytes, text_buffer_span(&file));
		how(dice, &bytes);
		jobs[i] = job_of(text_buffer_span(&bytes), i);
		text_buffer_deinit(&bytes);
	}
	ask(jobs, JOBS, &limits);
	for (size_t i = 0; i < JOBS; i++)
		close(jobs[i].fd);
}

static void ask_often(damage how)
{
	struct dice dice = {seed};

	for (unsigned i = 0; i < rounds; i++)
		ask_damaged(&dice, how);
}

/* ---- kinds of damage ---- */

static void cut(struct dice *dice, struct text_buffer *bytes)
{
	bytes->length = dice_below(dice, bytes->length);
}

static void scatter(struct dice *dice, struct text_buffer *bytes)
{
	uint64_t some = 1 + dice_below(dice, 200);

	while (some--)
		bytes->at[dice_below(dice, bytes->length)] =
			(char)dice_roll(dice);
}

static void put_number(struct dice *dice, char *at)
{
	static const uint64_t odd[] = {
		0,
		1,
		0x7f,
		0xffff,
		0x7fffffff,
		0xffffffff,
		0x100000000,
		0x7fffffffffffffff,
		0x8000000000000000,
		UINT64_MAX,
	};
	uint64_t number = odd[dice_below(dice, TEST_COUNT(odd))];
	static const size_t widths[] = {1, 2, 4, 8};

	memcpy(at, &number, widths[dice_below(dice, TEST_COUNT(widths))]);
}

/* Numbers that are never right, in the headers. */
static void spoil_headers(struct dice *dice, struct text_buffer *bytes)
{
	uint64_t some = 1 + dice_below(dice, 3);
	Elf64_Ehdr header;
	size_t length;

	memcpy(&header, bytes->at, sizeof(header));
	length = header.e_shnum * sizeof(Elf64_Shdr);
	while (some--) {
		if (dice_one_in(dice, 4))
			put_number(dice, bytes->at + 16 + dice_below(dice, 40));
		else
			put_number(dice, bytes->at + header.e_shoff +
						 dice_below(dice, length - 8));
	}
}

/* And in what the lines are made of. */
static void spoil_debug_information(struct dice *dice,
				    struct text_buffer *bytes)
{
	static const char *const names[] = {
		".debug_info", ".debug_abbrev",	  ".debug_line",
		".debug_str",  ".debug_rnglists", ".debug_line_str",
		".symtab",     ".strtab",	  ".rela.debug_info",
	};
	const char *name = names[dice_below(dice, TEST_COUNT(names))];
	uint64_t some = 1 + dice_below(dice, 30);
	Elf64_Shdr section;
	size_t at = sample_object_section(text_buffer_span(bytes), name);

	memcpy(&section, bytes->at + at, sizeof(section));
	if (section.sh_size <= 8)
		return;
	while (some--)
		put_number(dice, bytes->at + section.sh_offset +
					 dice_below(dice, section.sh_size - 8));
}

static void a_file_that_is_cut_is_asked_to_an_end(void **state)
{
	(void)state;
	ask_often(cut);
}

static void scattered_damage_is_asked_to_an_end(void **state)
{
	(void)state;
	ask_often(scatter);
}

static void damaged_headers_are_asked_to_an_end(void **state)
{
	(void)state;
	ask_often(spoil_headers);
}

static void damaged_debug_information_is_asked_to_an_end(void **state)
{
	(void)state;
	ask_often(spoil_debug_information);
}

/* ---- bombs ---- */

static void add_zeros(struct text_buffer *bytes, size_t mib)
{
	static char zeros[1 << 20], packed[1 << 16];
	z_stream stream = {0};

	assert_int_equal(deflateInit(&stream, Z_BEST_SPEED), Z_OK);
	for (size_t i = 0; i <= mib; i++) {
		stream.next_in = (Bytef *)zeros;
		stream.avail_in = i < mib ? sizeof(zeros) : 0;
		do {
			stream.next_out = (Bytef *)packed;
			stream.avail_out = sizeof(packed);
			deflate(&stream, i < mib ? Z_NO_FLUSH : Z_FINISH);
			text_buffer_add(
				bytes, (struct span){packed,
						     sizeof(packed) -
							     stream.avail_out});
		} while (stream.avail_out == 0);
	}
	deflateEnd(&stream);
}

/* A section that says it unpacks to so much; and it does to BOMB_MIB. */
static void add_bomb(struct text_buffer *bytes, const char *name,
		     uint64_t told_size)
{
	size_t at = sample_object_section(text_buffer_span(bytes), name);
	size_t begin = bytes->length;
	Elf64_Chdr header = {
		.ch_type = ELFCOMPRESS_ZLIB,
		.ch_size = told_size,
		.ch_addralign = 1,
	};
	Elf64_Shdr section;

	text_buffer_add(bytes, (struct span){(char *)&header, sizeof(header)});
	add_zeros(bytes, BOMB_MIB);
	memcpy(&section, bytes->at + at, sizeof(section));
	section.sh_offset = begin;
	section.sh_size = bytes->length - begin;
	section.sh_flags |= SHF_COMPRESSED;
	memcpy(bytes->at + at, &section, sizeof(section));
}

static void what_unpacks_to_too_much_is_asked_to_an_end(void **state)
{
	const struct reader_limits limits = {.memory = 64 << 20};
	static const uint64_t sizes[] = {
		(uint64_t)BOMB_MIB << 20,
		(uint64_t)1 << 40,
		UINT64_MAX,
		1 << 16,
	};
	static const char *const names[] = {".debug_info", ".debug_line",
					    ".debug_str"};

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(sizes); i++) {
		struct text_buffer bytes = {0};
		struct object_job job;

		text_buffer_add(&bytes, text_buffer_span(&file));
		add_bomb(&bytes, names[i % TEST_COUNT(names)], sizes[i]);
		job = job_of(text_buffer_span(&bytes), 0);
		ask(&job, 1, &limits);
		if (getenv("ROUNDS"))
			print_message("%s\n", job.failure.text);
		close(job.fd);
		text_buffer_deinit(&bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_that_is_cut_is_asked_to_an_end),
		cmocka_unit_test(scattered_damage_is_asked_to_an_end),
		cmocka_unit_test(damaged_headers_are_asked_to_an_end),
		cmocka_unit_test(damaged_debug_information_is_asked_to_an_end),
		cmocka_unit_test(what_unpacks_to_too_much_is_asked_to_an_end),
	};
	int failed;

	/* Nothing could be asked. */
	if (!bfd_object_is_built())
		return 0;
	if (getenv("ROUNDS"))
		rounds = (unsigned)strtoul(getenv("ROUNDS"), NULL, 10);
	seed = dice_seed();
	sample_object_read(&file, SAMPLE_MODULE);
	queries = sample_object_queries(text_buffer_span(&file), &count);
	asked = calloc(count, sizeof(*asked));
	for (size_t i = 0; i < count; i++)
		asked[i] = &queries[i];
	for (size_t i = 0; i < JOBS; i++)
		answers[i] = calloc(count, sizeof(*answers[i]));
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	for (size_t i = 0; i < JOBS; i++)
		free(answers[i]);
	free(asked);
	free(queries);
	text_buffer_deinit(&file);
	return failed;
}
