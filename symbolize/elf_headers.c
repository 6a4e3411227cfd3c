/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/elf_headers.h"

#include <elf.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	WINDOW_CAPACITY = 4 << 10,

	/* All notes of a file; those of kernels have some hundred bytes. */
	NOTES_MAX = 1 << 20,

	/* A kernel with a section for each function has some 100,000. */
	SECTIONS_MAX = 1 << 20,
	SEGMENTS_MAX = 1 << 16, /* more than a program may have, but cores */
};

/* A piece of the file. */
struct window {
	uint64_t at;
	size_t length;
	unsigned char bytes[WINDOW_CAPACITY];
};

struct elf_view {
	uint64_t size; /* of the file */
	uint64_t sections_at, section_count;
	uint64_t segments_at, segment_count;
	uint64_t names_at, names_size; /* of the sections' names */
	size_t notes_left;	       /* bytes of notes that may be read yet */
	int fd;
	bool wide; /* of 64 bit */
	bool big;  /* the most significant byte comes first */
	struct window headers, names;
};

struct elf_section {
	uint64_t offset, size;
	uint32_t name, type, link, info;
};

static size_t read_at(int fd, uint64_t at, unsigned char *buffer, size_t length)
{
	size_t done = 0;

	while (done < length) {
		ssize_t got = pread(fd, buffer + done, length - done,
				    (off_t)(at + done));

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		done += (size_t)got;
	}
	return done;
}

static bool is_inside(uint64_t at, uint64_t length, uint64_t size)
{
	return at <= size && length <= size - at;
}

/* Some bytes of the file; NULL: they are not there. Valid until the next. */
static const unsigned char *look(struct elf_view *view, struct window *window,
				 uint64_t at, size_t length)
{
	if (length > WINDOW_CAPACITY || !is_inside(at, length, view->size))
		return NULL;
	if (at < window->at ||
	    !is_inside(at - window->at, length, window->length)) {
		window->at = at;
		window->length =
			read_at(view->fd, at, window->bytes, WINDOW_CAPACITY);
	}
	return window->length - (at - window->at) >= length
		       ? window->bytes + (at - window->at)
		       : NULL;
}

static uint64_t take(const struct elf_view *view, const unsigned char *at,
		     size_t bytes)
{
	uint64_t value = 0;

	for (size_t i = 0; i < bytes; i++)
		value = value << 8 | at[view->big ? i : bytes - 1 - i];
	return value;
}

/* A field of a header, wherever a file of its class has it. */
#define FIELD(view, at, kind, field)                                       \
	((view)->wide ? take((view), (at) + offsetof(Elf64_##kind, field), \
			     sizeof(((Elf64_##kind *)0)->field))           \
		      : take((view), (at) + offsetof(Elf32_##kind, field), \
			     sizeof(((Elf32_##kind *)0)->field)))

#define HEADER_SIZE(view, kind) \
	((view)->wide ? sizeof(Elf64_##kind) : sizeof(Elf32_##kind))

static bool read_section(struct elf_view *view, uint64_t index,
			 struct elf_section *ret)
{
	const size_t length = HEADER_SIZE(view, Shdr);
	const unsigned char *at =
		look(view, &view->headers, view->sections_at + index * length,
		     length);

	if (!at)
		return false;
	ret->name = (uint32_t)FIELD(view, at, Shdr, sh_name);
	ret->type = (uint32_t)FIELD(view, at, Shdr, sh_type);
	ret->offset = FIELD(view, at, Shdr, sh_offset);
	ret->size = FIELD(view, at, Shdr, sh_size);
	ret->link = (uint32_t)FIELD(view, at, Shdr, sh_link);
	ret->info = (uint32_t)FIELD(view, at, Shdr, sh_info);
	return true;
}

/* Check the first bytes, which tell how to read the others. */
static bool read_identity(struct elf_view *view, struct reason *why)
{
	const unsigned char *at = look(view, &view->headers, 0, EI_NIDENT);

	if (!at || memcmp(at, ELFMAG, SELFMAG) != 0)
		return reason_set(why, "is not an ELF file");
	if (at[EI_CLASS] != ELFCLASS32 && at[EI_CLASS] != ELFCLASS64)
		return reason_set(why, "is ELF of an unknown class, %u",
				  at[EI_CLASS]);
	if (at[EI_DATA] != ELFDATA2LSB && at[EI_DATA] != ELFDATA2MSB)
		return reason_set(why, "is ELF of an unknown byte order, %u",
				  at[EI_DATA]);
	view->wide = at[EI_CLASS] == ELFCLASS64;
	view->big = at[EI_DATA] == ELFDATA2MSB;
	return true;
}

static bool read_type(const struct elf_view *view, const unsigned char *at,
		      struct elf_headers *ret, struct reason *why)
{
	uint64_t type = FIELD(view, at, Ehdr, e_type);

	if (type == ET_CORE)
		return reason_set(why, "is a core dump, not a program");
	if (type != ET_REL && type != ET_EXEC && type != ET_DYN)
		return reason_set(why, "is ELF of an unknown type, %" PRIu64,
				  type);
	ret->is_relocatable = type == ET_REL;
	ret->machine = (unsigned)FIELD(view, at, Ehdr, e_machine);
	return true;
}

/* What has no room in the first header is in section 0. */
static bool read_large_counts(struct elf_view *view, uint64_t *names)
{
	struct elf_section section;

	if (view->section_count && view->segment_count != PN_XNUM &&
	    *names != SHN_XINDEX)
		return true;
	if (!read_section(view, 0, &section))
		return false;
	if (!view->section_count)
		view->section_count = section.size;
	if (view->segment_count == PN_XNUM)
		view->segment_count = section.info;
	if (*names == SHN_XINDEX)
		*names = section.link;
	return true;
}

static bool read_section_table(struct elf_view *view, uint64_t entry,
			       uint64_t names, struct reason *why)
{
	const size_t length = HEADER_SIZE(view, Shdr);
	struct elf_section section;

	if (entry != length)
		return reason_set(why,
				  "has section headers of %" PRIu64
				  " bytes, not %zu",
				  entry, length);
	if (!read_large_counts(view, &names) ||
	    (view->section_count <= SECTIONS_MAX &&
	     !is_inside(view->sections_at, view->section_count * length,
			view->size)))
		return reason_set(why,
				  "is cut short: it has %" PRIu64
				  " bytes, its section headers lie behind",
				  view->size);
	if (view->section_count > SECTIONS_MAX)
		return reason_set(why, "claims to have %" PRIu64 " sections",
				  view->section_count);
	if (names < view->section_count &&
	    read_section(view, names, &section) &&
	    is_inside(section.offset, section.size, view->size)) {
		view->names_at = section.offset;
		view->names_size = section.size;
	}
	return true;
}

static bool read_first_header(struct elf_view *view, struct elf_headers *ret,
			      struct reason *why)
{
	uint64_t entry, names;
	const unsigned char *at;

	if (!read_identity(view, why))
		return false;
	at = look(view, &view->headers, 0, HEADER_SIZE(view, Ehdr));
	if (!at)
		return reason_set(why, "is cut short: it has %" PRIu64 " bytes",
				  view->size);
	if (!read_type(view, at, ret, why))
		return false;
	view->segments_at = FIELD(view, at, Ehdr, e_phoff);
	if (FIELD(view, at, Ehdr, e_phentsize) == HEADER_SIZE(view, Phdr))
		view->segment_count = FIELD(view, at, Ehdr, e_phnum);
	view->sections_at = FIELD(view, at, Ehdr, e_shoff);
	view->section_count = FIELD(view, at, Ehdr, e_shnum);
	names = FIELD(view, at, Ehdr, e_shstrndx);
	entry = FIELD(view, at, Ehdr, e_shentsize);
	if (view->sections_at)
		return read_section_table(view, entry, names, why);
	view->section_count = 0;
	return true;
}

static bool section_is_named(struct elf_view *view,
			     const struct elf_section *section,
			     const char *name)
{
	size_t length = strlen(name) + 1;
	const unsigned char *at;

	if (!is_inside(section->name, length, view->names_size))
		return false;
	at = look(view, &view->names, view->names_at + section->name, length);
	return at && memcmp(at, name, length) == 0;
}

/* The build id, unless it is known, from notes at offset. */
static void read_notes(struct elf_view *view, uint64_t offset, uint64_t size,
		       struct build_id *ret)
{
	unsigned char *notes;

	if (ret->length || !size || size > view->notes_left ||
	    !is_inside(offset, size, view->size))
		return;
	notes = malloc((size_t)size);
	if (!notes)
		return;
	view->notes_left -= (size_t)size;
	if (read_at(view->fd, offset, notes, (size_t)size) == size)
		build_id_of_notes(notes, (size_t)size, ret);
	free(notes);
}

static void take_section(struct elf_view *view,
			 const struct elf_section *section,
			 struct elf_headers *ret)
{
	const char *release = ret->is_relocatable ? ".modinfo" : ".rodata";

	if (section->type == SHT_NOTE)
		read_notes(view, section->offset, section->size,
			   &ret->build_id);
	else if (section->type == SHT_SYMTAB)
		ret->has_symbols = true;
	/* Compressed it has another name, or a flag. */
	else if (section_is_named(view, section, ".debug_info") ||
		 section_is_named(view, section, ".zdebug_info"))
		ret->has_debug_info = true;
	else if (!ret->release_text.size &&
		 section_is_named(view, section, release))
		ret->release_text =
			(struct elf_extent){section->offset, section->size};
}

/* Return how many sections claim to lie outside of the file. */
static size_t read_sections(struct elf_view *view, struct elf_headers *ret)
{
	struct elf_section section;
	size_t outside = 0;

	for (uint64_t i = 0; i < view->section_count; i++) {
		if (!read_section(view, i, &section))
			return outside + 1;
		/* What was stripped keeps its header, without content. */
		if (section.type == SHT_NULL || section.type == SHT_NOBITS ||
		    !section.size)
			continue;
		if (is_inside(section.offset, section.size, view->size))
			take_section(view, &section, ret);
		else
			outside++;
	}
	return outside;
}

static void read_segments(struct elf_view *view, struct elf_headers *ret)
{
	const size_t length = HEADER_SIZE(view, Phdr);
	const unsigned char *at;

	for (uint64_t i = 0; i < view->segment_count; i++) {
		if (ret->build_id.length || i == SEGMENTS_MAX ||
		    !is_inside(view->segments_at, (i + 1) * length, view->size))
			return;
		at = look(view, &view->headers, view->segments_at + i * length,
			  length);
		if (!at)
			return;
		if (FIELD(view, at, Phdr, p_type) == PT_NOTE)
			read_notes(view, FIELD(view, at, Phdr, p_offset),
				   FIELD(view, at, Phdr, p_filesz),
				   &ret->build_id);
	}
}

bool elf_headers_read(int fd, uint64_t size, struct elf_headers *ret,
		      struct reason *why)
{
	struct elf_headers headers = {0};
	struct elf_view view = {
		.fd = fd,
		.size = size,
		.notes_left = NOTES_MAX,
	};
	size_t outside;

	if (!read_first_header(&view, &headers, why))
		return false;
	outside = read_sections(&view, &headers);
	/* Some of what is there may do; what is not there is no stripped file.
	 */
	if (outside && !headers.has_debug_info)
		return reason_set(why,
				  "is damaged: %zu of its sections lie outside "
				  "of it",
				  outside);
	/* In a file of debug information alone these are the program's. */
	read_segments(&view, &headers);
	*ret = headers;
	return true;
}
