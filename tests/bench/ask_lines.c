/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks an object file without any of the comforts, so that what libbfd costs
 * can be told from what is around it:
 *
 *   ask_lines FILE <FRAMES        symbol+0xoffset/0xsize, return addresses
 *   ask_lines FILE --exact <...   the same, of the very instructions
 *   ask_lines FILE --sizes <...   whether symbol and size fit, no lines
 *
 * Prints each frame and below it its lines, "function" tab "file:line".
 */
#include "symbolize/symbol_index.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct frame_line {
	char text[1024];
	struct symbol_place place;
	enum frame_status status;
	size_t places;
};

struct asked {
	struct frame_line *frames;
	size_t count;
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void find_place(const struct symbol_index *index,
		       struct frame_line *frame, bool exact)
{
	static struct symbol_place places[SYMBOL_PLACES_MAX];
	struct frame_query query = {.exact = exact};
	char name[1024], *mark;

	strcpy(name, frame->text);
	mark = strrchr(name, '+');
	if (!mark)
		return;
	*mark = '\0';
	query.symbol = name;
	query.offset = strtoull(mark + 1, &mark, 16);
	if (*mark == '/')
		query.size = strtoull(mark + 1, NULL, 16);
	frame->status =
		symbol_index_find(index, &query, places, &frame->places);
	frame->place = places[0];
}

static void read_frames(struct asked *asked, const struct symbol_index *index,
			bool exact)
{
	char line[1024];

	while (fgets(line, sizeof(line), stdin)) {
		struct frame_line *frame;

		if (asked->count % 1024 == 0)
			asked->frames =
				realloc(asked->frames,
					(asked->count + 1024) * sizeof(*frame));
		if (!asked->frames)
			exit(2);
		frame = &asked->frames[asked->count++];
		line[strcspn(line, " \n")] = '\0';
		memset(frame, 0, sizeof(*frame));
		strcpy(frame->text, line);
		find_place(index, frame, exact);
	}
}

static int compare_places(const void *left, const void *right)
{
	const struct symbol_place *a =
		&((const struct frame_line *)left)->place;
	const struct symbol_place *b =
		&((const struct frame_line *)right)->place;

	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	return (a->offset > b->offset) - (a->offset < b->offset);
}

static void print_line(void *context, const struct source_line *line)
{
	(void)context;
	printf("\t%s\t%s:%u\n", line->function ? line->function : "??",
	       line->file ? line->file : "??", line->line);
}

static void print_frames(struct bfd_object *object, struct asked *asked,
			 bool sizes)
{
	static const char *const words[FRAME_STATUSES] = {
		[FRAME_RESOLVED] = "found",
		[FRAME_NO_SYMBOL] = "no-symbol",
		[FRAME_OTHER_SIZE] = "other-size",
	};
	size_t i;

	for (i = 0; i < asked->count; i++) {
		const struct frame_line *frame = &asked->frames[i];

		printf("%s\t%s\t%zu\n", frame->text,
		       words[frame->status] ? words[frame->status] : "no-frame",
		       frame->places);
		if (!sizes && frame->status == FRAME_RESOLVED)
			bfd_object_lines(object, frame->place.section,
					 frame->place.offset, print_line, NULL);
	}
}

int main(int argc, char **argv)
{
	const bool exact = argc > 2 && strcmp(argv[2], "--exact") == 0;
	const bool sizes = argc > 2 && strcmp(argv[2], "--sizes") == 0;
	const struct object_section *sections;
	const struct object_symbol *symbols;
	size_t section_count, symbol_count;
	struct asked asked = {0};
	struct symbol_index *index;
	struct bfd_object *object;
	struct reason why = {0};
	double began = now(), opened, indexed, read;
	struct stat facts;
	int fd;

	fd = argc > 1 ? open(argv[1], O_RDONLY) : -1;
	if (fd < 0 || fstat(fd, &facts) != 0)
		return 2;
	if (!bfd_object_open(&object, fd, (uint64_t)facts.st_size, &why)) {
		fprintf(stderr, "%s: %s\n", argv[1], why.text);
		return 2;
	}
	opened = now();
	sections = bfd_object_sections(object, &section_count);
	symbols = bfd_object_symbols(object, &symbol_count);
	index = symbol_index_create(sections, section_count, symbols,
				    symbol_count,
				    bfd_object_is_relocatable(object));
	if (!index)
		return 2;
	indexed = now();
	read_frames(&asked, index, exact);
	if (!sizes)
		qsort(asked.frames, asked.count, sizeof(*asked.frames),
		      compare_places);
	read = now();
	print_frames(object, &asked, sizes);
	fprintf(stderr,
		"%zu symbols; opened %.0f, indexed %.0f, found %.0f, "
		"asked %.0f ms\n",
		symbol_count, 1e3 * (opened - began), 1e3 * (indexed - opened),
		1e3 * (read - indexed), 1e3 * (now() - read));
	symbol_index_destroy(index);
	bfd_object_close(object);
	free(asked.frames);
	close(fd);
	return 0;
}
