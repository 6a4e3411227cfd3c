/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/unpack.h"

#include <stdlib.h>

#ifdef HAVE_ARCHIVE

#include <archive.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/quote.h"
#include "input/clause.h"

enum {
	INPUT_CAPACITY = 64 << 10,

	/*
	 * Compressed once, perhaps by mistake twice, and the file itself.
	 * libarchive would go down two dozen levels, and each of them may
	 * multiply its input by a thousand.
	 */
	FILTERS_MAX = 3,
};

struct unpack {
	struct archive *archive;
	struct source_io io;
	uint64_t given;	     /* bytes that io gave */
	uint64_t text_bytes; /* decompressed and given out */
	int io_error;	     /* why io stopped, or 0 */
	bool io_ended;
	bool opened; /* libarchive knows the compression */
	bool ended;
	char loss[256];
	char input[INPUT_CAPACITY];
};

const char *unpack_backend(void)
{
	return archive_version_string();
}

bool unpack_reads(enum packed_stream stream)
{
	/*
	 * A filter whose library was left out of libarchive starts a program
	 * instead: then we do not ask for it.
	 */
	switch (stream) {
	case PACKED_NONE:
		return false;
	case PACKED_XZ:
	case PACKED_LZMA:
	case PACKED_LZIP:
		return archive_liblzma_version() != NULL;
	case PACKED_ZSTD:
		return archive_libzstd_version() != NULL;
	case PACKED_LZ4:
		return archive_liblz4_version() != NULL;
	case PACKED_BZIP2:
		return archive_bzlib_version() != NULL;
	case PACKED_COMPRESS:
		return true;
	}
	return false;
}

static void support_filters(struct archive *archive)
{
	archive_read_support_filter_compress(archive);
	if (unpack_reads(PACKED_XZ)) {
		archive_read_support_filter_xz(archive);
		archive_read_support_filter_lzma(archive);
		archive_read_support_filter_lzip(archive);
	}
	if (unpack_reads(PACKED_ZSTD))
		archive_read_support_filter_zstd(archive);
	if (unpack_reads(PACKED_LZ4))
		archive_read_support_filter_lz4(archive);
	if (unpack_reads(PACKED_BZIP2))
		archive_read_support_filter_bzip2(archive);
	if (archive_zlib_version())
		archive_read_support_filter_gzip(archive);
}

static la_ssize_t read_input(struct archive *archive, void *context,
			     const void **ret)
{
	struct unpack *unpack = context;
	ssize_t got = 0;

	(void)archive;
	if (!unpack->io_ended) {
		do {
			got = unpack->io.read(unpack->io.context, unpack->input,
					      INPUT_CAPACITY);
		} while (got < 0 && errno == EINTR);
		if (got < 0)
			unpack->io_error = errno;
		unpack->io_ended = got <= 0;
	}
	*ret = unpack->input;
	if (got <= 0)
		return 0;
	unpack->given += (uint64_t)got;
	return got;
}

/* Tell how the data ended, if not well. */
static void tell_loss(struct unpack *unpack, const char *why)
{
	char quoted[QUOTE_CAPACITY];

	if (unpack->io_error)
		clause_add(unpack->loss, sizeof(unpack->loss),
			   "reading stopped after %" PRIu64 " byte%s: %s",
			   unpack->given, clause_plural(unpack->given),
			   strerror(unpack->io_error));
	/* Nobody asks for more than there is of whole data. */
	if (unpack->io_ended) {
		clause_add(unpack->loss, sizeof(unpack->loss),
			   "compressed data ends early after %" PRIu64
			   " byte%s of text",
			   unpack->text_bytes,
			   clause_plural(unpack->text_bytes));
		return;
	}
	quote_text(span_of(why), QUOTE_LIMIT, quoted, sizeof(quoted));
	clause_add(unpack->loss, sizeof(unpack->loss),
		   "compressed data is damaged after %" PRIu64
		   " byte%s of text, the rest is lost (%s)",
		   unpack->text_bytes, clause_plural(unpack->text_bytes),
		   quoted);
}

/* What follows the compressed data was not looked at. */
static void tell_garbage(struct unpack *unpack)
{
	int64_t used = archive_filter_bytes(unpack->archive, -1);

	/* Of no text at all it does not say. */
	if (used <= 0 || (uint64_t)used >= unpack->given || !unpack->text_bytes)
		return;
	clause_add(unpack->loss, sizeof(unpack->loss),
		   "what follows the compressed data is ignored");
}

/* End as status says; false when memory ran out. */
static bool end(struct unpack *unpack, int status)
{
	const char *why = archive_error_string(unpack->archive);

	unpack->ended = true;
	if (status == ARCHIVE_EOF || status == ARCHIVE_OK) {
		tell_garbage(unpack);
		return true;
	}
	if (archive_errno(unpack->archive) == ENOMEM) {
		errno = ENOMEM;
		return false;
	}
	tell_loss(unpack, why ? why : "no reason given");
	return true;
}

/* Find out about the compression; false when memory ran out. */
static bool open_stream(struct unpack *unpack)
{
	struct archive_entry *entry;
	int status = archive_read_open2(unpack->archive, unpack, NULL,
					read_input, NULL, NULL);
	int filters;

	unpack->opened = true;
	if (status == ARCHIVE_OK)
		status = archive_read_next_header(unpack->archive, &entry);
	if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
		return end(unpack, status);
	filters = archive_filter_count(unpack->archive);
	if (filters > 1 && filters <= FILTERS_MAX)
		return true;
	unpack->ended = true;
	/* Too short for libarchive to know it: it would be text to it. */
	if (filters <= 1)
		tell_loss(unpack, "not known to libarchive");
	else
		clause_add(unpack->loss, sizeof(unpack->loss),
			   "compressed more than twice over, not read");
	return true;
}

bool unpack_create(struct source_io io, struct unpack **ret, struct error *err)
{
	struct unpack *unpack = malloc(sizeof(*unpack));

	if (!unpack)
		return error_no_memory(err);
	*unpack = (struct unpack){.io = io};
	unpack->archive = archive_read_new();
	if (!unpack->archive) {
		free(unpack);
		return error_no_memory(err);
	}
	support_filters(unpack->archive);
	archive_read_support_format_raw(unpack->archive);
	/* Of no bytes at all. */
	archive_read_support_format_empty(unpack->archive);
	*ret = unpack;
	return true;
}

void unpack_destroy(struct unpack *unpack)
{
	if (!unpack)
		return;
	archive_read_free(unpack->archive);
	free(unpack);
}

ssize_t unpack_read(void *context, void *buffer, size_t length)
{
	struct unpack *unpack = context;
	la_ssize_t got;

	if (!unpack->opened && !open_stream(unpack))
		return -1;
	if (unpack->ended)
		return 0;
	got = archive_read_data(unpack->archive, buffer, length);
	if (got > 0) {
		unpack->text_bytes += (uint64_t)got;
		return got;
	}
	return end(unpack, (int)got) ? 0 : -1;
}

const char *unpack_loss(const struct unpack *unpack)
{
	return unpack->loss;
}

#else

const char *unpack_backend(void)
{
	return "none";
}

bool unpack_reads(enum packed_stream stream)
{
	(void)stream;
	return false;
}

bool unpack_create(struct source_io io, struct unpack **ret, struct error *err)
{
	(void)io;
	(void)ret;
	return error_set(err, ERROR_FORMAT, "built without libarchive");
}

void unpack_destroy(struct unpack *unpack)
{
	free(unpack);
}

ssize_t unpack_read(void *context, void *buffer, size_t length)
{
	(void)context;
	(void)buffer;
	(void)length;
	return 0;
}

const char *unpack_loss(const struct unpack *unpack)
{
	(void)unpack;
	return "";
}

#endif
