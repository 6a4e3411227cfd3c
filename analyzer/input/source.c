/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/source.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/quote.h"
#include "base/span.h"
#include "input/clause.h"
#include "input/gunzip.h"
#include "input/packed.h"
#include "input/unpack.h"

enum {
	STAGE_CAPACITY = 256 << 10,
	NAME_LIMIT = 200, /* bytes of a path in messages */

	/*
	 * A live file is read in parts of this size. Since 5.0 a record of
	 * page_owner has at most a page, of 64 KiB on some machines; it was
	 * never seen longer than 4 KiB. Before 5.0 the kernel allocates as
	 * much as we ask for, and more than eight pages in a row may well be
	 * missing: then it refuses the record with ENOMEM.
	 */
	RECORDS_READ = 32 << 10,
	/* With less room than this we do not read at all. */
	RECORDS_ROOM = 64 << 10,

	/*
	 * Records that the kernel cannot print come in rows, when many pages
	 * have the same long stack. But a file that never moves on must end.
	 */
	UNREADABLE_IN_A_ROW = 1 << 20,
};

struct source {
	struct source_io io;
	struct gunzip *gunzip;	   /* of gzip, or NULL */
	struct unpack *unpack;	   /* of other compressions, or NULL */
	uint8_t *stage;		   /* bytes that were read but not used yet */
	size_t stage_at;	   /* where the first of them is */
	size_t stage_end;	   /* where they end */
	size_t peek_at;		   /* of decompressed text in peek */
	size_t peek_end;	   /* where it ends */
	uint64_t total_bytes;	   /* the size of the file; 0: not known */
	atomic_uint_fast64_t done; /* bytes that were read */
	enum source_kind kind;
	int fd;		 /* for read_fd() */
	bool fd_owned;	 /* close it at the end */
	bool plain;	 /* see source_plain() */
	bool ended;	 /* io has no more */
	bool text_ended; /* the decompressor has no more */
	struct source_loss loss;
	char peek[PACKED_HEAD];	       /* see source_peek() */
	char name[4 * NAME_LIMIT + 8]; /* as in messages, with its quotes */
};

static ssize_t read_fd(void *context, void *buffer, size_t length)
{
	const struct source *source = context;

	return read(source->fd, buffer, length);
}

static void end_input(struct source *source)
{
	source->ended = true;
	if (source->io.loss)
		source->io.loss(source->io.context, &source->loss);
}

/*
 * Reading failed for good. What came before stays of use: this is an error
 * only at the very start.
 */
static bool end_badly(struct source *source, int reason, const char *why,
		      struct error *err)
{
	uint64_t done = atomic_load(&source->done);
	char *told = source->loss.text;

	end_input(source);
	if (!done && !source->loss.unreadable_records)
		return error_set_io(err, reason, "cannot read %s: %s",
				    source->name, told[0] ? told : why);
	/* Whoever read may know better where that was. */
	if (!told[0])
		clause_add(told, sizeof(source->loss.text),
			   "reading stopped after %" PRIu64 " byte%s: %s", done,
			   clause_plural(done), why);
	return true;
}

/* Read once; *ret_length 0 means the end. */
static bool fetch(struct source *source, void *buffer, size_t room,
		  size_t *ret_length, struct error *err)
{
	uint32_t unreadable = 0;

	*ret_length = 0;
	if (source->kind == SOURCE_RECORDS && room > RECORDS_READ)
		room = RECORDS_READ;
	while (!source->ended) {
		ssize_t length =
			source->io.read(source->io.context, buffer, room);

		if (length > 0) {
			atomic_fetch_add(&source->done, (uint64_t)length);
			*ret_length = (size_t)length;
			return true;
		}
		if (length == 0) {
			end_input(source);
			return true;
		}
		if (errno == EINTR)
			continue;
		if (errno != ENOMEM || source->kind != SOURCE_RECORDS)
			return end_badly(source, errno, strerror(errno), err);
		/* The kernel has already gone on to the next record. */
		source->loss.unreadable_records++;
		if (++unreadable == UNREADABLE_IN_A_ROW)
			return end_badly(source, ENOMEM,
					 "the kernel refuses every record",
					 err);
	}
	return true;
}

/* Put what comes next into the empty stage. */
static bool stage_fill(struct source *source, struct error *err)
{
	source->stage_at = 0;
	source->stage_end = 0;
	return fetch(source, source->stage, STAGE_CAPACITY, &source->stage_end,
		     err);
}

/* Stage as much as packed_refuse() has to see. */
static bool stage_head(struct source *source, struct error *err)
{
	while (source->stage_end < PACKED_HEAD && !source->ended) {
		size_t length;

		if (!fetch(source, source->stage + source->stage_end,
			   STAGE_CAPACITY - source->stage_end, &length, err))
			return false;
		source->stage_end += length;
	}
	return true;
}

/* Move staged bytes to buffer, at most room. */
static size_t stage_take(struct source *source, void *buffer, size_t room)
{
	size_t length = source->stage_end - source->stage_at;

	if (length > room)
		length = room;
	if (length)
		memcpy(buffer, source->stage + source->stage_at, length);
	source->stage_at += length;
	return length;
}

static struct source *source_new(const char *path, struct error *err)
{
	struct source *source = calloc(1, sizeof(*source));
	char quoted[4 * NAME_LIMIT + 4];

	if (!source) {
		error_no_memory(err);
		return NULL;
	}
	atomic_init(&source->done, 0);
	if (strcmp(path, "-") == 0) {
		strcpy(source->name, "standard input");
		return source;
	}
	quote_text(span_of(path), NAME_LIMIT, quoted, sizeof(quoted));
	snprintf(source->name, sizeof(source->name), "'%s'", quoted);
	return source;
}

/* Bytes as they are stored, for a decompressor. */
static ssize_t read_stored(void *context, void *buffer, size_t length)
{
	struct source *source = context;
	size_t got = stage_take(source, buffer, length);
	struct error err;

	if (got)
		return (ssize_t)got;
	/* Fails only where nothing was read, but the head was. */
	return fetch(source, buffer, length, &got, &err) ? (ssize_t)got : 0;
}

/* Decide by its first bytes how the input is read. */
static bool know_head(struct source *source, const char *path, struct span head,
		      struct error *err)
{
	struct source_io stored = {.read = read_stored, .context = source};

	/* The first byte alone is no text: gzip that was cut behind it. */
	if (span_starts_with(head, SPAN("\x1f\x8b")) ||
	    span_equal(head, SPAN("\x1f")))
		return gunzip_create(stored, &source->gunzip, err);
	if (unpack_reads(packed_stream(head)))
		return unpack_create(stored, &source->unpack, err);
	return packed_refuse(head, path, source->name, err);
}

/* Begin to read an input that has to be read from its start on. */
static bool open_stream(struct source *source, const char *path,
			struct error *err)
{
	struct span head;

	source->stage = malloc(STAGE_CAPACITY);
	if (!source->stage)
		return error_no_memory(err);
	if (!stage_head(source, err))
		return false;
	head = (struct span){(const char *)source->stage, source->stage_end};
	return know_head(source, path, head, err);
}

/*
 * A regular file that says its size: its head is looked at without moving on,
 * so that text can be read in ranges.
 */
static bool open_sized(struct source *source, const char *path,
		       struct error *err)
{
	char bytes[PACKED_HEAD];
	ssize_t length;

	do {
		length = pread(source->fd, bytes, sizeof(bytes), 0);
	} while (length < 0 && errno == EINTR);
	if (length < 0)
		return error_set_io(err, errno, "cannot read %s: %s",
				    source->name, strerror(errno));
	/* Only advice: a failure changes nothing. */
	posix_fadvise(source->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	if (!know_head(source, path, (struct span){bytes, (size_t)length}, err))
		return false;
	source->plain = !source->gunzip && !source->unpack;
	return true;
}

/* Begin to read what fd, which may be invalid, was opened on. */
static bool open_file(struct source *source, const char *path,
		      struct error *err)
{
	struct stat stat;

	if (source->fd < 0 || fstat(source->fd, &stat) != 0)
		return error_set_io(err, errno, "cannot open %s: %s",
				    source->name, strerror(errno));
	if (S_ISDIR(stat.st_mode))
		return error_set(err, ERROR_IO, "%s is a directory",
				 source->name);
	source->io = (struct source_io){.read = read_fd, .context = source};
	if (!S_ISREG(stat.st_mode))
		return open_stream(source, path, err);
	/* The files of debugfs and procfs claim to be empty. */
	if (stat.st_size == 0) {
		source->kind = SOURCE_RECORDS;
		return open_stream(source, path, err);
	}
	/* Who gave us standard input may have read some of it. */
	if (lseek(source->fd, 0, SEEK_CUR) != 0)
		return open_stream(source, path, err);
	source->total_bytes = (uint64_t)stat.st_size;
	return open_sized(source, path, err);
}

static bool create_fd(int fd, bool owned, const char *path, struct source **ret,
		      struct error *err)
{
	int reason = errno;
	struct source *source = source_new(path, err);

	if (!source) {
		if (owned)
			close(fd);
		return false;
	}
	source->fd = fd;
	source->fd_owned = owned;
	errno = reason;
	if (!open_file(source, path, err)) {
		source_destroy(source);
		return false;
	}
	*ret = source;
	return true;
}

bool source_create(const char *path, struct source **ret, struct error *err)
{
	int fd;

	if (strcmp(path, "-") == 0)
		return create_fd(STDIN_FILENO, false, path, ret, err);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	return create_fd(fd, fd >= 0, path, ret, err);
}

bool source_create_fd(int fd, const char *path, struct source **ret,
		      struct error *err)
{
	return create_fd(fd, true, path, ret, err);
}

bool source_create_io(struct source_io io, enum source_kind kind,
		      const char *path, struct source **ret, struct error *err)
{
	struct source *source = source_new(path, err);

	if (!source) {
		if (io.close)
			io.close(io.context);
		return false;
	}
	source->io = io;
	source->kind = kind;
	if (!open_stream(source, path, err)) {
		source_destroy(source);
		return false;
	}
	*ret = source;
	return true;
}

bool source_open(const struct source_opener *opener, const char *path,
		 struct source **ret, struct error *err)
{
	return opener ? opener->open(opener->context, path, ret, err)
		      : source_create(path, ret, err);
}

void source_destroy(struct source *source)
{
	if (!source)
		return;
	if (source->fd_owned)
		close(source->fd);
	if (source->io.close)
		source->io.close(source->io.context);
	gunzip_destroy(source->gunzip);
	unpack_destroy(source->unpack);
	free(source->stage);
	free(source);
}

/* Text as it was read. */
static bool read_text(struct source *source, uint8_t *buffer, size_t capacity,
		      size_t *ret_length, struct error *err)
{
	size_t need = source->kind == SOURCE_RECORDS ? RECORDS_ROOM : 1;
	size_t length = stage_take(source, buffer, capacity);

	/* A caller with little room gets a record in parts. */
	if (!length && capacity < need) {
		if (!stage_fill(source, err))
			return false;
		length = stage_take(source, buffer, capacity);
	}
	while (capacity - length >= need && !source->ended) {
		size_t got;

		if (!fetch(source, buffer + length, capacity - length, &got,
			   err))
			return false;
		length += got;
	}
	*ret_length = length;
	return true;
}

static bool is_compressed(const struct source *source)
{
	return source->gunzip || source->unpack;
}

/* The decompressor has no more. */
static void end_text(struct source *source)
{
	const char *loss = source->gunzip ? gunzip_loss(source->gunzip)
					  : unpack_loss(source->unpack);

	source->text_ended = true;
	if (loss[0])
		clause_add(source->loss.text, sizeof(source->loss.text), "%s",
			   loss);
}

/* What was decompressed for source_peek() is yet to be read. */
static size_t peek_take(struct source *source, void *buffer, size_t room)
{
	size_t length = source->peek_end - source->peek_at;

	if (length > room)
		length = room;
	memcpy(buffer, source->peek + source->peek_at, length);
	source->peek_at += length;
	return length;
}

/* Text that has to be decompressed. */
static bool read_decompressed(struct source *source, uint8_t *buffer,
			      size_t capacity, size_t *ret_length,
			      struct error *err)
{
	size_t length = peek_take(source, buffer, capacity);

	while (length < capacity && !source->text_ended) {
		uint8_t *at = buffer + length;
		size_t room = capacity - length;
		ssize_t got = source->gunzip
				      ? gunzip_read(source->gunzip, at, room)
				      : unpack_read(source->unpack, at, room);

		if (got < 0)
			return error_no_memory(err);
		if (!got)
			end_text(source);
		length += (size_t)got;
	}
	*ret_length = length;
	return true;
}

bool source_read(struct source *source, void *buffer, size_t capacity,
		 size_t *ret_length, struct error *err)
{
	assert(capacity > 0);
	return is_compressed(source)
		       ? read_decompressed(source, buffer, capacity, ret_length,
					   err)
		       : read_text(source, buffer, capacity, ret_length, err);
}

/* The head of a plain file; what cannot be read now is for later to tell. */
static void peek_plain(struct source *source)
{
	ssize_t length;

	do {
		length = pread(source->fd, source->peek, sizeof(source->peek),
			       0);
	} while (length < 0 && errno == EINTR);
	source->peek_end = length < 0 ? 0 : (size_t)length;
}

bool source_peek(struct source *source, struct span *ret, struct error *err)
{
	size_t got;

	if (!is_compressed(source) && !source->plain) {
		*ret = (struct span){(const char *)source->stage,
				     source->stage_end};
		return true;
	}
	if (source->plain) {
		peek_plain(source);
	} else if (!source->peek_end) {
		if (!read_decompressed(source, (uint8_t *)source->peek,
				       sizeof(source->peek), &got, err))
			return false;
		source->peek_end = got;
	}
	*ret = (struct span){source->peek, source->peek_end};
	return true;
}

bool source_plain(const struct source *source, int *ret_fd, uint64_t *ret_size)
{
	if (!source->plain)
		return false;
	*ret_fd = source->fd;
	*ret_size = source->total_bytes;
	return true;
}

void source_progress(const struct source *source, uint64_t *ret_done,
		     uint64_t *ret_total)
{
	*ret_done = source->io.progress
			    ? source->io.progress(source->io.context)
			    : atomic_load(&source->done);
	*ret_total = source->total_bytes;
}

const struct source_loss *source_loss(const struct source *source)
{
	return &source->loss;
}
