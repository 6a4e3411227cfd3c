/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* close_range */
#include "live/reader_child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "live/kernel_file.h"
#include "live/owner_file.h"

enum {
	/*
	 * Each of these reads walks to the record that is refused, behind all
	 * of a hole; so many are some minutes at the worst.
	 */
	PASSED_SINGLY = 1 << 20,
	PASSED_AT_ONCE = 2048,
};

struct reader_child {
	struct reader_job job;
	struct reader_message message;
	struct reader_state state; /* published after each read */
	char *packed;		   /* of the piece that is being filled */
	struct kernel_file file;
	struct owner_file owner;
	char owner_path[PATH_MAX]; /* empty: it is not open */
	uint64_t passed;	   /* pages, for a record that was refused */
};

static void publish(struct reader_child *child)
{
	reader_share_publish(child->job.share, &child->state);
}

static void pack(struct reader_child *child)
{
	reader_share_pack(child->job.share, &child->state, child->job.packer,
			  child->packed);
	publish(child);
}

/*
 * Have room for a read; false: the piece is full. It is full as soon as a
 * whole text might not fit any more: so there is always room for what the
 * parent finds in a text when we die.
 */
static bool make_room(struct reader_child *child, size_t room)
{
	struct reader_state *state = &child->state;

	if (READER_TEXT - state->text_length >= room)
		return true;
	pack(child);
	return PIECE_PACKED - state->packed_length >=
	       gzip_member_bound(READER_TEXT);
}

static char *text_end(const struct reader_child *child)
{
	return child->job.share->text + child->state.text_length;
}

static void moved(struct reader_child *child)
{
	atomic_fetch_add(&child->job.share->moves, 1);
}

static void end_piece(struct reader_child *child, enum piece_end end, int why)
{
	child->state.end = end;
	child->state.why = why;
}

/* ---- files ---- */

static void fill_from_file(struct reader_child *child)
{
	struct reader_share *share = child->job.share;
	struct kernel_file *file = &child->file;
	ssize_t got;

	do {
		if (!make_room(child, FILE_ROOM)) {
			end_piece(child, PIECE_FULL, 0);
			return;
		}
		got = kernel_file_read(file, text_end(child),
				       READER_TEXT - child->state.text_length,
				       &share->moves);
		if (got > 0) {
			child->state.text_length += (size_t)got;
			publish(child);
		}
	} while (got > 0);
	kernel_file_note(file, share->note, sizeof(share->note));
	kernel_file_close(file);
	if (got < 0)
		end_piece(child, PIECE_FAILED, (int)-got);
	else
		end_piece(child, PIECE_DONE, 0);
}

static void begin_file(struct reader_child *child, bool log)
{
	struct reader_share *share = child->job.share;
	int error;

	kernel_file_close(&child->file);
	moved(child);
	error = kernel_file_open(&child->file, child->message.path,
				 child->message.request.root, log, share->note,
				 sizeof(share->note));
	if (error)
		end_piece(child, PIECE_FAILED, error);
	else
		fill_from_file(child);
}

static void go_on_with_file(struct reader_child *child)
{
	if (strcmp(child->file.path, child->message.path) != 0)
		end_piece(child, PIECE_FAILED, EBADF);
	else
		fill_from_file(child);
}

static void scan_kmemleak(struct reader_child *child)
{
	static const char word[] = "scan";
	int fd = open(child->message.path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	ssize_t put = -1;

	if (fd >= 0)
		put = write(fd, word, sizeof(word) - 1);
	if (put < 0)
		end_piece(child, PIECE_FAILED, errno);
	else
		end_piece(child, PIECE_DONE, 0);
	if (fd >= 0)
		close(fd);
}

/* ---- page_owner ---- */

static int open_owner(struct reader_child *child)
{
	int error;

	if (strcmp(child->owner_path, child->message.path) == 0)
		return 0;
	if (child->owner_path[0])
		owner_file_close(&child->owner);
	child->owner_path[0] = '\0';
	moved(child);
	error = owner_file_open(&child->owner, child->job.io,
				child->message.path, text_end(child));
	if (!error)
		strcpy(child->owner_path, child->message.path);
	return error;
}

static void take_record(struct reader_child *child, uint64_t pfn, size_t length)
{
	child->state.text_length += length;
	child->state.records++;
	child->state.next = pfn + 1;
	publish(child);
}

static void end_pages(struct reader_child *child, enum piece_end end, int why,
		      uint64_t next)
{
	child->state.next = next;
	end_piece(child, end, why);
}

/* From where to read next, when the first record at or behind at is refused. */
static uint64_t pass_refused(struct reader_child *child, uint64_t at,
			     uint64_t end)
{
	struct reader_share *share = child->job.share;

	if (child->passed < PASSED_SINGLY) {
		child->passed++;
		return at + 1;
	}
	if (child->passed == PASSED_SINGLY) {
		child->passed++;
		snprintf(share->note, sizeof(share->note),
			 "where the kernel refused records, %d pages at once "
			 "were passed in the end: others may be missing",
			 PASSED_AT_ONCE);
	}
	return end - at > PASSED_AT_ONCE ? at + PASSED_AT_ONCE : end;
}

/*
 * A record that the kernel cannot print is passed page by page: its page frame
 * is not known, and the next page may have a record that can be read. Several
 * in a row count as one. A row that reaches the end of the range is looked at
 * once more there, to know whether it is over.
 */
static void fill_from_pages(struct reader_child *child, uint64_t begin,
			    uint64_t end)
{
	bool refusing = false;
	uint64_t at = begin;

	while (at < end || refusing) {
		uint64_t pfn = at;
		ssize_t got;

		if (!make_room(child, RECORD_ROOM)) {
			end_pages(child, PIECE_FULL, 0, at);
			return;
		}
		got = owner_file_read(&child->owner, &pfn, text_end(child));
		moved(child);
		if (got == -ENOMEM) {
			if (at >= end)
				break;
			refusing = true;
			at = pass_refused(child, at, end);
			continue;
		}
		child->state.refused += refusing;
		refusing = false;
		if (got < 0) {
			end_pages(child, PIECE_FAILED, (int)-got, at);
			return;
		}
		if (got == 0 || pfn >= end) {
			end_pages(child, PIECE_DONE, 0, got ? pfn : UINT64_MAX);
			return;
		}
		take_record(child, pfn, (size_t)got);
		at = pfn + 1;
	}
	end_pages(child, PIECE_DONE, 0, at);
}

static void fill_pages(struct reader_child *child)
{
	const struct read_request *request = &child->message.request;
	uint64_t begin = request->begin;
	int error;

	child->state.next = begin;
	error = open_owner(child);
	if (error) {
		end_pages(child, PIECE_FAILED, error, begin);
		return;
	}
	/* No page frame is below: passing refused ones must begin there. */
	if (begin < child->owner.delta)
		begin = child->owner.delta;
	fill_from_pages(child, begin, request->end);
}

/* ---- the process ---- */

static void work(struct reader_child *child)
{
	struct reader_share *share = child->job.share;

	memset(&child->state, 0, sizeof(child->state));
	child->packed =
		child->job.packed + (size_t)child->message.piece * PIECE_PACKED;
	switch (child->message.request.kind) {
	case READ_FILE:
	case READ_LOG:
		begin_file(child, child->message.request.kind == READ_LOG);
		break;
	case READ_MORE:
	case READ_LOG_MORE:
		go_on_with_file(child);
		break;
	case READ_PAGES:
		fill_pages(child);
		break;
	case READ_KMEMLEAK_SCAN:
		scan_kmemleak(child);
		break;
	}
	/* Publishes the end, too. */
	pack(child);
	atomic_fetch_add(&share->moves, 1);
}

/*
 * We may hang in the kernel for ever: whoever waits for the end of a pipe must
 * not wait for us. A sanitizer may still tell what it found.
 */
static void close_all_but(int keep)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	for (int fd = 0; null >= 0 && fd <= 2; fd++) {
#ifdef __SANITIZE_ADDRESS__
		if (fd == 2)
			continue;
#endif
		dup2(null, fd);
	}
#ifdef SYS_close_range
	if (keep > 3)
		syscall(SYS_close_range, 3U, (unsigned)keep - 1, 0U);
	if (syscall(SYS_close_range, (unsigned)keep + 1, ~0U, 0U) == 0)
		return;
#endif
	for (int fd = 3; fd < 1024; fd++)
		if (fd != keep)
			close(fd);
}

/*
 * What ends our parent is told to the whole group by a terminal: the parent
 * decides what to do about it, and wants what we are reading.
 */
static void settle(const struct reader_job *job)
{
	static const int ignored[] = {
		SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE,
	};

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* It may have died before we asked for that. */
	if (getppid() != job->parent)
		_exit(0);
	prctl(PR_SET_NAME, "pageowl-reader");
	for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++)
		signal(ignored[i], SIG_IGN);
	close_all_but(job->socket);
}

static bool take_message(struct reader_child *child)
{
	ssize_t got;

	do
		got = recv(child->job.socket, &child->message,
			   sizeof(child->message), 0);
	while (got < 0 && errno == EINTR);
	return got > (ssize_t)offsetof(struct reader_message, path);
}

noreturn void reader_child_run(const struct reader_job *job)
{
	struct reader_child child = {.job = *job};

	settle(job);
	child.file.fd = -1;
	child.owner.fd = -1;
	while (take_message(&child)) {
		work(&child);
		if (send(child.job.socket, &child.message.piece,
			 sizeof(child.message.piece), MSG_NOSIGNAL) < 0)
			break;
	}
	_exit(0);
}
