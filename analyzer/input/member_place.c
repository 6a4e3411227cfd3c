/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/member_place.h"

/* A dump that was named itself. */
bool member_is_alone(const struct member_reader *reader)
{
	return package_kind(reader->package) == PACKAGE_FILE;
}

/* Whether the kernel's own path led to the member. */
bool member_is_in_place(const struct member_reader *reader)
{
	struct span own = reader->member->own;

	return own.length && memchr(own.at, '/', own.length);
}

struct span member_telling_path(const struct member_reader *reader)
{
	/* The folder that was given may be the cache's own. */
	return span_of(package_kind(reader->package) == PACKAGE_FOLDER
			       ? reader->name
			       : reader->member->path);
}
