/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A child process that reads the kernel's files. The kernel may kill whoever
 * reads (an oops in print_page_owner), or let it wait for ever (smaps_rollup
 * of a process that hangs): then one member is lost, and not the capture. What
 * is read goes into memory that parent and child share, so that nothing of it
 * is lost with the child. All memory is allocated at the start.
 *
 * A reader fills one piece at a time: it is asked, works, and answers. While
 * it works on one piece, the parent may use others.
 */
#ifndef PAGEOWL_LIVE_READER_H
#define PAGEOWL_LIVE_READER_H

#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/span.h"

enum {
	/* Text that is packed at once; a record of page_owner fits well. */
	READER_TEXT = 128 << 10,
	/* What a piece holds: usually several MiB of text. */
	PIECE_PACKED = 512 << 10,
	READERS_MAX = 64,
	/* So many we can pack for, and not be waited for. */
	READERS_PACKED_FOR = 4,
	/* A reader that does not move for so many seconds will not come back.
	 */
	READER_PATIENCE_S = 60,
};

enum read_kind {
	READ_FILE,	    /* a file, from its start on */
	READ_MORE,	    /* … and on from where the last piece ended */
	READ_LOG,	    /* /dev/kmsg up to what it holds now */
	READ_LOG_MORE,	    /* … and on */
	READ_PAGES,	    /* records of page_owner from PFN begin up to end */
	READ_KMEMLEAK_SCAN, /* write "scan"; there is no text */
};

struct read_request {
	enum read_kind kind;
	const char *path;    /* of the file */
	uint64_t begin, end; /* of READ_PAGES: base page frame numbers */
	unsigned patience_s; /* 0: that of the pool */
	/* Bytes of path below which READ_FILE follows no link; 0: anywhere. */
	size_t root;
};

enum piece_end {
	PIECE_FULL,   /* there is more: of READ_PAGES, from next on */
	PIECE_DONE,   /* the file, or the range, has no more */
	PIECE_FAILED, /* why is an errno, and what came before is whole */
	PIECE_KILLED, /* the reader died; what it had read is here */
	PIECE_LATE,   /* the reader did not move for too long; the same */
};

/* What was read: gzip members, or text; see enum reader_packing. */
struct piece {
	const char *packed; /* borrowed until the piece is asked for again */
	size_t packed_length;
	uint64_t text_bytes; /* of the text in it */
	uint64_t records;    /* of READ_PAGES */
	uint64_t refused;    /* records that the kernel refused: ENOMEM */
	/*
	 * Of READ_PAGES: reading may go on from this page; no record between
	 * begin and next is missing but those refused. May be beyond end, where
	 * the kernel told that no page in between has an owner; UINT64_MAX is
	 * the end of the file.
	 */
	uint64_t next;
	enum piece_end end;
	int why;	/* errno of PIECE_FAILED; signal of PIECE_KILLED */
	char note[160]; /* what else is to be said, or empty */
};

/* How page_owner is read: a test has a file of its own. */
struct owner_io {
	/* Like open(2), with errno. */
	int (*open)(void *context, const char *path);
	/* Like pread(2). */
	ssize_t (*read_at)(void *context, int fd, void *buffer, size_t length,
			   uint64_t offset);
	/* Like read(2). */
	ssize_t (*read)(void *context, int fd, void *buffer, size_t length);
	/* The position after read(), or -1. */
	int64_t (*tell)(void *context, int fd);
	void (*close)(void *context, int fd);
	void *context;
};

extern const struct owner_io owner_io_kernel;

enum reader_packing {
	PACKED_BY_READERS,
	/*
	 * Pieces are text, which reader_pool_packed() packs: a reader does
	 * nothing but read, while there is another CPU for us.
	 */
	PACKED_LATER,
	NOT_PACKED, /* pieces are text */
};

struct reader_options {
	unsigned readers;	   /* child processes, at least 1 */
	unsigned pieces;	   /* at least readers */
	unsigned patience_s;	   /* 0: for ever */
	const struct owner_io *io; /* NULL: the kernel's */
	enum reader_packing packing;
};

/*
 * As a machine is read: by so many readers, 0: one for each CPU. While a piece
 * of each is being read, another waits for its turn, and one is being used.
 */
struct reader_options reader_options_usual(unsigned readers);

struct reader_pool;

/* Fork the readers. They die with us. */
bool reader_pool_create(const struct reader_options *options,
			struct reader_pool **ret, struct error *err);
void reader_pool_destroy(struct reader_pool *pool);

/* How many pieces it has. */
unsigned reader_pool_pieces(const struct reader_pool *pool);

/* Whether a reader is idle, and a piece is free. */
bool reader_pool_can_ask(const struct reader_pool *pool);

/*
 * Ask an idle reader; READ_MORE goes to the one that read the file before.
 * Returns the number of the piece, which is taken until reader_pool_release().
 * A reader that had died is replaced. False when none can be had.
 */
bool reader_pool_ask(struct reader_pool *pool,
		     const struct read_request *request, unsigned *ret_piece,
		     struct error *err);

/*
 * Wait until a piece is answered, or a signal came: false with *ret_piece
 * untouched. At least one must have been asked for.
 */
bool reader_pool_wait(struct reader_pool *pool, unsigned *ret_piece);

const struct piece *reader_pool_piece(const struct reader_pool *pool,
				      unsigned piece);
/*
 * The same piece as gzip members, whoever packs them; borrowed until the next
 * call. Not of a pool whose pieces are not to be packed.
 */
const struct piece *reader_pool_packed(struct reader_pool *pool,
				       const struct piece *piece);

/* A piece that is not answered yet is wanted no more: its reader is killed. */
void reader_pool_release(struct reader_pool *pool, unsigned piece);

#endif
