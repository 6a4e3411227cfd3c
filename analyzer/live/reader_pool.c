/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parent's side of live/reader.h: who is asked, and what came of it. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "live/reader_child.h"
#include "live/reader_share.h"

enum {
	/* How long one that was killed may take to be gone. */
	DEATH_MS = 200,
	/* One that ended by itself, with an oops to print. */
	EXIT_MS = 2000,
	/* How often one that works is looked at. */
	LOOK_MS = 500,
};

struct reader {
	struct reader_share *share; /* NULL: none could be had again */
	pid_t pid;		    /* 0: there is none */
	int socket;
	bool busy;
	unsigned piece;	     /* that it fills */
	unsigned patience_s; /* without moving; 0: for ever */
	uint64_t moves;	     /* as seen last */
	uint64_t moved_ms;   /* when they had changed */
	char path[PATH_MAX]; /* the file it can go on with, or empty */
};

enum slot_state { SLOT_FREE, SLOT_ASKED, SLOT_ANSWERED };

struct slot {
	struct piece piece;
	enum slot_state state;
};

struct reader_pool {
	struct reader_options options;
	struct reader *readers;
	struct slot *slots;
	char *packed; /* PIECE_PACKED bytes for each slot */
	struct gzip_packer *packer;
	char *scratch; /* for reader_pool_packed(), or NULL */
	struct piece scratch_piece;
	struct pollfd *polled;	       /* one for each reader */
	struct reader_message message; /* too large for a stack */
	unsigned turn;		       /* whose answer is looked at first */
};

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void *map_shared(size_t length)
{
	void *at = mmap(NULL, length, PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return at == MAP_FAILED ? NULL : at;
}

static char *packed_of(const struct reader_pool *pool, unsigned slot)
{
	return pool->packed + (size_t)slot * PIECE_PACKED;
}

static struct gzip_packer *packer_of_readers(const struct reader_pool *pool)
{
	return pool->options.packing == PACKED_BY_READERS ? pool->packer : NULL;
}

/* ---- processes ---- */

/* Whether the process is gone, waiting for it at most so long. */
static bool reap(pid_t pid, int ms, int *ret_status)
{
	const struct timespec pause = {.tv_nsec = 1000000};
	pid_t got;

	for (;;) {
		got = waitpid(pid, ret_status, WNOHANG);
		if (got == pid)
			return true;
		if (got < 0 && errno != EINTR) {
			/* Somebody else has waited for it. */
			*ret_status = 0;
			return true;
		}
		if (ms-- <= 0)
			return false;
		nanosleep(&pause, NULL);
	}
}

/* There is no process any more; not all are to be waited for. */
static void reader_forget(struct reader *reader)
{
	if (reader->socket >= 0)
		close(reader->socket);
	reader->socket = -1;
	reader->pid = 0;
	reader->busy = false;
	reader->path[0] = '\0';
}

/* End the process; false: it is killed, but hangs in the kernel. */
static bool reader_end(struct reader *reader)
{
	kill(reader->pid, SIGKILL);
	return reap(reader->pid, DEATH_MS, &(int){0});
}

/*
 * One that hangs in the kernel executes nothing of ours any more, but the
 * kernel may yet write to its text: that memory is left to it.
 */
static void reader_abandon(struct reader *reader)
{
	munmap(reader->share, sizeof(*reader->share));
	reader->share = NULL;
	reader_forget(reader);
}

static void reader_kill(struct reader *reader)
{
	if (reader->pid > 0 && !reader_end(reader))
		reader_abandon(reader);
	else
		reader_forget(reader);
}

static bool reader_start(struct reader_pool *pool, struct reader *reader,
			 struct error *err)
{
	struct reader_job job = {
		.packed = pool->packed,
		.packer = packer_of_readers(pool),
		.io = pool->options.io,
		.parent = getpid(),
	};
	int pair[2];

	if (!reader->share)
		reader->share = map_shared(sizeof(*reader->share));
	if (!reader->share)
		return error_no_memory(err);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return error_set(err, ERROR_IO, "cannot make a socket: %s",
				 strerror(errno));
	reader->pid = fork();
	if (reader->pid == 0) {
		job.share = reader->share;
		job.socket = pair[1];
		reader_child_run(&job);
	}
	close(pair[1]);
	reader->socket = pair[0];
	if (reader->pid < 0) {
		reader_forget(reader);
		return error_set(err, ERROR_MEMORY,
				 "cannot start a process that reads: %s",
				 strerror(errno));
	}
	return true;
}

/* ---- the pool ---- */

static unsigned count_cpus(void)
{
	long count = sysconf(_SC_NPROCESSORS_ONLN);

	return count > 0 ? (unsigned)count : 1;
}

struct reader_options reader_options_usual(unsigned readers)
{
	unsigned cpus = count_cpus();
	struct reader_options options = {
		.readers = readers ? readers : cpus,
		.patience_s = READER_PATIENCE_S,
	};

	if (options.readers > READERS_MAX)
		options.readers = READERS_MAX;
	if (options.readers < cpus && options.readers <= READERS_PACKED_FOR)
		options.packing = PACKED_LATER;
	options.pieces = 2 * options.readers + 1;
	return options;
}

static size_t scratch_size(void)
{
	return PIECE_PACKED / READER_TEXT * gzip_member_bound(READER_TEXT);
}

static bool pool_allocate(struct reader_pool *pool, struct error *err)
{
	const struct reader_options *options = &pool->options;

	pool->readers = calloc(options->readers, sizeof(*pool->readers));
	pool->polled = calloc(options->readers, sizeof(*pool->polled));
	pool->slots = calloc(options->pieces, sizeof(*pool->slots));
	pool->packed = map_shared((size_t)options->pieces * PIECE_PACKED);
	if (!pool->readers || !pool->polled || !pool->slots || !pool->packed)
		return error_no_memory(err);
	for (unsigned i = 0; i < options->readers; i++)
		pool->readers[i].socket = -1;
	if (options->packing == PACKED_LATER) {
		pool->scratch = malloc(scratch_size());
		if (!pool->scratch)
			return error_no_memory(err);
	}
	return gzip_packer_create(&pool->packer, err);
}

bool reader_pool_create(const struct reader_options *options,
			struct reader_pool **ret, struct error *err)
{
	struct reader_pool *pool = calloc(1, sizeof(*pool));

	assert(options->readers && options->pieces >= options->readers);
	if (!pool)
		return error_no_memory(err);
	pool->options = *options;
	if (!pool->options.io)
		pool->options.io = &owner_io_kernel;
	if (!pool_allocate(pool, err))
		goto out_pool;
	/* One will do where memory is short; others are tried for again. */
	for (unsigned i = 0; i < options->readers; i++)
		if (!reader_start(pool, &pool->readers[i], err) && !i)
			goto out_pool;
	*ret = pool;
	return true;

out_pool:
	reader_pool_destroy(pool);
	return false;
}

void reader_pool_destroy(struct reader_pool *pool)
{
	if (!pool)
		return;
	/* All at once, so that their deaths are waited for together. */
	for (unsigned i = 0; pool->readers && i < pool->options.readers; i++)
		if (pool->readers[i].pid > 0)
			kill(pool->readers[i].pid, SIGKILL);
	for (unsigned i = 0; pool->readers && i < pool->options.readers; i++) {
		struct reader *reader = &pool->readers[i];

		reader_kill(reader);
		if (reader->share)
			munmap(reader->share, sizeof(*reader->share));
	}
	if (pool->packed)
		munmap(pool->packed,
		       (size_t)pool->options.pieces * PIECE_PACKED);
	gzip_packer_destroy(pool->packer);
	free(pool->scratch);
	free(pool->readers);
	free(pool->polled);
	free(pool->slots);
	free(pool);
}

unsigned reader_pool_pieces(const struct reader_pool *pool)
{
	return pool->options.pieces;
}

/* ---- asking ---- */

static bool goes_on(enum read_kind kind)
{
	return kind == READ_MORE || kind == READ_LOG_MORE;
}

static bool opens(enum read_kind kind)
{
	return kind == READ_FILE || kind == READ_LOG;
}

/* An idle reader that can serve the request, rather one that lives. */
static struct reader *find_reader(const struct reader_pool *pool,
				  const struct read_request *request)
{
	struct reader *found = NULL;

	for (unsigned i = 0; i < pool->options.readers; i++) {
		struct reader *reader = &pool->readers[i];

		if (reader->busy)
			continue;
		if (goes_on(request->kind)) {
			if (reader->pid &&
			    strcmp(reader->path, request->path) == 0)
				return reader;
		} else if (!found || (reader->pid && !found->pid)) {
			found = reader;
		}
	}
	return found;
}

static bool find_slot(const struct reader_pool *pool, unsigned *ret)
{
	for (unsigned i = 0; i < pool->options.pieces; i++)
		if (pool->slots[i].state == SLOT_FREE) {
			*ret = i;
			return true;
		}
	return false;
}

bool reader_pool_can_ask(const struct reader_pool *pool)
{
	unsigned slot;
	bool idle = false;

	for (unsigned i = 0; i < pool->options.readers; i++)
		idle |= !pool->readers[i].busy;
	return idle && find_slot(pool, &slot);
}

static bool send_message(struct reader_pool *pool, struct reader *reader)
{
	size_t length = offsetof(struct reader_message, path) +
			strlen(pool->message.path) + 1;
	ssize_t put;

	do
		put = send(reader->socket, &pool->message, length,
			   MSG_NOSIGNAL);
	while (put < 0 && errno == EINTR);
	return put == (ssize_t)length;
}

/* An idle reader may have been killed meanwhile, by whoever needs memory. */
static bool deliver(struct reader_pool *pool, struct reader *reader,
		    struct error *err)
{
	const struct read_request *request = &pool->message.request;
	const struct reader_state blank = {.next = request->begin};

	for (int tries = 0; tries < 2; tries++) {
		if (!reader->pid && !reader_start(pool, reader, err))
			return false;
		reader->share->note[0] = '\0';
		reader_share_publish(reader->share, &blank);
		if (send_message(pool, reader))
			return true;
		reader_kill(reader);
		if (goes_on(request->kind))
			break;
	}
	return error_set(err, ERROR_IO, "the process that reads is gone");
}

/* A scan of kmemleak may take as long as it likes. */
static unsigned patience_for(const struct reader_pool *pool,
			     const struct read_request *request)
{
	if (request->kind == READ_KMEMLEAK_SCAN)
		return 0;
	return request->patience_s ? request->patience_s
				   : pool->options.patience_s;
}

bool reader_pool_ask(struct reader_pool *pool,
		     const struct read_request *request, unsigned *ret_piece,
		     struct error *err)
{
	struct reader *reader = find_reader(pool, request);
	unsigned slot;

	if (!reader || !find_slot(pool, &slot))
		return error_set(err, ERROR_IO, "no process is free to read");
	if (strlen(request->path) >= sizeof(pool->message.path))
		return error_set(err, ERROR_IO, "the path is too long");
	pool->message.request = *request;
	pool->message.request.path = NULL;
	pool->message.piece = slot;
	strcpy(pool->message.path, request->path);
	if (!deliver(pool, reader, err))
		return false;
	if (opens(request->kind))
		strcpy(reader->path, request->path);
	reader->busy = true;
	reader->piece = slot;
	reader->patience_s = patience_for(pool, request);
	reader->moves = atomic_load(&reader->share->moves);
	reader->moved_ms = now_ms();
	pool->slots[slot].state = SLOT_ASKED;
	*ret_piece = slot;
	return true;
}

/* ---- answers ---- */

/* The piece is what the reader has published, and what we pack for it. */
static void take_piece(struct reader_pool *pool, struct reader *reader)
{
	struct slot *slot = &pool->slots[reader->piece];
	struct reader_state state = reader_share_state(reader->share);
	char *packed = packed_of(pool, reader->piece);

	reader_share_pack(reader->share, &state, packer_of_readers(pool),
			  packed);
	slot->piece = (struct piece){
		.packed = packed,
		.packed_length = state.packed_length,
		.text_bytes = state.text_bytes,
		.records = state.records,
		.refused = state.refused,
		.next = state.next,
		.end = (enum piece_end)state.end,
		.why = state.why,
	};
	memcpy(slot->piece.note, reader->share->note,
	       sizeof(slot->piece.note) - 1);
	slot->state = SLOT_ANSWERED;
	reader->busy = false;
}

static void take_answer(struct reader_pool *pool, struct reader *reader)
{
	take_piece(pool, reader);
	if (pool->slots[reader->piece].piece.end != PIECE_FULL)
		reader->path[0] = '\0';
}

static void take_remains(struct reader_pool *pool, struct reader *reader)
{
	struct piece *piece = &pool->slots[reader->piece].piece;
	int status = 0;
	bool gone = reap(reader->pid, EXIT_MS, &status) || reader_end(reader);

	take_piece(pool, reader);
	piece->end = PIECE_KILLED;
	piece->why = gone && WIFSIGNALED(status) ? WTERMSIG(status) : SIGKILL;
	if (gone)
		reader_forget(reader);
	else
		reader_abandon(reader);
}

static void take_late(struct reader_pool *pool, struct reader *reader)
{
	struct piece *piece = &pool->slots[reader->piece].piece;
	/* From then on it publishes nothing under our hands. */
	bool gone = reader_end(reader);

	take_piece(pool, reader);
	piece->end = PIECE_LATE;
	piece->why = 0;
	if (gone)
		reader_forget(reader);
	else
		reader_abandon(reader);
}

/* Milliseconds for which the reader may go on without moving; 0: it is late. */
static uint64_t patience_left(struct reader *reader, uint64_t now)
{
	uint64_t moves = atomic_load(&reader->share->moves);
	uint64_t patience = (uint64_t)reader->patience_s * 1000;

	if (moves != reader->moves) {
		reader->moves = moves;
		reader->moved_ms = now;
	}
	if (now - reader->moved_ms >= patience)
		return 0;
	return patience - (now - reader->moved_ms);
}

/* Find one that is late, or for how long to wait; -1: until it answers. */
static struct reader *find_late(struct reader_pool *pool, int *ret_ms)
{
	uint64_t now = now_ms();

	*ret_ms = -1;
	for (unsigned i = 0; i < pool->options.readers; i++) {
		struct reader *reader = &pool->readers[i];
		uint64_t left;

		if (!reader->busy || !reader->patience_s)
			continue;
		left = patience_left(reader, now);
		if (!left)
			return reader;
		/* Whether it moves is seen no later than that. */
		if (left > LOOK_MS)
			left = LOOK_MS;
		if (*ret_ms < 0 || left < (uint64_t)*ret_ms)
			*ret_ms = (int)left;
	}
	return NULL;
}

/* Receive what a reader sent, or learn that it died; false: neither. */
static bool receive(struct reader_pool *pool, struct reader *reader)
{
	unsigned piece;
	ssize_t got = recv(reader->socket, &piece, sizeof(piece), MSG_DONTWAIT);

	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return false;
	if (got == (ssize_t)sizeof(piece) && piece == reader->piece)
		take_answer(pool, reader);
	else
		take_remains(pool, reader);
	return true;
}

/* The first answer, each reader being the first to be looked at in turn. */
static struct reader *find_answer(struct reader_pool *pool)
{
	unsigned count = pool->options.readers;

	for (unsigned i = 0; i < count; i++) {
		unsigned at = (pool->turn + i) % count;

		if (pool->polled[at].revents &&
		    receive(pool, &pool->readers[at])) {
			pool->turn = (at + 1) % count;
			return &pool->readers[at];
		}
	}
	return NULL;
}

bool reader_pool_wait(struct reader_pool *pool, unsigned *ret_piece)
{
	for (;;) {
		struct reader *reader;
		int ready, ms;

		for (unsigned i = 0; i < pool->options.readers; i++) {
			reader = &pool->readers[i];
			/* poll() passes negative descriptors. */
			pool->polled[i] = (struct pollfd){
				.fd = reader->busy ? reader->socket : -1,
				.events = POLLIN,
			};
		}
		reader = find_late(pool, &ms);
		/* It may have answered just now. */
		ready = poll(pool->polled, pool->options.readers,
			     reader ? 0 : ms);
		if (ready < 0 && errno == EINTR)
			return false;
		/* Without memory for it: it is looked at again. */
		if (ready < 0) {
			nanosleep(&(struct timespec){.tv_nsec = 10000000},
				  NULL);
			continue;
		}
		if (ready > 0)
			reader = find_answer(pool);
		else if (reader)
			take_late(pool, reader);
		if (reader) {
			*ret_piece = reader->piece;
			return true;
		}
	}
}

const struct piece *reader_pool_piece(const struct reader_pool *pool,
				      unsigned piece)
{
	assert(pool->slots[piece].state == SLOT_ANSWERED);
	return &pool->slots[piece].piece;
}

const struct piece *reader_pool_packed(struct reader_pool *pool,
				       const struct piece *piece)
{
	struct span text = {piece->packed, piece->packed_length};
	size_t length = 0;

	if (pool->options.packing == PACKED_BY_READERS)
		return piece;
	assert(pool->scratch);
	while (text.length) {
		struct span part = text;

		if (part.length > READER_TEXT)
			part.length = READER_TEXT;
		length += gzip_member_pack(pool->packer, part,
					   pool->scratch + length);
		text = span_skip(text, part.length);
	}
	pool->scratch_piece = *piece;
	pool->scratch_piece.packed = pool->scratch;
	pool->scratch_piece.packed_length = length;
	return &pool->scratch_piece;
}

void reader_pool_release(struct reader_pool *pool, unsigned piece)
{
	for (unsigned i = 0; i < pool->options.readers; i++)
		if (pool->readers[i].busy && pool->readers[i].piece == piece)
			reader_kill(&pool->readers[i]);
	pool->slots[piece].state = SLOT_FREE;
}
