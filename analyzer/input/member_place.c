/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/member_place.h"

#include "input/mixed_channel.h"

/* A dump that was named itself. */
bool member_is_alone(const struct member_reader *reader)
{
	return package_kind(reader->package) == PACKAGE_FILE;
}

/* Whether the kernel's own path led to the member. */
bool member_is_in_place(const struct member_reader *reader)
{
	struct span own = reader->member->own;

	return !reader->part && own.length && memchr(own.at, '/', own.length);
}

enum source_rank member_rank(const struct member_reader *reader)
{
	if (reader->part)
		return reader->part->of_log ? SOURCE_OF_LOG : SOURCE_OF_PART;
	return member_is_in_place(reader) ? SOURCE_IN_PLACE : SOURCE_FOUND;
}

struct span member_telling_path(const struct member_reader *reader)
{
	if (reader->part && reader->part->path.length)
		return reader->part->path;
	/* The folder that was given may be the cache's own. */
	return span_of(package_kind(reader->package) == PACKAGE_FOLDER
			       ? reader->name
			       : reader->member->path);
}
