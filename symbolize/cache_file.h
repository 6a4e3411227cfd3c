/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file in which the answers about one object are kept: a line with its
 * version, a checksum of all that follows, the build id, and the answers.
 */
#ifndef SYMBOLIZE_CACHE_FILE_H
#define SYMBOLIZE_CACHE_FILE_H

#include "symbolize/answer_table.h"
#include "symbolize/object_file.h"

#define CACHE_FILE_MAX	  ((size_t)8 << 20)
#define CACHE_ANSWERS_MAX 65536

/*
 * Add the answers in a file that table lacks; they borrow its bytes. False,
 * and nothing added, where it is not as it was written, or of another version
 * or build id; or when memory ran out.
 */
bool cache_file_decode(struct byte_cursor file, const struct build_id *id,
		       struct answer_table *table);

/*
 * Write answers into bytes to be freed: first those that were used, then the
 * others in their order, as long as they fit. False: no memory.
 */
bool cache_file_encode(const struct answer_table *table,
		       const struct build_id *id, unsigned char **ret,
		       size_t *ret_length);

#endif
