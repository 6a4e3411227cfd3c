/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as an archive or a dump, member by member. What is in it must not
 * depend on how much of it is asked for at a time; which members there are,
 * not on whether the others were read; and after a rewind all is as before.
 * The first byte says how much is asked for and, if it is odd, that checksums
 * are to be mended (tar_mender.h).
 */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "input/package.h"
#include "tests/fuzz/tar_mender.h"

enum {
	TEXT_MAX = 4 << 20, /* of all members; a bomb is read no further */
	PIECE_MAX = 64 << 10,
};

/* Which of the members are read, and how. */
struct way {
	size_t piece;	/* bytes that are asked for at a time */
	unsigned every; /* read each member of such a number; 0: none */
};

struct listing {
	FILE *file;
	char *text;
	size_t length;
	size_t text_bytes; /* of members */
	bool with_text;	   /* the members are quoted, not only named */
	bool lossy;	   /* some of their text is damaged */
};

static void read_source(struct source *source, size_t piece,
			struct listing *listing)
{
	/* Of the heap, so that a byte too many is seen. */
	char *buffer = malloc(piece);
	struct error err;
	size_t got = 1;
	bool done = true;

	if (!buffer)
		abort();
	while (got && listing->text_bytes < TEXT_MAX) {
		done = source_read(source, buffer, piece, &got, &err);
		if (!done)
			break;
		assert(got <= piece);
		listing->text_bytes += got;
		if (listing->with_text)
			fwrite(buffer, 1, got, listing->file);
	}
	assert(done || err.code == ERROR_IO);
	listing->lossy |= !done || source_loss(source)->text[0];
	if (listing->with_text)
		fprintf(listing->file, "\nloss: %s\n",
			source_loss(source)->text);
	free(buffer);
}

static void read_member(struct package *package, const struct way *way,
			struct listing *listing)
{
	struct source *source;
	struct error err;

	if (package_member(package, &source, &err)) {
		read_source(source, way->piece, listing);
		return;
	}
	assert(err.code == ERROR_FORMAT || err.code == ERROR_IO);
	assert(err.text[0]);
	listing->lossy = true;
}

static void put_member(const struct member *member, struct listing *listing)
{
	assert(!member->own.length || member->format);
	assert(!member->own.length || member->own.at >= member->root.at);
	fprintf(listing->file, "member %s size %" PRIu64 " format %s\n",
		member->path, member->size,
		member->format ? member->format->name : "none");
}

/* False: it is a bomb. */
static bool list_members(struct package *package, const struct way *way,
			 struct listing *listing)
{
	const struct member *member;
	struct error err;
	unsigned i;

	for (i = 0;; i++) {
		if (!package_next(package, &member, &err)) {
			assert(err.code != ERROR_MEMORY && err.text[0]);
			fprintf(listing->file, "error: %s\n", err.text);
			listing->lossy = true;
			return true;
		}
		if (!member)
			break;
		put_member(member, listing);
		if (way->every && i % way->every == 0)
			read_member(package, way, listing);
		if (listing->text_bytes >= TEXT_MAX)
			return false;
	}
	if (listing->with_text)
		fprintf(listing->file, "loss: %s\n", package_loss(package));
	/* The end stays the end. */
	assert(package_next(package, &member, &err) && !member);
	return true;
}

static void begin(struct listing *listing, bool with_text)
{
	*listing = (struct listing){.with_text = with_text};
	listing->file = open_memstream(&listing->text, &listing->length);
	if (!listing->file)
		abort();
}

/* Whether both are the same; forgets them. */
static void compare(struct listing *a, struct listing *b)
{
	if (a->length == b->length && memcmp(a->text, b->text, a->length) == 0)
		return;
	fputs("---- one way:\n", stderr);
	fwrite(a->text, 1, a->length, stderr);
	fputs("---- another way:\n", stderr);
	fwrite(b->text, 1, b->length, stderr);
	abort();
}

/* The package as way reads it; false: a bomb, or no package. */
static bool list(const char *path, const struct way *way, bool with_text,
		 struct listing *ret)
{
	struct package *package;
	struct error err;
	bool done;

	begin(ret, with_text);
	done = package_open(path, NULL, &package, &err);
	if (done) {
		done = list_members(package, way, ret);
		package_close(package);
	} else {
		assert(err.code == ERROR_FORMAT || err.code == ERROR_IO);
		fprintf(ret->file, "error: %s\n", err.text);
	}
	fclose(ret->file);
	return done;
}

/* The same once all was read, or part of it. */
static bool list_again(const char *path, const struct way *way,
		       struct listing *ret)
{
	struct listing first;
	struct package *package;
	const struct member *member;
	struct error err;
	bool done;

	begin(&first, false);
	begin(ret, true);
	done = package_open(path, NULL, &package, &err);
	assert(done && package_can_rewind(package));
	if (way->every)
		list_members(package, way, &first);
	else
		package_next(package, &member, &err);
	done = package_rewind(package, &err);
	assert(done);
	done = list_members(package, &(struct way){way->piece, 1}, ret);
	package_close(package);
	fclose(first.file);
	free(first.text);
	fclose(ret->file);
	return done;
}

static void check_texts(const char *path, size_t piece)
{
	const struct way large = {PIECE_MAX, 1}, small = {piece, 1};
	const struct way partly = {piece, 3}, none = {piece, 0};
	struct listing first, other;

	if (list(path, &large, true, &first)) {
		list(path, &small, true, &other);
		/* Of damaged gzip data some bytes may be there or not. */
		if (!first.lossy)
			compare(&first, &other);
		free(other.text);
		list_again(path, &partly, &other);
		if (!first.lossy)
			compare(&first, &other);
		free(other.text);
		list_again(path, &none, &other);
		if (!first.lossy)
			compare(&first, &other);
		free(other.text);
	}
	free(first.text);
}

static void check_names(const char *path, size_t piece)
{
	const struct way all = {piece, 1}, some = {PIECE_MAX, 2};
	const struct way none = {piece, 0};
	struct listing first, other;

	if (list(path, &all, false, &first)) {
		list(path, &some, false, &other);
		compare(&first, &other);
		free(other.text);
		list(path, &none, false, &other);
		compare(&first, &other);
		free(other.text);
	}
	free(first.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[32];
	int fd;

	if (size < 1)
		return 0;
	fd = tar_mender_file(data + 1, size - 1, data[0] & 1, path);
	check_texts(path, 1 + (size_t)data[0] * 5);
	check_names(path, 1 + (size_t)data[0] * 5);
	close(fd);
	return 0;
}
