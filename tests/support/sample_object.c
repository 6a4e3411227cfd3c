/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memfd_create */
#include "tests/support/sample_object.h"

#include "tests/support/check.h"

#include <elf.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/support/gzip_reader.h"

enum { QUERIES_EACH = 4 };

static void read_file(struct text_buffer *ret, const char *path)
{
	FILE *file = fopen(path, "rb");
	char part[4096];
	size_t got;

	assert_non_null(file);
	while ((got = fread(part, 1, sizeof(part), file)) > 0)
		text_buffer_add(ret, (struct span){part, got});
	fclose(file);
}

void sample_object_read(struct text_buffer *ret, const char *path)
{
	struct text_buffer packed = {0};

	read_file(&packed, path);
	gzip_reader_add(ret, text_buffer_span(&packed));
	text_buffer_deinit(&packed);
}

int sample_object_file(struct span bytes)
{
	int fd = memfd_create("sample", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.at, bytes.length), bytes.length);
	return fd;
}

static Elf64_Shdr section_at(struct span bytes, size_t index, size_t *ret_at)
{
	Elf64_Shdr section;
	Elf64_Ehdr header;

	memcpy(&header, bytes.at, sizeof(header));
	assert_true(index < header.e_shnum);
	*ret_at = header.e_shoff + index * sizeof(section);
	memcpy(&section, bytes.at + *ret_at, sizeof(section));
	return section;
}

static size_t count_sections(struct span bytes)
{
	Elf64_Ehdr header;

	memcpy(&header, bytes.at, sizeof(header));
	return header.e_shnum;
}

size_t sample_object_section(struct span bytes, const char *name)
{
	Elf64_Ehdr header;
	size_t at;
	const char *names;

	memcpy(&header, bytes.at, sizeof(header));
	names = bytes.at + section_at(bytes, header.e_shstrndx, &at).sh_offset;
	for (size_t i = 0; i < count_sections(bytes); i++) {
		Elf64_Shdr section = section_at(bytes, i, &at);

		if (strcmp(names + section.sh_name, name) == 0)
			return at;
	}
	fail_msg("there is no section %s", name);
	return 0;
}

static void add_queries(struct frame_query *queries, const char *name,
			uint64_t size)
{
	const uint64_t offsets[QUERIES_EACH] = {1, size / 3, size / 2, size};

	for (size_t i = 0; i < QUERIES_EACH; i++)
		queries[i] = (struct frame_query){
			.symbol = name,
			.offset = offsets[i],
		};
}

struct frame_query *sample_object_queries(struct span bytes, size_t *ret_count)
{
	size_t at = sample_object_section(bytes, ".symtab"), count = 0;
	struct frame_query *queries;
	Elf64_Shdr table, names;

	memcpy(&table, bytes.at + at, sizeof(table));
	names = section_at(bytes, table.sh_link, &at);
	queries = calloc(table.sh_size / sizeof(Elf64_Sym),
			 QUERIES_EACH * sizeof(*queries));
	assert_non_null(queries);
	for (at = 0; at < table.sh_size; at += sizeof(Elf64_Sym)) {
		Elf64_Sym symbol;

		memcpy(&symbol, bytes.at + table.sh_offset + at,
		       sizeof(symbol));
		if (ELF64_ST_TYPE(symbol.st_info) != STT_FUNC ||
		    symbol.st_shndx == SHN_UNDEF || symbol.st_size < 2)
			continue;
		add_queries(queries + count,
			    bytes.at + names.sh_offset + symbol.st_name,
			    symbol.st_size);
		count += QUERIES_EACH;
	}
	*ret_count = count;
	return queries;
}
