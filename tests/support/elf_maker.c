/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/elf_maker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/folder_maker.h"

enum { CAPACITY = 1 << 20, SECTIONS = 64 };

struct maker {
	const struct elf_recipe *recipe;
	unsigned char *bytes;
	size_t length;
	struct made_section sections[SECTIONS];
	uint64_t offsets[SECTIONS];
	unsigned count;
	size_t notes_at, notes_size; /* of the segment */
};

/* The fuzzers' drivers link this too: no cmocka here. */
static void must(bool done, const char *what)
{
	if (done)
		return;
	fprintf(stderr, "elf_maker: %s\n", what);
	abort();
}

static void put(struct maker *maker, size_t at, uint64_t value, size_t bytes)
{
	must(at + bytes <= CAPACITY, "too large");
	for (size_t i = 0; i < bytes; i++)
		maker->bytes[at + i] =
			(unsigned char)(value >> 8 * (maker->recipe->big
							      ? bytes - 1 - i
							      : i));
}

#define PUT(maker, at, kind, field, value)                                     \
	((maker)->recipe->narrow                                               \
		 ? put((maker), (at) + offsetof(Elf32_##kind, field), (value), \
		       sizeof(((Elf32_##kind *)0)->field))                     \
		 : put((maker), (at) + offsetof(Elf64_##kind, field), (value), \
		       sizeof(((Elf64_##kind *)0)->field)))

#define SIZE(maker, kind) \
	((maker)->recipe->narrow ? sizeof(Elf32_##kind) : sizeof(Elf64_##kind))

static size_t append(struct maker *maker, const void *bytes, size_t length)
{
	size_t at = (maker->length + 7) / 8 * 8;

	must(at + length <= CAPACITY, "too large");
	if (bytes && length)
		memcpy(maker->bytes + at, bytes, length);
	maker->length = at + length;
	return at;
}

static unsigned add(struct maker *maker, struct made_section section)
{
	unsigned index = maker->count++;

	must(index < SECTIONS, "too many sections");
	maker->sections[index] = section;
	maker->offsets[index] =
		section.type == SHT_NOBITS || section.type == SHT_NULL
			? maker->length
			: append(maker, section.bytes, section.size);
	return index;
}

static void add_note(struct maker *maker, const char *name, uint32_t type,
		     const unsigned char *bytes, size_t size)
{
	size_t name_size = strlen(name) + 1, at = maker->length;

	put(maker, at, name_size, 4);
	put(maker, at + 4, size, 4);
	put(maker, at + 8, type, 4);
	memcpy(maker->bytes + at + 12, name, name_size);
	at += 12 + (name_size + 3) / 4 * 4;
	memcpy(maker->bytes + at, bytes, size);
	maker->length = at + (size + 3) / 4 * 4;
}

static size_t read_hex(const char *text, unsigned char *ret, size_t capacity)
{
	size_t length = strlen(text) / 2;
	unsigned byte;

	must(length <= capacity, "a long build id");
	for (size_t i = 0; i < length; i++) {
		must(sscanf(text + 2 * i, "%2x", &byte) == 1, text);
		ret[i] = (unsigned char)byte;
	}
	return length;
}

static void add_notes(struct maker *maker)
{
	const struct elf_recipe *recipe = maker->recipe;
	unsigned char id[64];
	unsigned index;

	if (!recipe->build_id && !recipe->other_note)
		return;
	maker->notes_at = append(maker, NULL, 0);
	if (recipe->other_note)
		add_note(maker, "Linux", 0x100, (const unsigned char *)"some",
			 4);
	if (recipe->build_id)
		add_note(maker, "GNU", NT_GNU_BUILD_ID, id,
			 read_hex(recipe->build_id, id, sizeof(id)));
	maker->notes_size = maker->length - maker->notes_at;
	if (recipe->in_segment)
		return;
	index = add(maker, (struct made_section){
				   .name = ".notes",
				   .type = SHT_NOTE,
				   .flags = SHF_ALLOC,
				   .align = 4,
			   });
	maker->offsets[index] = maker->notes_at;
	maker->sections[index].size = maker->notes_size;
}

static void add_symbols(struct maker *maker)
{
	static const char names[] = "\0some_symbol";
	unsigned strings = add(maker, (struct made_section){
					      .name = ".strtab",
					      .type = SHT_STRTAB,
					      .bytes = names,
					      .size = sizeof(names),
					      .align = 1,
				      });
	unsigned table = add(maker, (struct made_section){
					    .name = ".symtab",
					    .type = SHT_SYMTAB,
					    .size = 2 * SIZE(maker, Sym),
					    .link = strings,
					    .info = 1,
					    .align = 8,
					    .entry_size = SIZE(maker, Sym),
				    });

	PUT(maker, maker->offsets[table] + SIZE(maker, Sym), Sym, st_name, 1);
}

static void add_sections(struct maker *maker)
{
	const struct elf_recipe *recipe = maker->recipe;
	const struct made_section *other;

	add(maker, (struct made_section){.name = "", .type = SHT_NULL});
	add_notes(maker);
	for (other = recipe->sections; other && other->name; other++)
		add(maker, *other);
	if (recipe->debug_info)
		add(maker, (struct made_section){
				   .name = ".debug_info",
				   .type = SHT_PROGBITS,
				   .bytes = "nonsense",
				   .size = 8,
				   .align = 1,
			   });
	if (recipe->symbols)
		add_symbols(maker);
}

/* The names of all sections, its own last; returns its index. */
static unsigned add_names(struct maker *maker, size_t *name_at)
{
	char names[4096];
	size_t length = 0;

	maker->sections[maker->count].name = ".shstrtab";
	for (unsigned i = 0; i <= maker->count; i++) {
		const char *name = maker->sections[i].name;

		must(length + strlen(name) + 1 <= sizeof(names), "long names");
		name_at[i] = length;
		strcpy(names + length, name);
		length += strlen(name) + 1;
	}
	return add(maker, (struct made_section){
				  .name = ".shstrtab",
				  .type = SHT_STRTAB,
				  .bytes = names,
				  .size = length,
				  .align = 1,
			  });
}

static size_t add_section_headers(struct maker *maker, const size_t *name_at)
{
	const size_t one = SIZE(maker, Shdr);
	const size_t first = append(maker, NULL, maker->count * one);

	for (unsigned i = 0; i < maker->count; i++) {
		const struct made_section *section = &maker->sections[i];
		size_t at = first + i * one;

		PUT(maker, at, Shdr, sh_name, name_at[i]);
		PUT(maker, at, Shdr, sh_type, section->type);
		PUT(maker, at, Shdr, sh_flags, section->flags);
		PUT(maker, at, Shdr, sh_addr, section->address);
		PUT(maker, at, Shdr, sh_offset,
		    section->type == SHT_NULL ? 0 : maker->offsets[i]);
		PUT(maker, at, Shdr, sh_size, section->size);
		PUT(maker, at, Shdr, sh_link, section->link);
		PUT(maker, at, Shdr, sh_info, section->info);
		PUT(maker, at, Shdr, sh_addralign, section->align);
		PUT(maker, at, Shdr, sh_entsize, section->entry_size);
	}
	return first;
}

static size_t add_segment(struct maker *maker)
{
	size_t at = append(maker, NULL, SIZE(maker, Phdr));

	PUT(maker, at, Phdr, p_type, PT_NOTE);
	PUT(maker, at, Phdr, p_offset, maker->notes_at);
	PUT(maker, at, Phdr, p_filesz, maker->notes_size);
	PUT(maker, at, Phdr, p_memsz, maker->notes_size);
	PUT(maker, at, Phdr, p_align, 4);
	return at;
}

static void put_counts(struct maker *maker, size_t sections, unsigned names)
{
	if (!maker->recipe->large_counts) {
		PUT(maker, 0, Ehdr, e_shnum, maker->count);
		PUT(maker, 0, Ehdr, e_shstrndx, names);
		return;
	}
	PUT(maker, 0, Ehdr, e_shstrndx, SHN_XINDEX);
	PUT(maker, sections, Shdr, sh_size, maker->count);
	PUT(maker, sections, Shdr, sh_link, names);
}

static void put_first_header(struct maker *maker)
{
	const struct elf_recipe *recipe = maker->recipe;

	memcpy(maker->bytes, ELFMAG, SELFMAG);
	maker->bytes[EI_CLASS] = recipe->narrow ? ELFCLASS32 : ELFCLASS64;
	maker->bytes[EI_DATA] = recipe->big ? ELFDATA2MSB : ELFDATA2LSB;
	maker->bytes[EI_VERSION] = EV_CURRENT;
	PUT(maker, 0, Ehdr, e_type, recipe->type ? recipe->type : ET_EXEC);
	PUT(maker, 0, Ehdr, e_machine, recipe->narrow ? EM_386 : EM_X86_64);
	PUT(maker, 0, Ehdr, e_version, EV_CURRENT);
	PUT(maker, 0, Ehdr, e_ehsize, SIZE(maker, Ehdr));
	PUT(maker, 0, Ehdr, e_shentsize, SIZE(maker, Shdr));
}

struct made_elf elf_make(const struct elf_recipe *recipe)
{
	struct maker maker = {.recipe = recipe, .bytes = calloc(1, CAPACITY)};
	size_t name_at[SECTIONS + 1], sections;
	unsigned names;

	must(maker.bytes != NULL, "out of memory");
	put_first_header(&maker);
	maker.length = SIZE(&maker, Ehdr);
	add_sections(&maker);
	names = add_names(&maker, name_at);
	if (recipe->in_segment) {
		PUT(&maker, 0, Ehdr, e_phoff, add_segment(&maker));
		PUT(&maker, 0, Ehdr, e_phentsize, SIZE(&maker, Phdr));
		PUT(&maker, 0, Ehdr, e_phnum, 1);
	}
	sections = add_section_headers(&maker, name_at);
	PUT(&maker, 0, Ehdr, e_shoff, sections);
	put_counts(&maker, sections, names);
	return (struct made_elf){maker.bytes, maker.length};
}

void elf_file(const char *path, const struct elf_recipe *recipe)
{
	struct made_elf made = elf_make(recipe);

	folder_bytes(path, made.bytes, made.length);
	free(made.bytes);
}

void elf_kernel(const char *path, const char *build_id, bool debug_info)
{
	elf_file(path, &(struct elf_recipe){
			       .build_id = build_id,
			       .other_note = true,
			       .debug_info = debug_info,
			       .symbols = true,
		       });
}

void elf_module(const char *path, const char *build_id, bool debug_info)
{
	elf_file(path, &(struct elf_recipe){
			       .type = ET_REL,
			       .build_id = build_id,
			       .debug_info = debug_info,
			       .symbols = true,
		       });
}
