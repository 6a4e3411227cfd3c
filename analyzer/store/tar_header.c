/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/tar_header.h"

#include <assert.h>

/* As in "info tar", "Basic Tar Format". */
struct header {
	char name[TAR_NAME];
	char mode[8];
	char uid[8];
	char gid[8];
	char size[12];
	char mtime[12];
	char sum[8];
	char type;
	char target[100];
	char magic[8];
	char uname[32];
	char gname[32];
	char rest[183];
};

_Static_assert(sizeof(struct header) == TAR_BLOCK, "a header is a block");

/* Octal digits and a zero byte; where they have no room, base 256. */
static void write_number(char *field, size_t length, uint64_t value)
{
	bool octal = length > 21 || !(value >> (3 * (length - 1)));
	size_t i = length - (octal ? 1 : 0);

	while (i--) {
		field[i] = (char)(octal ? '0' + (value & 7) : value & 0xff);
		value >>= octal ? 3 : 8;
	}
	if (!octal)
		field[0] = (char)0x80;
}

static void write_text(char *field, size_t room, struct span text)
{
	memcpy(field, text.at, text.length < room ? text.length : room);
}

/* Six digits, a zero byte and a blank; counted with blanks in its place. */
static void write_sum(struct header *header)
{
	const unsigned char *at = (const unsigned char *)header;
	unsigned sum = 0;
	size_t i;

	memset(header->sum, ' ', sizeof(header->sum));
	for (i = 0; i < sizeof(*header); i++)
		sum += at[i];
	write_number(header->sum, 7, sum);
	header->sum[6] = '\0';
}

static void write_header(const struct tar_entry *entry, char type, char *ret)
{
	struct header header = {.type = type, .magic = "ustar  "};

	write_text(header.name, sizeof(header.name), entry->name);
	write_text(header.target, sizeof(header.target), entry->target);
	write_number(header.mode, sizeof(header.mode),
		     entry->type == TAR_FILE   ? 0600
		     : entry->type == TAR_LINK ? 0777
					       : 0700);
	write_number(header.uid, sizeof(header.uid), 0);
	write_number(header.gid, sizeof(header.gid), 0);
	write_number(header.size, sizeof(header.size), entry->size);
	write_number(header.mtime, sizeof(header.mtime),
		     entry->mtime < 0 ? 0 : (uint64_t)entry->mtime);
	write_sum(&header);
	memcpy(ret, &header, sizeof(header));
}

struct span tar_suffix(const char *path)
{
	static const char *const suffixes[] = {".tar.gz", ".tgz", ".tar"};
	struct span rest = span_of(path);
	size_t i;

	for (i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (span_ends_with(rest, span_of(suffixes[i])))
			return span_of(suffixes[i]);
	return SPAN("");
}

size_t tar_folder_name(const char *path, char ret[NAME_MAX + 2])
{
	struct span name = span_of(path);
	const char *slash = span_find_last(name, '/');

	if (slash)
		name = span_between(slash + 1, span_end(name));
	span_drop(&name, tar_suffix(path));
	if (!name.length || name.length > NAME_MAX ||
	    span_equal(name, SPAN(".")) || span_equal(name, SPAN("..")))
		name = SPAN("capture");
	memcpy(ret, name.at, name.length);
	ret[name.length] = '/';
	return name.length + 1;
}

size_t tar_padding(uint64_t size)
{
	return (size_t)(-size & (TAR_BLOCK - 1));
}

/* The name is the data of a member of its own, with a zero byte. */
static size_t write_long(char type, struct span text, char *ret)
{
	struct tar_entry entry = {
		.name = SPAN("././@LongLink"),
		.target = SPAN(""),
		.type = TAR_FILE,
		.size = text.length + 1,
	};

	if (text.length <= TAR_NAME)
		return 0;
	assert(text.length < 2 * PATH_MAX - TAR_BLOCK);
	write_header(&entry, type, ret);
	memcpy(ret + TAR_BLOCK, text.at, text.length);
	memset(ret + TAR_BLOCK + text.length, 0, 1 + tar_padding(entry.size));
	return TAR_BLOCK + (size_t)entry.size + tar_padding(entry.size);
}

size_t tar_names_write(const struct tar_entry *entry, char ret[TAR_NAMES_MAX])
{
	size_t length = write_long('K', entry->target, ret);

	return length + write_long('L', entry->name, ret + length);
}

void tar_header_write(const struct tar_entry *entry, char ret[TAR_BLOCK])
{
	write_header(entry, (char)entry->type, ret);
}
