/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a member of a capture is by its path: the end of the path is held
 * against the paths that the formats have in the kernel's own tree. Whoever
 * took the capture may have compressed the file or called it ".txt".
 */
#ifndef PAGEOWL_FORMATS_MEMBER_PATH_H
#define PAGEOWL_FORMATS_MEMBER_PATH_H

#include "formats/format.h"

/*
 * What a file's name may have behind its own: first one of the texts', then
 * one of the compressions'. Both lists begin with "" and are ended by NULL.
 */
extern const char *const member_text_suffixes[];
extern const char *const member_packed_suffixes[];

/*
 * The format of the member at path, or NULL. ret_own is the part of path that
 * tells, without suffixes; ret_root is what stands before it, "t1/" or "".
 * Both point into path, and are empty when there is no format. A pattern of
 * several parts may match anywhere; one that is a mere name, not where the
 * kernel has something else of that name: below proc or sys, or in a folder
 * that is named by a number ("1/cmdline" is the command line of a process).
 */
const struct format *format_by_path(struct span path, struct span *ret_root,
				    struct span *ret_own);

/* The same among other formats; the list is ended by NULL. */
const struct format *format_by_path_of(const struct format *const *list,
				       struct span path, struct span *ret_root,
				       struct span *ret_own);

/*
 * Whether name, one part of a path, matches pattern, in which a '*' stands
 * for any run of characters and a '#' for all digits that are there.
 */
bool member_name_matches(struct span pattern, struct span name);

/* Whether pattern, a part of a path, stands for more than one name. */
bool member_part_is_open(struct span pattern);

/* Take the first part of a path and the slash behind it; false: none left. */
bool member_take_part(struct span *path, struct span *ret);

#endif
