/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/member_list.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

void member_list_deinit(struct member_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->at[i].path);
	free(list->at);
	*list = (struct member_list){0};
}

/* Room for one more element of size bytes, or false. */
static bool grow(void **at, size_t count, size_t *capacity, size_t size,
		 struct error *err)
{
	size_t wanted = *capacity ? *capacity * 2 : 64;
	void *grown;

	if (count < *capacity)
		return true;
	grown = realloc(*at, wanted * size);
	if (!grown)
		return error_no_memory(err);
	*at = grown;
	*capacity = wanted;
	return true;
}

bool member_list_add(struct member_list *list, struct listed_member member,
		     struct error *err)
{
	bool of_process = member.format && member.format->of_process;
	void *at = list->at;

	if (list->count >=
	    (of_process ? MEMBER_LIST_PROCESSES_MAX : MEMBER_LIST_MAX)) {
		list->refused++;
		return true;
	}
	if (!grow(&at, list->count, &list->capacity, sizeof(*list->at), err))
		return false;
	list->at = at;
	member.path = strdup(member.path);
	if (!member.path)
		return error_no_memory(err);
	list->at[list->count++] = member;
	return true;
}

static struct span own_path(const struct listed_member *member)
{
	return (struct span){member->path + member->root, member->own};
}

bool member_list_has(const struct member_list *list, size_t first, size_t end,
		     const struct listed_member *member)
{
	for (size_t i = first; i < end; i++)
		if (list->at[i].format == member->format &&
		    span_equal(own_path(&list->at[i]), own_path(member)))
			return true;
	return false;
}

void name_list_deinit(struct name_list *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->at[i]);
	free(names->at);
	*names = (struct name_list){0};
}

static bool name_list_add(struct name_list *names, const char *name,
			  struct error *err)
{
	void *at = names->at;
	char *copy;

	if (!grow(&at, names->count, &names->capacity, sizeof(*names->at), err))
		return false;
	names->at = at;
	copy = strdup(name);
	if (!copy)
		return error_no_memory(err);
	names->at[names->count++] = copy;
	return true;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The folder of fd, opened anew: reading it would move fd on. */
static DIR *open_listing(int fd)
{
	int own = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *listing = own < 0 ? NULL : fdopendir(own);

	if (own >= 0 && !listing)
		close(own);
	return listing;
}

bool name_list_read(struct name_list *names, int fd, int *ret_reason,
		    struct error *err)
{
	DIR *listing = open_listing(fd);
	struct dirent *entry;
	bool done = true;

	*ret_reason = listing ? 0 : errno;
	if (!listing)
		return true;
	while (done && (errno = 0, entry = readdir(listing))) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		done = name_list_add(names, entry->d_name, err);
	}
	if (done)
		*ret_reason = errno;
	closedir(listing);
	if (done && names->count)
		qsort(names->at, names->count, sizeof(*names->at),
		      compare_names);
	return done;
}
