/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/read_ahead.h"

#include <pthread.h>
#include <stdlib.h>

/* One being parsed, one full, one being filled. */
#define BUFFERS 3

struct buffer {
	char *bytes; /* LINE_MAX_LENGTH of room, then the data */
	size_t length;
};

struct read_ahead {
	struct block_reader reader; /* first: it is handed back to us */
	struct source *source;
	size_t block_size;
	struct buffer buffers[BUFFERS];

	pthread_t thread;
	bool threaded;
	pthread_mutex_t lock; /* over all that follows */
	pthread_cond_t changed;
	unsigned filled; /* buffers filled since the start */
	unsigned taken;	 /* buffers the consumer is done with */
	bool holds;	 /* the consumer looks at buffer `taken` */
	bool ended;	 /* the last buffer filled was empty */
	bool failed;	 /* err tells why */
	bool stop;
	struct error err;
};

static char *data_of(struct buffer *buffer)
{
	return buffer->bytes + LINE_MAX_LENGTH;
}

static bool fill(struct read_ahead *ahead, struct buffer *buffer,
		 struct error *err)
{
	return source_read(ahead->source, data_of(buffer), ahead->block_size,
			   &buffer->length, err);
}

static void *run(void *context)
{
	struct read_ahead *ahead = context;
	struct error err = {0};

	pthread_mutex_lock(&ahead->lock);
	while (!ahead->stop && !ahead->ended && !ahead->failed) {
		struct buffer *buffer;
		bool done;

		if (ahead->filled - ahead->taken == BUFFERS) {
			pthread_cond_wait(&ahead->changed, &ahead->lock);
			continue;
		}
		buffer = &ahead->buffers[ahead->filled % BUFFERS];
		pthread_mutex_unlock(&ahead->lock);
		done = fill(ahead, buffer, &err);
		pthread_mutex_lock(&ahead->lock);
		if (done) {
			ahead->filled++;
			ahead->ended = buffer->length == 0;
		} else {
			ahead->failed = true;
			ahead->err = err;
		}
		pthread_cond_signal(&ahead->changed);
	}
	pthread_mutex_unlock(&ahead->lock);
	return NULL;
}

static bool next_threaded(struct block_reader *reader, char **ret_data,
			  size_t *ret_length, struct error *err)
{
	struct read_ahead *ahead = (struct read_ahead *)reader;
	struct buffer *buffer = NULL;

	pthread_mutex_lock(&ahead->lock);
	if (ahead->holds) {
		ahead->holds = false;
		ahead->taken++;
		pthread_cond_signal(&ahead->changed);
	}
	while (ahead->filled == ahead->taken && !ahead->failed)
		pthread_cond_wait(&ahead->changed, &ahead->lock);
	if (ahead->filled != ahead->taken) {
		buffer = &ahead->buffers[ahead->taken % BUFFERS];
		/* The empty block at the end is never given back. */
		ahead->holds = buffer->length > 0;
	} else {
		*err = ahead->err;
	}
	pthread_mutex_unlock(&ahead->lock);
	if (!buffer)
		return false;
	*ret_data = data_of(buffer);
	*ret_length = buffer->length;
	return true;
}

static bool next_direct(struct block_reader *reader, char **ret_data,
			size_t *ret_length, struct error *err)
{
	struct read_ahead *ahead = (struct read_ahead *)reader;
	struct buffer *buffer = &ahead->buffers[0];

	if (!fill(ahead, buffer, err))
		return false;
	*ret_data = data_of(buffer);
	*ret_length = buffer->length;
	return true;
}

static void free_buffers(struct read_ahead *ahead)
{
	size_t i;

	for (i = 0; i < BUFFERS; i++)
		free(ahead->buffers[i].bytes);
}

static bool alloc_buffers(struct read_ahead *ahead)
{
	size_t count = ahead->threaded ? BUFFERS : 1, i;

	for (i = 0; i < count; i++) {
		ahead->buffers[i].bytes =
			malloc(LINE_MAX_LENGTH + ahead->block_size + 1);
		if (!ahead->buffers[i].bytes)
			return false;
	}
	return true;
}

static bool start_thread(struct read_ahead *ahead)
{
	if (pthread_mutex_init(&ahead->lock, NULL) != 0)
		return false;
	if (pthread_cond_init(&ahead->changed, NULL) != 0)
		goto out_lock;
	if (pthread_create(&ahead->thread, NULL, run, ahead) != 0)
		goto out_cond;
	return true;
out_cond:
	pthread_cond_destroy(&ahead->changed);
out_lock:
	pthread_mutex_destroy(&ahead->lock);
	return false;
}

bool read_ahead_create(struct source *source, size_t block_size, bool threaded,
		       struct read_ahead **ret, struct error *err)
{
	struct read_ahead *ahead = calloc(1, sizeof(*ahead));

	if (!ahead)
		return error_no_memory(err);
	ahead->source = source;
	ahead->block_size = block_size;
	ahead->threaded = threaded;
	ahead->reader.next = threaded ? next_threaded : next_direct;
	if (!alloc_buffers(ahead)) {
		error_no_memory(err);
		goto out_buffers;
	}
	if (threaded && !start_thread(ahead)) {
		error_set(err, ERROR_MEMORY, "cannot start a thread");
		goto out_buffers;
	}
	*ret = ahead;
	return true;
out_buffers:
	free_buffers(ahead);
	free(ahead);
	return false;
}

void read_ahead_destroy(struct read_ahead *ahead)
{
	if (!ahead)
		return;
	if (ahead->threaded) {
		pthread_mutex_lock(&ahead->lock);
		ahead->stop = true;
		pthread_cond_signal(&ahead->changed);
		pthread_mutex_unlock(&ahead->lock);
		pthread_join(ahead->thread, NULL);
		pthread_cond_destroy(&ahead->changed);
		pthread_mutex_destroy(&ahead->lock);
	}
	free_buffers(ahead);
	free(ahead);
}

struct block_reader *read_ahead_reader(struct read_ahead *ahead)
{
	return &ahead->reader;
}
