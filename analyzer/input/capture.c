/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/capture.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/quote.h"

/* Where a dump lies below the root of a capture, in order of preference. */
static const char *const members[] = {
	"sys/kernel/debug/page_owner",
	"sys/kernel/debug/page_owner.gz",
	"page_owner",
	"page_owner.gz",
	"page_owner.txt",
	"page_owner.txt.gz",
};
#define MEMBER_COUNT (sizeof(members) / sizeof(members[0]))

/* Read a small file whole; false when that cannot be. */
static bool read_small(const char *root, const char *name, char *ret,
		       size_t capacity)
{
	char path[CAPTURE_PATH_MAX];
	ssize_t got;
	int fd;

	if (snprintf(path, sizeof(path), "%s%s", root, name) >=
	    (int)sizeof(path))
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return false;
	got = read(fd, ret, capacity - 1);
	close(fd);
	if (got <= 0)
		return false;
	ret[got] = '\0';
	return true;
}

/* "Linux version 6.12.117-lab (…" */
static void learn_kernel(struct capture *capture, const char *root)
{
	char text[1024];
	struct span rest;
	size_t n = 0;

	if (!read_small(root, "proc/version", text, sizeof(text)))
		return;
	rest = span_of(text);
	if (!span_take(&rest, SPAN("Linux version ")))
		return;
	while (n < rest.length && n + 1 < sizeof(capture->kernel) &&
	       rest.at[n] > ' ')
		n++;
	memcpy(capture->kernel, rest.at, n);
	capture->kernel[n] = '\0';
}

/* "30.87 55.10": seconds since boot */
static void learn_uptime(struct capture *capture, const char *root)
{
	uint64_t seconds, hundredths = 0;
	struct span rest;
	char text[128];

	if (!read_small(root, "proc/uptime", text, sizeof(text)))
		return;
	rest = span_of(text);
	if (!span_take_u64(&rest, &seconds) || seconds > UINT32_MAX)
		return;
	if (span_take(&rest, SPAN(".")) &&
	    (!span_take_u64(&rest, &hundredths) || hundredths > 99))
		return;
	capture->uptime_ns = seconds * 1000000000 + hundredths * 10000000;
}

static void learn_boot_id(struct capture *capture, const char *root)
{
	char text[sizeof(capture->boot_id)];
	size_t n = 0;

	if (!read_small(root, "proc/sys/kernel/random/boot_id", text,
			sizeof(text)))
		return;
	while (text[n] > ' ')
		n++;
	memcpy(capture->boot_id, text, n);
	capture->boot_id[n] = '\0';
}

static void learn(struct capture *capture, const char *root)
{
	learn_kernel(capture, root);
	learn_uptime(capture, root);
	learn_boot_id(capture, root);
}

static bool is_directory(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool init_directory(struct capture *capture, struct error *err)
{
	char path[CAPTURE_PATH_MAX], quoted[QUOTE_CAPACITY];
	size_t i;

	for (i = 0; i < MEMBER_COUNT; i++) {
		snprintf(path, sizeof(path), "%s/%s", capture->path,
			 members[i]);
		if (access(path, F_OK) == 0)
			break;
	}
	if (i == MEMBER_COUNT) {
		quote_text(span_of(capture->path), QUOTE_LIMIT, quoted,
			   sizeof(quoted));
		return error_set(err, ERROR_FORMAT,
				 "'%s' is a directory without %s or "
				 "page_owner, plain or gzipped",
				 quoted, members[0]);
	}
	capture->dump_path = strdup(path);
	if (!capture->dump_path)
		return error_no_memory(err);
	snprintf(path, sizeof(path), "%s/", capture->path);
	learn(capture, path);
	return true;
}

/* The root of a capture, when path ends in the kernel's own path. */
static void init_file(struct capture *capture)
{
	char root[CAPTURE_PATH_MAX];
	struct span path = span_of(capture->path);

	span_drop(&path, SPAN(".gz"));
	if (!span_drop(&path, span_of(members[0])) ||
	    path.length >= sizeof(root) ||
	    (path.length && span_end(path)[-1] != '/'))
		return;
	memcpy(root, path.at, path.length);
	root[path.length] = '\0';
	learn(capture, root);
}

bool capture_init(struct capture *capture, const char *path, struct error *err)
{
	*capture = (struct capture){.uptime_ns = UINT64_MAX};
	capture->path = strdup(path);
	if (!capture->path)
		return error_no_memory(err);
	if (is_directory(path))
		return init_directory(capture, err);
	capture->dump_path = strdup(path);
	if (!capture->dump_path)
		return error_no_memory(err);
	init_file(capture);
	return true;
}

void capture_deinit(struct capture *capture)
{
	free(capture->path);
	free(capture->dump_path);
	*capture = (struct capture){0};
}
