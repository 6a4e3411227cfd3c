/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memrchr */
#include "cli/text_feed.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/quote.h"
#include "input/packed.h"
#include "input/source.h"

enum {
	/* Bytes that tell a compressed stream from text. */
	MAGIC_LENGTH = 6,
	/* Of a stream that never pauses so much is looked at in one go. */
	ENOUGH = 1 << 20,
	/* What one read of a stream asks for: a pipe holds as much. */
	READ_LENGTH = 64 << 10,
};

struct text_feed {
	struct source *source; /* files, and what is compressed; or NULL */
	int fd;		       /* of what is read directly */
	bool fd_owned;
	bool ended;	    /* there is nothing more to read */
	bool in_long;	    /* inside a line that is longer than the buffer */
	size_t head_length; /* of the first bytes, in head */
	size_t head_at;	    /* those before were used */
	size_t begin, end;  /* of the text in buffer that was not given yet */
	char head[MAGIC_LENGTH];
	char name[QUOTE_PATH_CAPACITY + 2]; /* as in messages */
	char buffer[TEXT_FEED_CAPACITY];
};

static ssize_t read_again(int fd, void *buffer, size_t length)
{
	ssize_t got;

	do {
		got = read(fd, buffer, length);
	} while (got < 0 && errno == EINTR);
	return got;
}

/* The head once more, then what follows: as read(2). */
static ssize_t read_all(void *context, void *buffer, size_t length)
{
	struct text_feed *feed = context;
	size_t left = feed->head_length - feed->head_at;

	if (!left)
		return read_again(feed->fd, buffer, length);
	if (left > length)
		left = length;
	memcpy(buffer, feed->head + feed->head_at, left);
	feed->head_at += left;
	return (ssize_t)left;
}

static bool refuse_read(const struct text_feed *feed, struct error *err)
{
	return error_set_io(err, errno, "cannot read %s: %s", feed->name,
			    strerror(errno));
}

/* Text that is short is not waited for. */
static bool read_head(struct text_feed *feed, struct error *err)
{
	while (feed->head_length < MAGIC_LENGTH &&
	       !memchr(feed->head, '\n', feed->head_length)) {
		ssize_t got =
			read_again(feed->fd, feed->head + feed->head_length,
				   MAGIC_LENGTH - feed->head_length);

		if (got < 0)
			return refuse_read(feed, err);
		if (!got)
			break;
		feed->head_length += (size_t)got;
	}
	return true;
}

static bool open_stream(struct text_feed *feed, const char *path,
			struct error *err)
{
	struct source_io io = {.read = read_all, .context = feed};
	struct span head;

	if (!read_head(feed, err))
		return false;
	head = (struct span){feed->head, feed->head_length};
	if (!span_starts_with(head, SPAN("\x1f\x8b")) &&
	    packed_stream(head) == PACKED_NONE)
		return true;
	return source_create_io(io, SOURCE_STREAM, path, &feed->source, err);
}

static bool refuse_tar(struct text_feed *feed, const char *path,
		       struct error *err)
{
	struct span head;

	if (!source_peek(feed->source, &head, err))
		return false;
	return !packed_is_tar(head) || packed_refuse_tar(path, feed->name, err);
}

static bool open_feed(struct text_feed *feed, const char *path,
		      struct error *err)
{
	struct stat stat;

	if (strcmp(path, "-") != 0) {
		feed->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		feed->fd_owned = feed->fd >= 0;
	}
	if (feed->fd < 0 || fstat(feed->fd, &stat) != 0)
		return error_set_io(err, errno, "cannot open %s: %s",
				    feed->name, strerror(errno));
	if (!S_ISREG(stat.st_mode) && !S_ISDIR(stat.st_mode))
		return open_stream(feed, path, err);
	if (!source_create(path, &feed->source, err))
		return false;
	return refuse_tar(feed, path, err);
}

bool text_feed_create(const char *path, struct text_feed **ret,
		      struct error *err)
{
	struct text_feed *feed = malloc(sizeof(*feed));
	char quoted[QUOTE_PATH_CAPACITY];

	if (!feed)
		return error_no_memory(err);
	/* The buffer is touched as far as it is needed. */
	memset(feed, 0, offsetof(struct text_feed, buffer));
	quote_path(path, quoted);
	snprintf(feed->name, sizeof(feed->name),
		 strcmp(path, "-") == 0 ? "%s" : "'%s'", quoted);
	if (!open_feed(feed, path, err)) {
		text_feed_destroy(feed);
		return false;
	}
	*ret = feed;
	return true;
}

void text_feed_destroy(struct text_feed *feed)
{
	if (!feed)
		return;
	source_destroy(feed->source);
	if (feed->fd_owned)
		close(feed->fd);
	free(feed);
}

/* Whether a read would wait. */
static bool pauses(const struct text_feed *feed)
{
	struct pollfd poll_fd = {.fd = feed->fd, .events = POLLIN};

	return !feed->source && feed->head_at == feed->head_length &&
	       !feed->ended && poll(&poll_fd, 1, 0) == 0;
}

/* Read once, behind what is there. */
static bool read_more(struct text_feed *feed, struct error *err)
{
	size_t room = TEXT_FEED_CAPACITY - feed->end;
	char *at = feed->buffer + feed->end;
	ssize_t got;
	size_t length;

	if (feed->source) {
		if (!source_read(feed->source, at, room, &length, err))
			return false;
	} else {
		got = read_all(feed, at,
			       room < READ_LENGTH ? room : READ_LENGTH);
		if (got < 0)
			return refuse_read(feed, err);
		length = (size_t)got;
	}
	feed->ended = !length;
	feed->end += length;
	return true;
}

static void give(struct text_feed *feed, size_t length, bool part,
		 struct text_part *ret)
{
	*ret = (struct text_part){
		.text = {feed->buffer + feed->begin, length},
		.part = part,
		.pause = pauses(feed),
	};
	feed->begin += length;
}

/* Room is made before reading; what was given is gone. */
static void move_down(struct text_feed *feed)
{
	size_t left = feed->end - feed->begin;

	memmove(feed->buffer, feed->buffer + feed->begin, left);
	feed->begin = 0;
	feed->end = left;
}

/* The rest of a line that is too long; false: there is none. */
static bool give_rest(struct text_feed *feed, struct text_part *ret)
{
	const char *at = feed->buffer + feed->begin;
	size_t length = feed->end - feed->begin;
	const char *newline = memchr(at, '\n', length);

	if (!length)
		return false;
	feed->in_long = !newline;
	give(feed, newline ? (size_t)(newline + 1 - at) : length, true, ret);
	return true;
}

/* What there is, up to the last newline; false: not enough yet. */
static bool give_lines(struct text_feed *feed, const char *newline,
		       struct text_part *ret)
{
	size_t left = feed->end - feed->begin;
	bool full = left == TEXT_FEED_CAPACITY;

	if (feed->ended) {
		give(feed, left, false, ret);
		return true;
	}
	if (newline && (full || left >= ENOUGH || pauses(feed))) {
		give(feed, (size_t)(newline + 1 - (feed->buffer + feed->begin)),
		     false, ret);
		return true;
	}
	if (!full)
		return false;
	feed->in_long = true;
	return give_rest(feed, ret);
}

bool text_feed_next(struct text_feed *feed, struct text_part *ret,
		    struct error *err)
{
	const char *newline = NULL, *fresh;
	size_t was;

	if (feed->in_long && give_rest(feed, ret))
		return true;
	move_down(feed);
	newline = memrchr(feed->buffer, '\n', feed->end);
	do {
		was = feed->end;
		if (!read_more(feed, err))
			return false;
		if (feed->in_long && give_rest(feed, ret))
			return true;
		fresh = memrchr(feed->buffer + was, '\n', feed->end - was);
		if (fresh)
			newline = fresh;
	} while (!give_lines(feed, newline, ret));
	return true;
}

const char *text_feed_loss(const struct text_feed *feed)
{
	return feed->source ? source_loss(feed->source)->text : "";
}
