/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* fstatfs of sys/vfs.h */
#include "store/member_store.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/vfs.h>

#include "base/quote.h"
#include "store/gzip_member.h"
#include "store/store_kind.h"
#include "store/tar_header.h"

enum {
	/* Of a small file system the reserve is a small part. */
	RESERVE_SHARE = 16,
	/* What is around a text, and the lines that it gets at its end. */
	EXPECTED_MORE = 8 << 10,
};

/* linux/magic.h: TMPFS_MAGIC and RAMFS_MAGIC; the latter is no int. */
static const uint32_t tmpfs_type = 0x01021994, ramfs_type = 0x858458f6;

struct member_store {
	const struct store_kind *kind;
	void *state;
	struct store_site site;
	uint64_t limit;			 /* bytes that a file may have */
	uint64_t reserve, limit_reserve; /* bytes kept free */
	uint64_t expected;		 /* or as many as this */
	bool open;			 /* a member is */
	bool begun;			 /* and the kind knows of it */
	bool left_over; /* of one that could not be begun, something is there */
	char path[PATH_MAX];
};

/* ---- errors ---- */

bool store_failed(const struct store_site *site, const char *verb,
		  const char *member, struct error *err)
{
	char place[QUOTE_PATH_CAPACITY], within[QUOTE_PATH_CAPACITY] = "";
	int reason = errno;
	bool full = reason == ENOSPC || reason == EDQUOT || reason == EFBIG;

	/* Both have room in the text of an error. */
	quote_text(span_of(site->path), 4 * QUOTE_LIMIT, place, 400);
	if (member)
		quote_text(span_of(member), 4 * QUOTE_LIMIT, within, 400);
	return error_set(err, full ? ERROR_FULL : ERROR_IO,
			 "cannot %s '%s%s%s': %s", verb, place,
			 member ? "/" : "", within, strerror(reason));
}

bool store_refused(const struct store_site *site, const char *what,
		   struct error *err)
{
	char place[QUOTE_PATH_CAPACITY];

	quote_path(site->path, place);
	return error_set(err, ERROR_IO,
			 "'%.900s' %s; name another or remove it", place, what);
}

/* ---- a store ---- */

struct span member_store_suffix(const char *path)
{
	return tar_suffix(path);
}

static const struct store_kind *kind_of(const char *path)
{
	struct span suffix = member_store_suffix(path);

	if (!suffix.length)
		return &folder_store;
	return span_equal(suffix, SPAN(".tar")) ? &tar_store : &tar_gz_store;
}

static uint64_t limit_of_files(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_FSIZE, &limit) != 0 ||
	    limit.rlim_cur == RLIM_INFINITY)
		return UINT64_MAX;
	return limit.rlim_cur;
}

/* What the file may grow by. */
static uint64_t room_to_limit(const struct member_store *store)
{
	uint64_t bytes;

	if (store->limit == UINT64_MAX || !store->kind->one_file)
		return UINT64_MAX;
	bytes = store->kind->bytes(store->state);
	return bytes < store->limit ? store->limit - bytes : 0;
}

/* A folder of that name would not be what was meant. */
static bool names_other_archive(const char *path)
{
	static const char *const suffixes[] = {
		".gz",	".tgz", ".tar", ".xz", ".txz", ".zst",	".bz2",
		".lz4", ".lz",	".zip", ".7z", ".rar", ".cpio",
	};
	size_t length = strlen(path);

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		size_t suffix = strlen(suffixes[i]);

		if (length >= suffix &&
		    strcasecmp(path + length - suffix, suffixes[i]) == 0)
			return kind_of(path) == &folder_store;
	}
	return false;
}

static bool check_name(const char *path, struct error *err)
{
	char quoted[QUOTE_PATH_CAPACITY];

	quote_text(span_of(path), 4 * QUOTE_LIMIT, quoted, 400);
	if (strcmp(path, "-") == 0)
		return error_set(err, ERROR_USAGE,
				 "a capture cannot be written to a pipe; name "
				 "DIR, FILE.tar or FILE.tar.gz");
	if (names_other_archive(path))
		return error_set(err, ERROR_USAGE,
				 "cannot write '%s': an archive is FILE.tar or "
				 "FILE.tar.gz",
				 quoted);
	return true;
}

/* What others than root may take; UINT64_MAX: the file system does not tell. */
static uint64_t room_on_disk(const struct member_store *store)
{
	struct statvfs status;

	if (store->site.io->fstatvfs(store->kind->fd(store->state), &status) !=
		    0 ||
	    !status.f_blocks)
		return UINT64_MAX;
	return (uint64_t)status.f_bavail *
	       (status.f_frsize ? status.f_frsize : status.f_bsize);
}

static uint64_t reserve_of(uint64_t room)
{
	room /= RESERVE_SHARE;
	return room < STORE_RESERVE ? room : STORE_RESERVE;
}

bool member_store_create_io(const char *path, const struct store_io *io,
			    struct member_store **ret, struct error *err)
{
	struct member_store *store;
	char *copy;

	if (!check_name(path, err))
		return false;
	store = calloc(1, sizeof(*store));
	copy = strdup(path);
	if (!store || !copy) {
		free(copy);
		free(store);
		return error_no_memory(err);
	}
	store->site = (struct store_site){.path = copy, .io = io};
	store->kind = kind_of(path);
	if (!store->kind->create(&store->site, &store->state, err)) {
		free(copy);
		free(store);
		return false;
	}
	store->limit = limit_of_files();
	store->reserve = reserve_of(room_on_disk(store));
	store->limit_reserve = reserve_of(room_to_limit(store));
	*ret = store;
	return true;
}

bool member_store_create(const char *path, struct member_store **ret,
			 struct error *err)
{
	return member_store_create_io(path, &store_io_kernel, ret, err);
}

void member_store_destroy(struct member_store *store)
{
	if (!store)
		return;
	store->kind->destroy(store->state);
	free((char *)store->site.path);
	free(store);
}

/* ---- members ---- */

/*
 * The names of files in a root that somebody else made must not lead out of
 * the store, neither now nor when it is unpacked.
 */
static bool check_path(const char *path, struct error *err)
{
	struct span rest = span_of(path);
	char quoted[QUOTE_PATH_CAPACITY];

	while (true) {
		const char *slash = memchr(rest.at, '/', rest.length);
		struct span part = {rest.at, slash ? (size_t)(slash - rest.at)
						   : rest.length};

		if (!part.length || span_equal(part, SPAN(".")) ||
		    span_equal(part, SPAN("..")))
			break;
		if (!slash)
			return true;
		rest = span_skip(rest, part.length + 1);
	}
	quote_path(path, quoted);
	return error_set(err, ERROR_IO,
			 "'%.900s' cannot be the path of a member", quoted);
}

bool member_store_begin(struct member_store *store, const char *path,
			struct error *err)
{
	assert(!store->open);
	if (!check_path(path, err))
		return false;
	if (strlen(path) >= sizeof(store->path)) {
		errno = ENAMETOOLONG;
		return store_failed(&store->site, "create", path, err);
	}
	strcpy(store->path, path);
	store->open = true;
	store->begun = store->left_over = false;
	return true;
}

static bool begin_now(struct member_store *store, struct error *err)
{
	if (!store->begun)
		store->begun =
			store->kind->begin(store->state, store->path, err);
	return store->begun;
}

static bool has_room(const struct member_store *store, uint64_t room,
		     uint64_t reserve, size_t length)
{
	if (reserve < store->expected)
		reserve = store->expected;
	return room >= reserve && room - reserve >= length;
}

bool member_store_spares(const struct member_store *store, size_t length)
{
	return has_room(store, room_to_limit(store), 0, length) &&
	       has_room(store, room_on_disk(store), 0, length);
}

static bool check_room(const struct member_store *store, size_t length,
		       struct error *err)
{
	char place[QUOTE_PATH_CAPACITY];

	quote_path(store->site.path, place);
	if (store->expected > store->limit ||
	    !has_room(store, room_to_limit(store), store->limit_reserve,
		      length))
		return error_set(
			err, ERROR_FULL,
			"no room left in '%.800s': ulimit -f limits the "
			"size of files",
			place);
	if (has_room(store, room_on_disk(store), store->reserve, length))
		return true;
	return error_set(err, ERROR_FULL,
			 "no space left for '%.800s'; %" PRIu64
			 " KiB are kept free",
			 place, store->reserve >> 10);
}

bool member_store_add(struct member_store *store, struct span packed,
		      uint64_t text_bytes, struct error *err)
{
	bool first = !store->begun;
	struct error ignored;

	assert(store->open);
	if (!check_room(store, packed.length, err) || !begin_now(store, err))
		return false;
	if (store->kind->add(store->state, packed, text_bytes, err))
		return true;
	if (first) {
		store->left_over = !store->kind->drop(store->state, &ignored);
		store->begun = false;
	}
	return false;
}

enum { NOTHING_ROOM = 64 };

/* A file without any gzip member is none that zcat reads. */
static struct span pack_nothing(char ret[NOTHING_ROOM])
{
	size_t length = gzip_member_stored_length(0);

	assert(length <= NOTHING_ROOM);
	gzip_member_store(SPAN(""), ret);
	return (struct span){ret, length};
}

static bool add_nothing(struct member_store *store, struct error *err)
{
	char packed[NOTHING_ROOM];
	struct error ignored;

	if (!begin_now(store, err))
		return false;
	if (store->kind->add(store->state, pack_nothing(packed), 0, err))
		return true;
	store->kind->drop(store->state, &ignored);
	return false;
}

bool member_store_end(struct member_store *store, struct error *err)
{
	assert(store->open);
	store->open = false;
	return (store->begun || add_nothing(store, err)) &&
	       store->kind->end(store->state, err);
}

bool member_store_drop(struct member_store *store, struct error *err)
{
	assert(store->open);
	store->open = false;
	return (!store->begun && !store->left_over) ||
	       store->kind->drop(store->state, err);
}

bool member_store_whole(struct member_store *store, const char *path,
			struct span packed, uint64_t text_bytes,
			struct error *err)
{
	char nothing[NOTHING_ROOM];

	assert(!store->open);
	if (!packed.length)
		packed = pack_nothing(nothing);
	return check_path(path, err) && check_room(store, packed.length, err) &&
	       store->kind->whole(store->state, path, packed, text_bytes, err);
}

bool member_store_link(struct member_store *store, const char *path,
		       const char *target, struct error *err)
{
	assert(!store->open);
	return check_path(path, err) && check_room(store, 0, err) &&
	       store->kind->link(store->state, path, target, err);
}

bool member_store_put(struct member_store *store, const char *path,
		      struct span text, struct error *err)
{
	assert(!store->open);
	return check_path(path, err) &&
	       store->kind->put(store->state, path, text, err);
}

void member_store_expect(struct member_store *store, uint64_t text_bytes)
{
	store->expected = text_bytes + EXPECTED_MORE;
}

bool member_store_sync(struct member_store *store, struct error *err)
{
	return store->kind->sync(store->state, err);
}

uint64_t member_store_bytes(const struct member_store *store)
{
	return store->kind->bytes(store->state);
}

bool member_store_is_memory(const struct member_store *store)
{
	struct statfs status;

	if (fstatfs(store->kind->fd(store->state), &status) != 0)
		return false;
	/* The type is signed, and on some machines 64 bits wide. */
	return (uint32_t)status.f_type == tmpfs_type ||
	       (uint32_t)status.f_type == ramfs_type;
}

bool member_store_finish(struct member_store *store, struct error *err)
{
	assert(!store->open);
	return store->kind->finish(store->state, err);
}
