/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A tar archive. What it is compressed with is undone by its source, so that
 * gzip has our own decoder and damage is told in one way; libarchive takes
 * the tar apart, of which there are many kinds.
 */
#include "input/package_reader.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#ifdef HAVE_ARCHIVE

#include <archive.h>
#include <archive_entry.h>

#include "base/quote.h"
#include "formats/member_path.h"
#include "input/clause.h"

enum {
	INPUT_CAPACITY = 256 << 10,
	TAR_BLOCK = 512,

	/*
	 * A damaged header is passed over in blocks, in search of the next
	 * good one; each block is a header that is no good.
	 */
	BAD_HEADERS_MAX = 1 << 22,

	/*
	 * Of a sparse file: zero bytes are no text, but they may be there by
	 * the exabyte. So many of a member are given out at most.
	 */
	HOLES_MAX = 16 << 20,
};

struct tar {
	struct archive *archive;
	struct source *source;
	struct error error; /* why the source failed */

	/* Of the archive's bytes. */
	uint64_t given;	 /* to libarchive, so far */
	uint64_t zeros;	 /* zero bytes in a row at their end */
	size_t length;	 /* of what is in input */
	bool failed;	 /* the source did: see error */
	bool source_end; /* it has no more */

	/* Of the members. */
	const char *path;     /* of the present one */
	uint64_t whole;	      /* members that were passed without damage */
	uint64_t bad_headers; /* that were passed over */
	uint64_t bad_after;   /* so many members the first of them was */
	uint64_t links;	      /* hard links that stand for a known file */
	bool inside;	      /* in a member, which may have data left */
	bool ended;
	bool told; /* what was passed over */

	/* Of the data of the present member. */
	const char *block; /* what was not given out yet */
	size_t left;	   /* bytes of it */
	uint64_t hole;	   /* zero bytes before it */
	uint64_t at;	   /* of the end of block, within the member */
	uint64_t holes;	   /* zero bytes given out so far */
	bool data_end;
	bool holes_cut; /* of any member */

	char loss[512];
	char input[INPUT_CAPACITY];
};

static void count_zeros(struct tar *tar)
{
	size_t count = 0;

	while (count < tar->length && !tar->input[tar->length - 1 - count])
		count++;
	tar->zeros = count == tar->length ? tar->zeros + count : count;
}

/* The next bytes of the archive; *ret_length 0: the end. */
static bool fill_input(struct tar *tar)
{
	tar->length = 0;
	if (tar->source_end || tar->failed)
		return !tar->failed;
	if (!source_read(tar->source, tar->input, INPUT_CAPACITY, &tar->length,
			 &tar->error)) {
		tar->failed = true;
		return false;
	}
	tar->source_end = !tar->length;
	tar->given += tar->length;
	count_zeros(tar);
	return true;
}

static la_ssize_t read_archive(struct archive *archive, void *context,
			       const void **ret)
{
	struct tar *tar = context;

	if (!fill_input(tar)) {
		archive_set_error(archive, ENOMEM, "%s", tar->error.text);
		return ARCHIVE_FATAL;
	}
	*ret = tar->input;
	return (la_ssize_t)tar->length;
}

static bool tar_error(const struct tar *tar, struct error *err)
{
	if (!tar->failed)
		return error_no_memory(err);
	*err = tar->error;
	return false;
}

/* Whether what stopped libarchive is that memory ran out. */
static bool lacks_memory(const struct tar *tar)
{
	return tar->failed || archive_errno(tar->archive) == ENOMEM;
}

/* The source's own damage comes first: it is the cause of ours. */
static void tell_source_loss(struct tar *tar)
{
	const char *text = source_loss(tar->source)->text;

	if (text[0])
		clause_add(tar->loss, sizeof(tar->loss), "%s", text);
}

/* "after 12 members", "within member 13" */
static void tell_broken(struct tar *tar, bool within)
{
	const char *why = archive_error_string(tar->archive);
	char quoted[QUOTE_CAPACITY], place[64];

	tar->ended = true;
	tell_source_loss(tar);
	if (within)
		snprintf(place, sizeof(place), "within member %" PRIu64,
			 tar->whole + 1);
	else
		snprintf(place, sizeof(place), "after %" PRIu64 " member%s",
			 tar->whole, clause_plural(tar->whole));
	if (tar->source_end) {
		clause_add(tar->loss, sizeof(tar->loss),
			   "the archive ends early %s", place);
		return;
	}
	quote_text(span_of(why ? why : "no reason given"), QUOTE_LIMIT, quoted,
		   sizeof(quoted));
	clause_add(tar->loss, sizeof(tar->loss),
		   "the archive is damaged %s, the rest is lost (%s)", place,
		   quoted);
}

/* ---- the data of a member ---- */

/* The data ended, or cannot be read on. */
static void end_data(struct tar *tar, bool broken)
{
	tar->data_end = true;
	tar->inside = false;
	if (broken && !tar->failed)
		tell_broken(tar, true);
	else
		tar->whole++;
}

static void next_block(struct tar *tar)
{
	const void *block;
	la_int64_t offset;
	size_t length;
	int status =
		archive_read_data_block(tar->archive, &block, &length, &offset);
	uint64_t begin = offset < 0 ? 0 : (uint64_t)offset;

	if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
		end_data(tar, status != ARCHIVE_EOF);
		return;
	}
	tar->block = block;
	tar->left = length;
	tar->hole = begin > tar->at ? begin - tar->at : 0;
	if (tar->hole > HOLES_MAX - tar->holes) {
		tar->hole = HOLES_MAX - tar->holes;
		tar->holes_cut = true;
	}
	tar->holes += tar->hole;
	tar->at = begin + length;
}

/* Is asked for the data of the present member, by its source. */
static ssize_t read_data(void *context, void *buffer, size_t length)
{
	struct tar *tar = context;

	while (!tar->hole && !tar->left && !tar->data_end)
		next_block(tar);
	if (tar->failed) {
		errno = ENOMEM;
		return -1;
	}
	if (tar->hole) {
		if (length > tar->hole)
			length = (size_t)tar->hole;
		memset(buffer, 0, length);
		tar->hole -= length;
		return (ssize_t)length;
	}
	if (length > tar->left)
		length = tar->left;
	if (!length)
		return 0; /* and block may be NULL */
	memcpy(buffer, tar->block, length);
	tar->block += length;
	tar->left -= length;
	return (ssize_t)length;
}

static bool tar_member(void *state, struct source **ret, struct error *err)
{
	struct tar *tar = state;

	return source_create_io(
		(struct source_io){.read = read_data, .context = tar},
		SOURCE_STREAM, tar->path, ret, err);
}

/* ---- from member to member ---- */

/* Whether there is anything but padding behind the end of the archive. */
static bool has_more(struct tar *tar)
{
	int64_t used = archive_filter_bytes(tar->archive, 0);
	uint64_t rest = used < 0 ? 0 : tar->given - (uint64_t)used;
	uint64_t zeros = tar->zeros;

	return rest > zeros && rest <= tar->length;
}

/*
 * The archive says that this was all. Read on to the end, so that whoever
 * writes into a pipe can do so, and a checksum behind it is looked at.
 */
static bool end_well(struct tar *tar, struct error *err)
{
	bool marked = !tar->source_end || tar->zeros >= TAR_BLOCK;
	bool more = has_more(tar);

	tar->ended = true;
	while (!tar->source_end) {
		if (!fill_input(tar))
			return tar_error(tar, err);
		more = more || tar->zeros < tar->length;
	}
	tell_source_loss(tar);
	if (!marked)
		clause_add(tar->loss, sizeof(tar->loss),
			   "the archive has no end mark, it may have been cut "
			   "after %" PRIu64 " member%s",
			   tar->whole, clause_plural(tar->whole));
	if (more)
		clause_add(tar->loss, sizeof(tar->loss),
			   "what follows the end of the archive is ignored");
	return true;
}

/* What was passed over, once. */
static void tell_rest(struct tar *tar)
{
	if (tar->told)
		return;
	tar->told = true;
	if (tar->bad_headers)
		clause_add(tar->loss, sizeof(tar->loss),
			   "the archive is damaged after %" PRIu64 " member%s, "
			   "members may be missing",
			   tar->bad_after, clause_plural(tar->bad_after));
	if (tar->links)
		clause_add(tar->loss, sizeof(tar->loss),
			   "%" PRIu64 " hard link%s passed over", tar->links,
			   tar->links == 1 ? " is" : "s are");
	if (tar->holes_cut)
		clause_add(tar->loss, sizeof(tar->loss),
			   "holes of a sparse member are left out");
}

/* Pass what was not read of the present member; false: there is no more. */
static bool pass_data(struct tar *tar)
{
	int status;

	if (!tar->inside)
		return !tar->ended;
	status = archive_read_data_skip(tar->archive);
	end_data(tar, status != ARCHIVE_OK && status != ARCHIVE_WARN &&
			      status != ARCHIVE_EOF);
	return !tar->ended && !tar->failed;
}

/* Its name may be in a charset that we do not have: then as it stands. */
static const char *entry_path(struct archive_entry *entry)
{
	const char *path = archive_entry_pathname(entry);

	return path ? path : archive_entry_pathname_utf8(entry);
}

/* Make ret of a regular file; others, and links to one, have no data. */
static bool take_entry(struct tar *tar, struct archive_entry *entry,
		       struct member *ret)
{
	struct member member = {.size = UINT64_MAX};
	bool linked = archive_entry_hardlink(entry) != NULL;

	member.path = entry_path(entry);
	if (!member.path ||
	    (!linked && archive_entry_filetype(entry) != AE_IFREG))
		return false;
	member.format =
		format_by_path(span_of(member.path), &member.root, &member.own);
	if (linked) {
		tar->links += member.format != NULL;
		return false;
	}
	if (archive_entry_size_is_set(entry) && archive_entry_size(entry) >= 0)
		member.size = (uint64_t)archive_entry_size(entry);
	*ret = member;
	tar->path = member.path;
	tar->inside = true;
	tar->left = 0;
	tar->hole = tar->at = tar->holes = 0;
	tar->data_end = false;
	return true;
}

/* Look at one header; false: there is no more, or an error. */
static bool pass_header(struct tar *tar, struct member *ret, struct error *err)
{
	struct archive_entry *entry;
	int status = archive_read_next_header(tar->archive, &entry);

	if (status == ARCHIVE_EOF)
		return end_well(tar, err);
	if (lacks_memory(tar))
		return tar_error(tar, err);
	if (status == ARCHIVE_OK ||
	    (status == ARCHIVE_WARN && entry_path(entry))) {
		take_entry(tar, entry, ret);
		return true;
	}
	if (!tar->bad_headers)
		tar->bad_after = tar->whole;
	if (status == ARCHIVE_FATAL || ++tar->bad_headers == BAD_HEADERS_MAX)
		tell_broken(tar, false);
	return true;
}

static bool tar_next(void *state, struct member *ret, struct error *err)
{
	struct tar *tar = state;

	if (!pass_data(tar) && (tar->failed || lacks_memory(tar)))
		return tar_error(tar, err);
	while (!tar->ended && !tar->inside)
		if (!pass_header(tar, ret, err))
			return false;
	if (tar->ended)
		tell_rest(tar);
	return true;
}

static const char *tar_loss(const void *state)
{
	return ((const struct tar *)state)->loss;
}

static void tar_destroy(void *state)
{
	struct tar *tar = state;

	archive_read_free(tar->archive);
	free(tar);
}

bool package_archive_built(void)
{
	return true;
}

bool package_archive_create(struct source *source, void **ret,
			    struct error *err)
{
	struct tar *tar = calloc(1, sizeof(*tar));

	if (!tar)
		return error_no_memory(err);
	tar->source = source;
	tar->archive = archive_read_new();
	if (!tar->archive) {
		free(tar);
		return error_no_memory(err);
	}
	archive_read_support_format_tar(tar->archive);
	if (archive_read_open2(tar->archive, tar, NULL, read_archive, NULL,
			       NULL) == ARCHIVE_OK) {
		*ret = tar;
		return true;
	}
	if (lacks_memory(tar))
		tar_error(tar, err);
	else
		error_set(err, ERROR_FORMAT,
			  "a tar archive that libarchive "
			  "does not know");
	tar_destroy(tar);
	return false;
}

#else

bool package_archive_built(void)
{
	return false;
}

bool package_archive_create(struct source *source, void **ret,
			    struct error *err)
{
	(void)source;
	(void)ret;
	return error_set(err, ERROR_FORMAT, "built without libarchive");
}

#endif

const struct package_reader package_archive = {
#ifdef HAVE_ARCHIVE
	.kind = PACKAGE_ARCHIVE,
	.next = tar_next,
	.member = tar_member,
	.loss = tar_loss,
	.destroy = tar_destroy,
#else
	.kind = PACKAGE_ARCHIVE,
#endif
};
