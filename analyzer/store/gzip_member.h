/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text packed as one complete gzip member (RFC 1952). Members in a row are a
 * gzip file: so what several processes packed can be put together as it is,
 * and what is cut off behind a member is whole.
 */
#ifndef PAGEOWL_STORE_GZIP_MEMBER_H
#define PAGEOWL_STORE_GZIP_MEMBER_H

#include <stdint.h>

#include "base/error.h"
#include "base/span.h"

/* Allocated once; packing allocates nothing. */
struct gzip_packer;

bool gzip_packer_create(struct gzip_packer **ret, struct error *err);
void gzip_packer_destroy(struct gzip_packer *packer);

/* The most that text of this length can take. */
size_t gzip_member_bound(size_t text_length);

/*
 * Pack text into ret, which has room for gzip_member_bound(); returns the
 * length of the member.
 */
size_t gzip_member_pack(struct gzip_packer *packer, struct span text,
			void *ret);

/* A member whose length depends on the length of the text alone. */
size_t gzip_member_stored_length(size_t text_length);

/* Write that member to ret; text has at most 65535 bytes. */
void gzip_member_store(struct span text, void *ret);

/*
 * Write to ret a member of this length that holds no text, so that what comes
 * next stands elsewhere.
 */
enum { GZIP_FILL_MIN = 29, GZIP_FILL_MAX = 32 << 10 };

void gzip_member_fill(size_t length, void *ret);

#endif
