/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/archive_maker.h"

/* Without libarchive there is nothing in this file. */
typedef int archive_maker;

#ifdef HAVE_ARCHIVE

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The fuzzers' drivers link this too: no cmocka here. */
static void must(bool done, const char *what)
{
	if (done)
		return;
	perror(what);
	abort();
}

static la_ssize_t keep(struct archive *archive, void *context,
		       const void *bytes, size_t length)
{
	struct made_archive *made = context;

	(void)archive;
	if (made->length + length > made->capacity) {
		made->capacity = 2 * (made->length + length);
		made->bytes = realloc(made->bytes, made->capacity);
		must(made->bytes != NULL, "realloc");
	}
	memcpy(made->bytes + made->length, bytes, length);
	made->length += length;
	return (la_ssize_t)length;
}

static void add(struct archive *archive, const struct made_entry *made)
{
	struct archive_entry *entry = archive_entry_new();
	const char *text = made->text ? made->text : "";
	size_t length = made->length ? made->length : strlen(text);

	archive_entry_set_pathname(entry, made->path);
	archive_entry_set_filetype(entry, made->type ? made->type : AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, made->type ? 0 : (int64_t)length);
	if (made->link && made->type == AE_IFLNK)
		archive_entry_set_symlink(entry, made->link);
	else if (made->link)
		archive_entry_set_hardlink(entry, made->link);
	must(archive_write_header(archive, entry) == ARCHIVE_OK, made->path);
	if (length)
		must(archive_write_data(archive, text, length) ==
			     (la_ssize_t)length,
		     made->path);
	archive_entry_free(entry);
}

void made_archive_init(struct made_archive *made, const char *format,
		       const char *filter, const struct made_entry *entries)
{
	struct archive *archive = archive_write_new();

	*made = (struct made_archive){0};
	must(archive_write_set_format_by_name(archive, format) == ARCHIVE_OK,
	     format);
	if (strcmp(filter, "none") != 0)
		must(archive_write_add_filter_by_name(archive, filter) ==
			     ARCHIVE_OK,
		     filter);
	archive_write_set_bytes_in_last_block(archive, 1);
	must(archive_write_open(archive, made, NULL, keep, NULL) == ARCHIVE_OK,
	     format);
	for (size_t i = 0; entries[i].path; i++)
		add(archive, &entries[i]);
	must(archive_write_close(archive) == ARCHIVE_OK, format);
	archive_write_free(archive);
}

void made_archive_deinit(struct made_archive *made)
{
	free(made->bytes);
	*made = (struct made_archive){0};
}

void made_archive_write(const struct made_archive *made, size_t length,
			const char *path)
{
	FILE *file = fopen(path, "w");

	must(file && fwrite(made->bytes, 1, length, file) == length &&
		     fclose(file) == 0,
	     path);
}

#endif
