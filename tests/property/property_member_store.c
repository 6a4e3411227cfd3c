/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Wherever the writing of a capture is broken off, what remains can be read:
 * each member is whole or a prefix of itself, and the last manifest is there.
 */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "tests/support/check.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "input/package.h"
#include "store/member_store.h"
#include "tests/support/dice.h"
#include "tests/support/folder_maker.h"
#include "tests/support/gzip_maker.h"
#include "tests/support/store_trouble.h"

static uint64_t seed;

/* ---- a capture ---- */

enum { MEMBERS = 6, PIECES_MAX = 4, MANIFESTS = 3 };

/* Archives are read with libarchive alone. */
static const char *const kinds[] = {
	"t1",
#ifdef HAVE_ARCHIVE
	"t1.tar",
	"t1.tar.gz",
	"t1.tgz",
#endif
};

static const char *const paths[MEMBERS] = {
	"proc/meminfo",
	"proc/vmstat",
	"sys/kernel/debug/slab/"
	"kmalloc-a-cache-whose-name-is-longer-than-what-a-header-of-tar-has-"
	"room-for-0123456789/alloc_traces",
	"proc/slabinfo",
	"proc/vmallocinfo",
	"sys/kernel/debug/page_owner",
};

struct made_member {
	struct text_buffer text;
	struct text_buffer packed[PIECES_MAX];
	size_t lengths[PIECES_MAX]; /* of text in a piece */
	unsigned pieces;	    /* none: the member is empty */
	bool whole;		    /* written at once; has no second piece */
};

struct made_capture {
	struct made_member members[MEMBERS];
	struct text_buffer manifests[MANIFESTS];
};

/* What the store said was done; in memory that outlives who is killed. */
struct progress {
	size_t added[MEMBERS]; /* bytes of text */
	bool ended[MEMBERS];
	bool refused[MEMBERS]; /* as a whole */
	unsigned manifests;
	bool dropped; /* the member that is not to be there */
	bool finished;
};

static void make_text(struct dice *dice, size_t length, struct text_buffer *ret)
{
	size_t end = ret->length + length;

	while (ret->length < end)
		text_buffer_format(ret, "%llx fn+0x%llx\n",
				   (unsigned long long)dice_roll(dice),
				   (unsigned long long)dice_below(dice, 999));
}

static void make_capture(struct dice *dice, struct made_capture *ret)
{
	unsigned odd = (unsigned)dice_below(dice, 2);

	*ret = (struct made_capture){0};
	for (unsigned i = 0; i < MEMBERS; i++) {
		struct made_member *member = &ret->members[i];

		text_buffer_add(&member->text, SPAN(""));
		/* What is whole stands beside what is not. */
		member->whole = i % 2 == odd;
		member->pieces = (unsigned)dice_below(
			dice, member->whole ? 2 : PIECES_MAX + 1);
		for (unsigned j = 0; j < member->pieces; j++) {
			size_t begin = member->text.length;

			make_text(dice,
				  1 + dice_below(dice, dice_below(dice, 2)
							       ? 60000
							       : 300),
				  &member->text);
			member->lengths[j] = member->text.length - begin;
			gzip_make((struct span){member->text.at + begin,
						member->lengths[j]},
				  &member->packed[j]);
		}
	}
	for (unsigned i = 0; i < MANIFESTS; i++)
		make_text(dice, 1 + dice_below(dice, 50000),
			  &ret->manifests[i]);
}

static void free_capture(struct made_capture *capture)
{
	for (unsigned i = 0; i < MEMBERS; i++) {
		text_buffer_deinit(&capture->members[i].text);
		for (unsigned j = 0; j < PIECES_MAX; j++)
			text_buffer_deinit(&capture->members[i].packed[j]);
	}
	for (unsigned i = 0; i < MANIFESTS; i++)
		text_buffer_deinit(&capture->manifests[i]);
}

static void write_whole(struct member_store *store,
			const struct made_capture *capture, unsigned index,
			struct progress *progress)
{
	const struct made_member *member = &capture->members[index];
	struct span packed = text_buffer_span(&member->packed[0]);
	struct error err;

	if (!member->pieces)
		packed.length = 0;
	progress->ended[index] = member_store_whole(store, paths[index], packed,
						    member->lengths[0], &err);
	progress->refused[index] = !progress->ended[index];
	if (progress->ended[index])
		progress->added[index] = member->lengths[0];
}

static void write_member(struct member_store *store,
			 const struct made_capture *capture, unsigned index,
			 struct progress *progress)
{
	const struct made_member *member = &capture->members[index];
	struct error err;

	if (member->whole) {
		write_whole(store, capture, index, progress);
		return;
	}
	if (!member_store_begin(store, paths[index], &err))
		fail_msg("%s", err.text);
	for (unsigned i = 0; i < member->pieces; i++) {
		if (!member_store_add(store,
				      text_buffer_span(&member->packed[i]),
				      member->lengths[i], &err))
			break;
		progress->added[index] += member->lengths[i];
	}
	progress->ended[index] = member_store_end(store, &err);
}

static void put_manifest(struct member_store *store,
			 const struct made_capture *capture,
			 struct progress *progress, unsigned index)
{
	struct error err;

	if (member_store_put(store, "manifest",
			     text_buffer_span(&capture->manifests[index]),
			     &err))
		progress->manifests = index + 1;
}

/* A member that turns out not to be wanted. */
static bool write_dropped(struct member_store *store,
			  const struct made_member *member)
{
	struct error err;

	if (!member_store_begin(store, "proc/allocinfo", &err))
		fail_msg("%s", err.text);
	if (member->pieces)
		member_store_add(store, text_buffer_span(&member->packed[0]),
				 member->lengths[0], &err);
	return member_store_drop(store, &err);
}

/* Two manifests on the way, and one at the end. */
static void write_capture(const char *path, const struct made_capture *capture,
			  struct progress *progress)
{
	struct member_store *store;
	struct error err;

	if (!member_store_create_io(path, &store_io_troubled, &store, &err))
		return;
	for (unsigned i = 0; i < MEMBERS; i++) {
		if (i == 2 || i == 4)
			put_manifest(store, capture, progress, i / 2 - 1);
		if (i == 3)
			progress->dropped =
				write_dropped(store, &capture->members[0]);
		write_member(store, capture, i, progress);
	}
	member_store_link(store, "sys/kernel/slab/x", ":0000064", &err);
	/* Somebody made room. */
	if (store_trouble.reason)
		store_trouble.at = 0;
	put_manifest(store, capture, progress, MANIFESTS - 1);
	progress->finished = member_store_finish(store, &err);
	member_store_destroy(store);
}

/* ---- what is read of it ---- */

struct read_capture {
	struct text_buffer members[MEMBERS];
	bool there[MEMBERS];
	struct text_buffer manifest; /* the last one */
	bool dropped; /* the member that is to be dropped is there */
	bool damaged; /* the package tells of something that is lost */
};

static void free_read(struct read_capture *read)
{
	for (unsigned i = 0; i < MEMBERS; i++)
		text_buffer_deinit(&read->members[i]);
	text_buffer_deinit(&read->manifest);
}

static void read_source(struct package *package, struct text_buffer *ret)
{
	struct source *source;
	struct error err;
	char text[4096];
	size_t got;

	ret->length = 0;
	text_buffer_add(ret, SPAN(""));
	if (!package_member(package, &source, &err))
		fail_msg("%s", err.text);
	while (source_read(source, text, sizeof(text), &got, &err) && got)
		text_buffer_add(ret, (struct span){text, got});
}

static void read_member(struct package *package, const struct member *member,
			struct read_capture *ret)
{
	struct span path = span_of(member->path);

	span_drop(&path, SPAN(".gz"));
	for (unsigned i = 0; i < MEMBERS; i++) {
		if (!span_ends_with(path, span_of(paths[i])))
			continue;
		ret->there[i] = true;
		read_source(package, &ret->members[i]);
		return;
	}
	if (span_ends_with(path, SPAN("manifest")))
		read_source(package, &ret->manifest);
	else if (span_ends_with(path, SPAN("proc/allocinfo")))
		ret->dropped = true;
	else
		fail_msg("a member '%s' that nobody wrote", member->path);
}

static void read_manifest_file(struct read_capture *ret)
{
	FILE *file = fopen("t1/manifest", "r");
	char text[4096];
	size_t got;

	if (!file)
		return;
	ret->manifest.length = 0;
	while ((got = fread(text, 1, sizeof(text), file)))
		text_buffer_add(&ret->manifest, (struct span){text, got});
	fclose(file);
}

static void read_capture(const char *path, struct read_capture *ret)
{
	const struct member *member;
	struct package *package;
	struct error err;

	*ret = (struct read_capture){0};
	if (!package_open(path, NULL, &package, &err))
		return;
	/* Of an archive's first header a part is no archive. */
	while (package_kind(package) != PACKAGE_FILE) {
		if (!package_next(package, &member, &err))
			fail_msg("%s", err.text);
		if (!member)
			break;
		read_member(package, member, ret);
	}
	ret->damaged = package_loss(package)[0] != '\0';
	package_close(package);
	if (strcmp(path, "t1") == 0)
		read_manifest_file(ret);
}

/* ---- what must hold ---- */

static void check_member(const struct made_capture *capture, unsigned index,
			 const struct read_capture *read,
			 const struct progress *progress)
{
	struct span made = text_buffer_span(&capture->members[index].text);
	struct span text = text_buffer_span(&read->members[index]);

	if (!read->there[index]) {
		if (progress->added[index] || progress->ended[index])
			fail_msg("%s is missing", paths[index]);
		return;
	}
	if (!span_starts_with(made, text))
		fail_msg("%s holds what was not written", paths[index]);
	if (text.length < progress->added[index])
		fail_msg("%s: %zu of %zu bytes", paths[index], text.length,
			 progress->added[index]);
	/* What was refused is not in it. */
	if (progress->ended[index] && text.length != progress->added[index])
		fail_msg("%s: %zu bytes, not %zu", paths[index], text.length,
			 progress->added[index]);
}

/* It is not there by a part. */
static void check_refused(const struct read_capture *read,
			  const struct progress *progress)
{
	for (unsigned i = 0; progress->finished && i < MEMBERS; i++)
		if (progress->refused[i] && read->there[i])
			fail_msg("%s was refused and is there", paths[i]);
}

static void check_manifest(const struct made_capture *capture,
			   const struct read_capture *read,
			   const struct progress *progress)
{
	struct span text = text_buffer_span(&read->manifest);

	if (!text.length && !progress->manifests)
		return;
	/* The last one, or the one that was being put. */
	for (unsigned i = progress->manifests ? progress->manifests - 1 : 0;
	     i < MANIFESTS; i++)
		if (span_equal(text, text_buffer_span(&capture->manifests[i])))
			return;
	fail_msg("the manifest is not the last one of %u", progress->manifests);
}

static void check_capture(const char *path, const struct made_capture *capture,
			  const struct progress *progress)
{
	struct read_capture read;

	read_capture(path, &read);
	for (unsigned i = 0; i < MEMBERS; i++)
		check_member(capture, i, &read, progress);
	check_manifest(capture, &read, progress);
	if (progress->finished)
		assert_false(read.damaged);
	if (progress->dropped)
		assert_false(read.dropped);
	/* A folder that fails keeps what cannot be removed. */
	if (strcmp(path, "t1") != 0 || store_trouble.reason != EIO)
		check_refused(&read, progress);
	free_read(&read);
}

static void *work_folder;

static void enter(void)
{
	assert_int_equal(folder_setup(&work_folder), 0);
}

static void leave(void)
{
	assert_int_equal(folder_teardown(&work_folder), 0);
}

static void what_is_written_is_read_back(void **state)
{
	struct dice dice = {seed};

	(void)state;
	for (unsigned i = 0; i < 20; i++) {
		struct made_capture capture;

		make_capture(&dice, &capture);
		enter();
		for (size_t kind = 0; kind < TEST_COUNT(kinds); kind++) {
			struct progress progress = {0};

			store_trouble = (struct store_trouble){0};
			write_capture(kinds[kind], &capture, &progress);
			assert_true(progress.finished);
			assert_int_equal(progress.manifests, MANIFESTS);
			for (unsigned j = 0; j < MEMBERS; j++) {
				assert_true(progress.ended[j]);
				assert_int_equal(
					progress.added[j],
					capture.members[j].text.length);
			}
			check_capture(kinds[kind], &capture, &progress);
		}
		leave();
		free_capture(&capture);
	}
}

/* Let a child write it, and be killed at the call; false: it came so far. */
static bool write_killed(const char *path, const struct made_capture *capture,
			 uint64_t at, struct progress *progress)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (!child) {
		store_trouble = (struct store_trouble){.at = at};
		write_capture(path, capture, progress);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

static void who_is_killed_at_any_call_leaves_a_capture(void **state)
{
	struct progress *progress =
		mmap(NULL, sizeof(*progress), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct dice dice = {seed};
	struct made_capture capture;

	(void)state;
	assert_true(progress != MAP_FAILED);
	make_capture(&dice, &capture);
	for (size_t kind = 0; kind < TEST_COUNT(kinds); kind++) {
		bool killed = true;

		for (uint64_t at = 1; killed; at++) {
			*progress = (struct progress){0};
			enter();
			killed = write_killed(kinds[kind], &capture, at,
					      progress);
			check_capture(kinds[kind], &capture, progress);
			leave();
		}
		assert_true(progress->finished);
	}
	free_capture(&capture);
	munmap(progress, sizeof(*progress));
}

static void write_in_trouble(int reason)
{
	struct dice dice = {seed};
	struct made_capture capture;

	make_capture(&dice, &capture);
	for (size_t kind = 0; kind < TEST_COUNT(kinds); kind++) {
		bool hit = true;

		for (uint64_t at = 1; hit; at++) {
			struct progress progress = {0};

			enter();
			store_trouble = (struct store_trouble){
				.at = at, .reason = reason};
			write_capture(kinds[kind], &capture, &progress);
			hit = store_trouble.calls >= at;
			/* At the first calls nothing could be begun. */
			if (access(kinds[kind], F_OK) == 0 && at > 4) {
				assert_true(progress.finished);
				assert_int_equal(progress.manifests, MANIFESTS);
			}
			check_capture(kinds[kind], &capture, &progress);
			leave();
		}
	}
	free_capture(&capture);
}

static void a_disk_that_is_full_at_any_call_leaves_a_capture(void **state)
{
	(void)state;
	write_in_trouble(ENOSPC);
}

static void a_disk_that_fails_at_any_call_leaves_a_capture(void **state)
{
	(void)state;
	write_in_trouble(EIO);
}

static void an_archive_cut_at_any_byte_is_read_up_to_there(void **state)
{
	struct dice dice = {seed};
	struct made_capture capture;

	(void)state;
	make_capture(&dice, &capture);
	for (size_t kind = 1; kind < TEST_COUNT(kinds); kind++) {
		struct progress none = {0}, progress = {0};
		struct stat status;
		uint64_t size;

		enter();
		store_trouble = (struct store_trouble){0};
		write_capture(kinds[kind], &capture, &progress);
		assert_int_equal(stat(kinds[kind], &status), 0);
		size = (uint64_t)status.st_size;
		/* Each cut is shorter than the one before. */
		while (size) {
			struct read_capture read;

			size -= size < 200 ? 1
					   : 1 + dice_below(&dice, size / 100);
			assert_int_equal(truncate(kinds[kind], (off_t)size), 0);
			read_capture(kinds[kind], &read);
			for (unsigned i = 0; i < MEMBERS; i++)
				check_member(&capture, i, &read, &none);
			free_read(&read);
		}
		leave();
	}
	free_capture(&capture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(
			an_archive_cut_at_any_byte_is_read_up_to_there),
		cmocka_unit_test(who_is_killed_at_any_call_leaves_a_capture),
		cmocka_unit_test(
			a_disk_that_is_full_at_any_call_leaves_a_capture),
		cmocka_unit_test(
			a_disk_that_fails_at_any_call_leaves_a_capture),
	};

	seed = dice_seed();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
