/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The members that were found in a folder. */
#ifndef PAGEOWL_INPUT_MEMBER_LIST_H
#define PAGEOWL_INPUT_MEMBER_LIST_H

#include "formats/format.h"

/* So many are kept; nothing that is a capture has more. */
#define MEMBER_LIST_MAX ((size_t)1 << 16)

/* And with the files of processes, which have to come behind the others. */
#define MEMBER_LIST_PROCESSES_MAX ((size_t)1 << 18)

struct listed_member {
	char *path;  /* below the folder */
	size_t root; /* bytes of path that lead to the root of the capture */
	size_t own;  /* bytes behind them that are the kernel's own path */
	uint64_t size;
	const struct format *format; /* NULL: not known by its path */
};

/* Zeroed is empty and valid. */
struct member_list {
	struct listed_member *at;
	size_t count;
	size_t capacity;
	size_t refused; /* beyond these */
};

void member_list_deinit(struct member_list *list);

/* Add a copy of member, and of its path. */
bool member_list_add(struct member_list *list, struct listed_member member,
		     struct error *err);

/*
 * Whether the same kernel file is among those from `first` to before `end`:
 * compressed in another way, or called ".txt".
 */
bool member_list_has(const struct member_list *list, size_t first, size_t end,
		     const struct listed_member *member);

/* The names in a folder, each allocated. Zeroed is empty and valid. */
struct name_list {
	char **at;
	size_t count;
	size_t capacity;
};

void name_list_deinit(struct name_list *names);

/*
 * All names in the folder of fd, "." and ".." left out, in byte order. An
 * unreadable folder has none: *ret_reason is its errno, or 0.
 */
bool name_list_read(struct name_list *names, int fd, int *ret_reason,
		    struct error *err);

#endif
