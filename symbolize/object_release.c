/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "symbolize/object_release.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	WINDOW_CAPACITY = 256 << 10,

	/* More than the marks below, a release and what ends it. */
	OVERLAP = 128,
};

/* Constants of a kernel have some 10 MB, with everything built in 40. */
#define SCANNED_MAX (UINT64_C(128) << 20)

/* How a release is written down. */
struct mark {
	const char *before, *after;
	bool begins_text; /* nothing but a zero stands before it */
};

static const struct mark module_mark = {"vermagic=", " ", true};
static const struct mark kernel_mark = {"Linux version ", " (", false};

static size_t read_at(int fd, uint64_t at, char *buffer, size_t length)
{
	ssize_t got;

	do
		got = pread(fd, buffer, length, (off_t)at);
	while (got < 0 && errno == EINTR);
	return got > 0 ? (size_t)got : 0;
}

/* The release at text, if there is one and all of it is there. */
static bool take_release(const char *text, size_t length, const char *after,
			 char ret[OBJECT_RELEASE_CAPACITY])
{
	size_t own = 0, end = strlen(after);

	while (own < length && isgraph((unsigned char)text[own]))
		own++;
	if (!own || own >= OBJECT_RELEASE_CAPACITY ||
	    !isdigit((unsigned char)text[0]) || length - own < end ||
	    memcmp(text + own, after, end) != 0)
		return false;
	memcpy(ret, text, own);
	ret[own] = '\0';
	return true;
}

static bool find_release(const char *window, size_t length, bool is_first,
			 const struct mark *mark,
			 char ret[OBJECT_RELEASE_CAPACITY])
{
	const size_t before = strlen(mark->before);
	const char *at = window, *end = window + length;

	while ((at = memmem(at, (size_t)(end - at), mark->before, before))) {
		bool begins = at == window ? is_first : !at[-1];

		at += before;
		if ((begins || !mark->begins_text) &&
		    take_release(at, (size_t)(end - at), mark->after, ret))
			return true;
	}
	return false;
}

/* What is cut by the end of a window is whole in the next. */
static bool scan(int fd, const struct elf_extent *extent,
		 const struct mark *mark, char *window,
		 char ret[OBJECT_RELEASE_CAPACITY])
{
	const uint64_t size =
		extent->size < SCANNED_MAX ? extent->size : SCANNED_MAX;
	uint64_t at = 0;
	size_t wanted, got;

	for (;;) {
		wanted = size - at < WINDOW_CAPACITY ? (size_t)(size - at)
						     : WINDOW_CAPACITY;
		got = read_at(fd, extent->offset + at, window, wanted);
		if (find_release(window, got, !at, mark, ret))
			return true;
		if (got < wanted || at + got >= size)
			return false;
		at += got - OVERLAP;
	}
}

bool object_release_read(const struct object_file *file,
			 char ret[OBJECT_RELEASE_CAPACITY])
{
	const struct mark *mark =
		file->is_relocatable ? &module_mark : &kernel_mark;
	char *window;
	bool found;

	if (!file->release_text.size)
		return false;
	window = malloc(WINDOW_CAPACITY);
	if (!window)
		return false;
	found = scan(file->fd, &file->release_text, mark, window, ret);
	free(window);
	return found;
}
