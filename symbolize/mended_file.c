/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/mended_file.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "symbolize/line_files.h"

void mended_file_deinit(struct mended_file *file)
{
	line_patches_deinit(&file->patches);
}

int64_t mended_file_read(const struct mended_file *file, void *buffer,
			 size_t size, uint64_t at)
{
	size_t done = 0;

	while (done < size) {
		ssize_t got = pread(file->fd, (char *)buffer + done,
				    size - done, (off_t)(at + done));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		done += (size_t)got;
	}
	line_patches_apply(&file->patches, buffer, done, at);
	return (int64_t)done;
}

static bool is_inside(const struct mended_file *file, struct file_range range)
{
	return range.at <= file->size && range.size <= file->size - range.at;
}

/* Read a section, or none of it where it is not whole. False: no memory. */
static bool read_section(const struct mended_file *file,
			 struct file_range range, unsigned char **ret_bytes,
			 struct line_section *ret)
{
	unsigned char *bytes = malloc(range.size ? range.size : 1);

	if (!bytes)
		return false;
	*ret_bytes = bytes;
	*ret = (struct line_section){.bytes = bytes, .at = range.at};
	if (mended_file_read(file, bytes, range.size, range.at) ==
	    (int64_t)range.size)
		ret->size = range.size;
	return true;
}

bool mended_file_mend_lines(struct mended_file *file,
			    const struct line_layout *layout)
{
	struct line_tables tables = {
		.wide = layout->wide,
		.has_addends = layout->has_addends,
		.big = layout->big,
	};
	unsigned char *lines = NULL, *relocations = NULL;
	bool done = true;

	/* What is cut nobody reads. */
	if (!is_inside(file, layout->lines) ||
	    !is_inside(file, layout->relocations))
		return true;
	done = read_section(file, layout->lines, &lines, &tables.lines) &&
	       read_section(file, layout->relocations, &relocations,
			    &tables.relocations);
	if (done && tables.relocations.size == layout->relocations.size)
		done = line_files_mend(&tables, &file->patches);
	free(relocations);
	free(lines);
	return done;
}
