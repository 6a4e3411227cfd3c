/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A capture as a tar archive, of packed members (FILE.tar) or packed as a
 * whole (FILE.tar.gz). The latter is a row of gzip members, too: those of the
 * text as they come, and what tar needs between them in members of its own. A
 * header that is written anew is in one that is only stored, whose length does
 * not change, and which lies within one page: of a write that crosses pages a
 * kill may leave some, and half a header is none.
 *
 * A header tells no less than what follows it, at any moment; so one who is
 * killed leaves a member that is cut, and never text in the place of a
 * header.
 */
#include "store/store_kind.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "store/tar_file.h"
#include "store/tar_header.h"

struct tar {
	const struct store_site *site;
	struct tar_file file;
	size_t folder;	/* length of "t1/" at the start of name */
	uint64_t whole; /* the end of all members that were ended */

	/* Of the member that was begun. */
	struct tar_entry entry; /* its name is in name */
	uint64_t header;	/* where that stands */
	uint64_t end;		/* of its data */
	bool inside;
	bool settled; /* the file is as these say, and padded */

	char name[NAME_MAX + PATH_MAX + 8];
};

/* ---- headers ---- */

static bool write_header(struct tar *tar, uint64_t *at, uint64_t size)
{
	struct tar_entry entry = tar->entry;
	char block[TAR_BLOCK];

	entry.size = size;
	tar_header_write(&entry, block);
	return tar_file_store(&tar->file, at,
			      (struct span){block, sizeof(block)});
}

/* Take back what was written since the last member ended. */
static bool take_back(struct tar *tar)
{
	int reason = errno;

	tar->inside = false;
	if (!stored_file_cut(&tar->file.file, tar->whole))
		return false;
	errno = reason;
	return true;
}

static bool write_failed(struct tar *tar, struct error *err)
{
	return store_failed(tar->site, "write", NULL, err);
}

/* ---- the member that was begun ---- */

/* Make the file what we know of the member. */
static bool settle(struct tar *tar)
{
	uint64_t at = tar->header;

	if (tar->settled)
		return true;
	if (!stored_file_cut(&tar->file.file, tar->end) ||
	    !write_header(tar, &at, tar->entry.size))
		return false;
	at = tar->end;
	tar->settled =
		tar_file_zeros(&tar->file, &at, tar_padding(tar->entry.size));
	return tar->settled;
}

/* Nothing is inside, and nothing behind what is whole. */
static bool leave_member(struct tar *tar)
{
	if (!tar->inside)
		return take_back(tar);
	if (!settle(tar))
		return false;
	tar->inside = false;
	tar->whole = tar->file.file.length;
	return true;
}

/* Name the entry that comes next: the folder, path and suffix. */
static bool name_entry(struct tar *tar, const char *path, const char *suffix)
{
	size_t room = sizeof(tar->name) - tar->folder;
	int length =
		snprintf(tar->name + tar->folder, room, "%s%s", path, suffix);

	if (length < 0 || (size_t)length >= room) {
		errno = ENAMETOOLONG;
		return false;
	}
	tar->entry = (struct tar_entry){
		.name = {tar->name, tar->folder + (size_t)length},
		.target = SPAN(""),
		.type = TAR_FILE,
		.mtime = time(NULL),
	};
	return true;
}

/* Write the names that a header has no room for; moves at. */
static bool write_names(struct tar *tar, uint64_t *at)
{
	char names[TAR_NAMES_MAX];
	struct span span = {names, tar_names_write(&tar->entry, names)};

	return tar_file_write(&tar->file, at, span);
}

/*
 * The whole of an entry at once: after a kill it is there, or cut. Data are as
 * they are in the file, where they stand for size bytes of tar.
 */
static bool write_entry(struct tar *tar, struct span data, uint64_t size)
{
	tar->entry.size = size;
	if (tar_file_entry(&tar->file, tar->whole, &tar->entry, data)) {
		tar->whole = tar->file.file.length;
		return true;
	}
	take_back(tar);
	return false;
}

static bool name_member(struct tar *tar, const char *path)
{
	return name_entry(tar, path, tar->file.packer ? "" : ".gz");
}

/* The data of a member as tar counts it. */
static uint64_t data_size(const struct tar *tar, struct span packed,
			  uint64_t text_bytes)
{
	return tar->file.packer ? text_bytes : packed.length;
}

static bool tar_begin(void *state, const char *path, struct error *err)
{
	struct tar *tar = state;
	uint64_t at;

	if (!leave_member(tar))
		return write_failed(tar, err);
	if (!name_member(tar, path))
		return store_failed(tar->site, "write", path, err);
	at = tar->whole;
	if (!write_names(tar, &at) || !tar_file_align(&tar->file, &at))
		goto out_take_back;
	tar->header = at;
	if (!write_header(tar, &at, 0))
		goto out_take_back;
	tar->end = at;
	tar->inside = tar->settled = true;
	return true;

out_take_back:
	write_failed(tar, err);
	take_back(tar);
	return false;
}

/* The padding goes first: else it were text of the larger member. */
static bool grow(struct tar *tar, struct span packed, uint64_t size)
{
	uint64_t at = tar->header, end = tar->end;

	tar->settled = false;
	if (!stored_file_cut(&tar->file.file, end) ||
	    !write_header(tar, &at, size) ||
	    !stored_file_write(&tar->file.file, end, packed))
		return false;
	end += packed.length;
	at = end;
	if (!tar_file_zeros(&tar->file, &at, tar_padding(size)))
		return false;
	tar->entry.size = size;
	tar->end = end;
	tar->settled = true;
	return true;
}

static bool tar_add(void *state, struct span packed, uint64_t text_bytes,
		    struct error *err)
{
	struct tar *tar = state;

	assert(tar->inside);
	if (grow(tar, packed,
		 tar->entry.size + data_size(tar, packed, text_bytes))) {
		stored_file_write_behind(&tar->file.file);
		return true;
	}
	write_failed(tar, err);
	/* Where that is not possible now, it is tried again later. */
	settle(tar);
	return false;
}

static bool tar_end(void *state, struct error *err)
{
	struct tar *tar = state;

	return leave_member(tar) || write_failed(tar, err);
}

static bool tar_drop(void *state, struct error *err)
{
	struct tar *tar = state;

	return take_back(tar) || write_failed(tar, err);
}

/* ---- what is written at once ---- */

static bool tar_whole(void *state, const char *path, struct span packed,
		      uint64_t text_bytes, struct error *err)
{
	struct tar *tar = state;

	if (!leave_member(tar))
		return write_failed(tar, err);
	if (!name_member(tar, path))
		return store_failed(tar->site, "write", path, err);
	if (!write_entry(tar, packed, data_size(tar, packed, text_bytes)))
		return write_failed(tar, err);
	stored_file_write_behind(&tar->file.file);
	return true;
}

static bool tar_link(void *state, const char *path, const char *target,
		     struct error *err)
{
	struct tar *tar = state;

	if (strlen(target) >= PATH_MAX) {
		errno = ENAMETOOLONG;
		return store_failed(tar->site, "write", path, err);
	}
	if (!leave_member(tar))
		return write_failed(tar, err);
	if (!name_entry(tar, path, ""))
		return store_failed(tar->site, "write", path, err);
	tar->entry.type = TAR_LINK;
	tar->entry.target = span_of(target);
	return write_entry(tar, SPAN(""), 0) || write_failed(tar, err);
}

/*
 * The text before its header: until that is there, zeros are in its place,
 * the end of an archive; so of a text that is put again the one before holds.
 */
static bool write_text(struct tar *tar, struct span text)
{
	struct span front;
	uint64_t at;

	tar->entry.size = text.length;
	front = tar_file_front(&tar->file, &tar->entry);
	at = tar->whole + front.length;
	return tar_file_write(&tar->file, &at, text) &&
	       tar_file_zeros(&tar->file, &at, tar_padding(text.length)) &&
	       stored_file_write(&tar->file.file, tar->whole, front);
}

static bool tar_put(void *state, const char *path, struct span text,
		    struct error *err)
{
	struct tar *tar = state;

	if (!leave_member(tar))
		return write_failed(tar, err);
	if (!name_entry(tar, path, ""))
		return store_failed(tar->site, "write", path, err);
	if (write_text(tar, text)) {
		tar->whole = tar->file.file.length;
		return true;
	}
	write_failed(tar, err);
	take_back(tar);
	return false;
}

static bool tar_sync(void *state, struct error *err)
{
	struct tar *tar = state;

	return stored_file_sync(&tar->file.file) || write_failed(tar, err);
}

static bool tar_finish(void *state, struct error *err)
{
	struct tar *tar = state;
	uint64_t at;

	if (!leave_member(tar))
		return write_failed(tar, err);
	at = tar->whole;
	if (!tar_file_zeros(&tar->file, &at, TAR_END)) {
		write_failed(tar, err);
		take_back(tar);
		return false;
	}
	return tar_sync(tar, err);
}

/* ---- the archive ---- */

static bool open_archive(struct tar *tar, struct error *err)
{
	const struct store_site *site = tar->site;

	tar->file.file.io = site->io;
	tar->file.file.fd = site->io->openat(
		AT_FDCWD, site->path,
		O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (tar->file.file.fd < 0 && errno == EEXIST)
		return store_refused(site, "exists", err);
	if (tar->file.file.fd < 0)
		return store_failed(site, "create", NULL, err);
	tar->folder = tar_folder_name(site->path, tar->name);
	name_entry(tar, "", "");
	tar->entry.type = TAR_FOLDER;
	if (write_entry(tar, SPAN(""), 0))
		return true;
	write_failed(tar, err);
	stored_file_close(&tar->file.file);
	site->io->unlinkat(AT_FDCWD, site->path, 0);
	return false;
}

static bool create(const struct store_site *site, bool packed, void **ret,
		   struct error *err)
{
	struct tar *tar = calloc(1, sizeof(*tar));

	if (!tar)
		return error_no_memory(err);
	tar->site = site;
	if ((packed && !gzip_packer_create(&tar->file.packer, err)) ||
	    !open_archive(tar, err)) {
		gzip_packer_destroy(tar->file.packer);
		free(tar);
		return false;
	}
	*ret = tar;
	return true;
}

static bool tar_create(const struct store_site *site, void **ret,
		       struct error *err)
{
	return create(site, false, ret, err);
}

static bool tar_gz_create(const struct store_site *site, void **ret,
			  struct error *err)
{
	return create(site, true, ret, err);
}

static void tar_destroy(void *state)
{
	struct tar *tar = state;

	stored_file_close(&tar->file.file);
	gzip_packer_destroy(tar->file.packer);
	free(tar);
}

static uint64_t tar_bytes(const void *state)
{
	return ((const struct tar *)state)->file.file.length;
}

static int tar_fd(const void *state)
{
	return ((const struct tar *)state)->file.file.fd;
}

#define TAR_STORE(create_function)                                      \
	{                                                               \
		.create = (create_function), .destroy = tar_destroy,    \
		.begin = tar_begin, .add = tar_add, .end = tar_end,     \
		.drop = tar_drop, .whole = tar_whole, .link = tar_link, \
		.put = tar_put, .finish = tar_finish, .sync = tar_sync, \
		.bytes = tar_bytes, .fd = tar_fd, .one_file = true,     \
	}

const struct store_kind tar_store = TAR_STORE(tar_create);
const struct store_kind tar_gz_store = TAR_STORE(tar_gz_create);
