/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/package.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/quote.h"
#include "formats/member_path.h"
#include "input/package_reader.h"
#include "input/packed.h"

struct package {
	char *path;
	struct package_options options;
	const struct package_reader *reader; /* NULL: a file */
	void *state;			     /* of the reader */
	struct source *source; /* the file or the archive, or NULL */
	struct source *opened; /* of the present member, of the reader's */
	struct member member;
	off_t start;	 /* of standard input; below 0: it has none */
	bool can_rewind; /* what was opened has a beginning */
	bool passed;	 /* the member of a file was returned */
	bool taken;	 /* and read, or that of the reader */
};

static bool is_stdin(const struct package *package)
{
	return strcmp(package->path, "-") == 0;
}

/* Whether path is a folder. What cannot be seen is for open() to tell. */
static bool look_at_path(struct package *package)
{
	bool given = is_stdin(package);
	struct stat status;

	if (given ? fstat(STDIN_FILENO, &status) != 0
		  : stat(package->path, &status) != 0)
		return false;
	if (given)
		package->start = lseek(STDIN_FILENO, 0, SEEK_CUR);
	package->can_rewind = S_ISDIR(status.st_mode) ||
			      (S_ISREG(status.st_mode) && package->start >= 0);
	/* That standard input is one is for source_create() to refuse. */
	return S_ISDIR(status.st_mode) && !given;
}

/* Fail when source is a tar archive, in which we are to find no members. */
static bool refuse_tar(struct source *source, const char *path,
		       struct error *err)
{
	char quoted[QUOTE_CAPACITY], name[QUOTE_CAPACITY + 2];
	struct span head;

	if (!source_peek(source, &head, err))
		return false;
	if (!packed_is_tar(head))
		return true;
	quote_text(span_of(path), QUOTE_LIMIT, quoted, sizeof(quoted));
	snprintf(name, sizeof(name), "'%s'", quoted);
	return packed_refuse_tar(
		path, strcmp(path, "-") == 0 ? "standard input" : name, err);
}

/* Open the archive that the source is. */
static bool open_archive(struct package *package, struct error *err)
{
	char quoted[QUOTE_CAPACITY], text[sizeof(err->text)];

	if (package_archive_create(package->source, &package->state, err)) {
		package->reader = &package_archive;
		return true;
	}
	if (err->code == ERROR_MEMORY)
		return false;
	quote_text(
		span_of(is_stdin(package) ? "standard input" : package->path),
		QUOTE_LIMIT, quoted, sizeof(quoted));
	memcpy(text, err->text, sizeof(text));
	return error_set(err, err->code, "%s: %.700s", quoted, text);
}

/* Open what is no folder: an archive is known by its first bytes. */
static bool open_source(struct package *package, struct error *err)
{
	struct span head;

	if (!source_open(package->options.opener, package->path,
			 &package->source, err) ||
	    !source_peek(package->source, &head, err))
		return false;
	if (!package_archive_built())
		return refuse_tar(package->source, package->path, err);
	if (!packed_is_tar(head))
		return true;
	return open_archive(package, err);
}

static bool open_path(struct package *package, struct error *err)
{
	if (!look_at_path(package))
		return open_source(package, err);
	if (!package_folder_create(package->path, &package->options,
				   &package->state, err))
		return false;
	package->reader = &package_folder;
	return true;
}

/* Back to an unopened package. */
static void shut(struct package *package)
{
	source_destroy(package->opened);
	package->opened = NULL;
	if (package->reader)
		package->reader->destroy(package->state);
	package->reader = NULL;
	source_destroy(package->source);
	package->source = NULL;
}

bool package_open(const char *path, const struct package_options *options,
		  struct package **ret, struct error *err)
{
	struct package *package = calloc(1, sizeof(*package));

	if (!package)
		return error_no_memory(err);
	if (options)
		package->options = *options;
	package->path = strdup(path);
	if (!package->path) {
		free(package);
		return error_no_memory(err);
	}
	if (!open_path(package, err)) {
		package_close(package);
		return false;
	}
	*ret = package;
	return true;
}

void package_close(struct package *package)
{
	if (!package)
		return;
	shut(package);
	free(package->path);
	free(package);
}

enum package_kind package_kind(const struct package *package)
{
	return package->reader ? package->reader->kind : PACKAGE_FILE;
}

/* The one member of a file. */
static void next_file(struct package *package, struct member *ret)
{
	uint64_t done, total;

	*ret = (struct member){.path = package->path, .size = UINT64_MAX};
	if (package->passed) {
		ret->path = NULL;
		return;
	}
	package->passed = true;
	source_progress(package->source, &done, &total);
	if (total)
		ret->size = total;
	if (is_stdin(package))
		return;
	ret->format =
		format_by_path(span_of(package->path), &ret->root, &ret->own);
	/* Where its siblings are, a slash at the start included. */
	if (ret->format)
		ret->root = span_between(package->path, ret->own.at);
}

bool package_next(struct package *package, const struct member **ret,
		  struct error *err)
{
	source_destroy(package->opened);
	package->opened = NULL;
	if (!package->reader) {
		next_file(package, &package->member);
	} else {
		package->member = (struct member){0};
		package->taken = false;
		if (!package->reader->next(package->state, &package->member,
					   err))
			return false;
	}
	*ret = package->member.path ? &package->member : NULL;
	return true;
}

bool package_member(struct package *package, struct source **ret,
		    struct error *err)
{
	assert(package->member.path && !package->taken);
	package->taken = true;
	if (!package->reader) {
		*ret = package->source;
		return true;
	}
	if (!package->reader->member(package->state, &package->opened, err) ||
	    !refuse_tar(package->opened, package->member.path, err))
		return false;
	*ret = package->opened;
	return true;
}

bool package_can_rewind(const struct package *package)
{
	return package->can_rewind &&
	       !(package->source && source_loss(package->source)->harmful);
}

bool package_rewind(struct package *package, struct error *err)
{
	bool unread = !package->reader && !package->taken;

	package->passed = false;
	package->member = (struct member){0};
	if (unread)
		return true;
	if (!package->can_rewind)
		return error_set(err, ERROR_IO,
				 "a pipe cannot be read from its start again");
	shut(package);
	package->taken = false;
	if (is_stdin(package) &&
	    lseek(STDIN_FILENO, package->start, SEEK_SET) < 0)
		return error_set(err, ERROR_IO,
				 "cannot read standard input "
				 "from its start again: %s",
				 strerror(errno));
	return open_path(package, err);
}

void package_progress(const struct package *package, uint64_t *ret_done,
		      uint64_t *ret_total)
{
	const struct source *source =
		package->source ? package->source : package->opened;

	*ret_done = *ret_total = 0;
	if (source)
		source_progress(source, ret_done, ret_total);
}

const char *package_loss(const struct package *package)
{
	return package->reader ? package->reader->loss(package->state) : "";
}
