/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/bfd_object.h"

#ifdef HAVE_BFD

/* <bfd.h> wants to be told whose config.h it follows. */
#define PACKAGE		"pageowl"
#define PACKAGE_VERSION PAGEOWL_VERSION
#include <bfd.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "symbolize/mended_file.h"

/* As in libiberty's <demangle.h>, which few distributions install. */
enum { DEMANGLE_PARAMS = 1, DEMANGLE_ANSI = 2 };

/* A real chain has some twenty; a hostile one may bite its tail. */
enum { CHAIN_MAX = 256 };

/* Functions that are asked before DWARF is called unreadable. */
enum { PROBES_MAX = 32 };

struct bfd_object {
	bfd *bfd;
	asection **handles; /* of sections, in their order */
	struct object_section *sections;
	size_t section_count;
	struct object_symbol *symbols;
	size_t symbol_count;
	asymbol **table; /* of a module: as libbfd wants it, ended by NULL */
	struct mended_file file;
	bool relocatable;
	bool has_lines; /* DWARF is in this very file */
	bool loaded;	/* libbfd has read the DWARF */
	bool failed;	/* it minded something in it */
};

bool bfd_object_is_built(void)
{
	return true;
}

static void ignore_error(const char *format, va_list args)
{
	(void)format;
	(void)args;
}

static void ignore_assert(const char *format, const char *version,
			  const char *file, int line)
{
	(void)format;
	(void)version;
	(void)file;
	(void)line;
}

static void *begin_stream(struct bfd *file, void *object)
{
	(void)file;
	return object;
}

static file_ptr read_stream(struct bfd *file, void *stream, void *buffer,
			    file_ptr size, file_ptr offset)
{
	const struct bfd_object *object = stream;

	(void)file;
	if (size < 0 || offset < 0)
		return -1;
	return mended_file_read(&object->file, buffer, (size_t)size,
				(uint64_t)offset);
}

static int end_stream(struct bfd *file, void *stream)
{
	(void)file;
	(void)stream;
	return 0;
}

/* libbfd holds the sizes in a file against the size of it. */
static int stat_stream(struct bfd *file, void *stream, struct stat *ret)
{
	const struct bfd_object *object = stream;

	(void)file;
	memset(ret, 0, sizeof(*ret));
	ret->st_size = (off_t)object->file.size;
	return 0;
}

/* With libbfd's own words, which it does not always have. */
static bool tell_error(struct reason *why, const char *what)
{
	bfd_error_type error = bfd_get_error();

	if (error == bfd_error_no_error)
		return reason_set(why, "%s", what);
	return reason_set(why, "%s: %s", what, bfd_errmsg(error));
}

static bool open_file(struct bfd_object *object, struct reason *why)
{
	if (!bfd_init())
		return reason_set(why, "libbfd does not start");
	bfd_set_error(bfd_error_no_error);
	bfd_set_error_handler(ignore_error);
	bfd_set_assert_handler(ignore_assert);
	object->bfd = bfd_openr_iovec("object", NULL, begin_stream, object,
				      read_stream, end_stream, stat_stream);
	if (!object->bfd)
		return tell_error(why, "libbfd cannot read it");
	object->bfd->flags |= BFD_DECOMPRESS;
	if (!bfd_check_format(object->bfd, bfd_object))
		return tell_error(why, "libbfd does not take it");
	if (bfd_get_flavour(object->bfd) != bfd_target_elf_flavour)
		return reason_set(why, "it is %s, not ELF",
				  bfd_get_target(object->bfd));
	object->relocatable = !(object->bfd->flags & (EXEC_P | DYNAMIC));
	/* What is linked has no relocations that it would have to know. */
	if (object->relocatable &&
	    bfd_get_arch(object->bfd) == bfd_arch_unknown)
		return reason_set(why, "it is for a machine that this libbfd "
				       "does not know");
	return true;
}

static bool is_debug_info(const char *name)
{
	return strcmp(name, ".debug_info") == 0 ||
	       strcmp(name, ".zdebug_info") == 0 ||
	       strncmp(name, ".gnu.linkonce.wi.", 17) == 0;
}

/* What is read of a file is at most a few times as large as it. */
static bool read_sections(struct bfd_object *object, struct reason *why)
{
	size_t count = object->bfd->section_count;
	asection *section;

	object->handles = calloc(count + 1, sizeof(asection *));
	object->sections = calloc(count + 1, sizeof(*object->sections));
	if (!object->handles || !object->sections)
		return reason_set(why, "out of memory");
	for (section = object->bfd->sections; section;
	     section = section->next) {
		size_t i = section->index;

		if (i >= count)
			return reason_set(why, "its sections are damaged");
		object->handles[i] = section;
		object->sections[i] = (struct object_section){
			.name = section->name,
			.address = section->vma,
			.size = section->size,
			.code = section->flags & SEC_CODE,
		};
		object->has_lines |= is_debug_info(section->name) &&
				     section->flags & SEC_HAS_CONTENTS;
	}
	object->section_count = count;
	return true;
}

static bool is_wanted(const struct bfd_object *object, const asymbol *symbol)
{
	const asection *section = symbol->section;

	return section && section->owner == object->bfd &&
	       section->flags & SEC_ALLOC &&
	       section->index < object->section_count && symbol->name &&
	       symbol->name[0] &&
	       !(symbol->flags & (BSF_SECTION_SYM | BSF_FILE));
}

static void take_symbols(struct bfd_object *object, long count)
{
	long i;

	for (i = 0; i < count; i++) {
		const asymbol *symbol = object->table[i];

		if (!is_wanted(object, symbol))
			continue;
		object->symbols[object->symbol_count++] =
			(struct object_symbol){
				.name = symbol->name,
				.address = symbol->value +
					   (object->relocatable
						    ? 0
						    : symbol->section->vma),
				.section = symbol->section->index,
			};
	}
}

static bool read_symbols(struct bfd_object *object, struct reason *why)
{
	long size = 0, count = 0;

	/* Without this flag libbfd calls it an error to ask. */
	if (object->bfd->flags & HAS_SYMS)
		size = bfd_get_symtab_upper_bound(object->bfd);
	if (size < 0)
		return tell_error(why, "its symbol table is damaged");
	object->table = malloc((size_t)size + sizeof(asymbol *));
	if (!object->table)
		return reason_set(why, "out of memory");
	object->table[0] = NULL;
	if (size > 0)
		count = bfd_canonicalize_symtab(object->bfd, object->table);
	if (count < 0)
		return tell_error(why, "its symbol table is damaged");
	object->symbols = calloc((size_t)count + 1, sizeof(*object->symbols));
	if (!object->symbols)
		return reason_set(why, "out of memory");
	take_symbols(object, count);
	if (!object->relocatable) {
		free(object->table);
		object->table = NULL;
	}
	return true;
}

bool bfd_object_open(struct bfd_object **ret, int fd, uint64_t size,
		     struct reason *why)
{
	struct bfd_object *object = calloc(1, sizeof(*object));

	if (!object)
		return reason_set(why, "out of memory");
	object->file = (struct mended_file){.fd = fd, .size = size};
	if (!open_file(object, why) || !read_sections(object, why) ||
	    !read_symbols(object, why)) {
		bfd_object_close(object);
		return false;
	}
	*ret = object;
	return true;
}

void bfd_object_close(struct bfd_object *object)
{
	if (!object)
		return;
	if (object->bfd)
		bfd_close_all_done(object->bfd);
	free(object->table);
	free(object->symbols);
	free(object->sections);
	free(object->handles);
	mended_file_deinit(&object->file);
	free(object);
}

bool bfd_object_is_relocatable(const struct bfd_object *object)
{
	return object->relocatable;
}

const struct object_section *bfd_object_sections(
	const struct bfd_object *object, size_t *ret_count)
{
	*ret_count = object->section_count;
	return object->sections;
}

const struct object_symbol *bfd_object_symbols(const struct bfd_object *object,
					       size_t *ret_count)
{
	*ret_count = object->symbol_count;
	return object->symbols;
}

/* libbfd's answer about one place; text belongs to it. */
struct nearest {
	const char *file, *function;
	unsigned line;
};

static bool find_nearest(struct bfd_object *object, asection *section,
			 uint64_t offset, asymbol **table, struct nearest *ret)
{
	/* What libbfd minds it says once, of whatever place. */
	bfd_set_error(bfd_error_no_error);
	if (bfd_find_nearest_line(object->bfd, section, table, offset,
				  &ret->file, &ret->function, &ret->line))
		return true;
	object->failed |= bfd_get_error() != bfd_error_no_error;
	return false;
}

/* What is compressed cannot be changed in place, and stays as it is. */
static bool find_line_tables(struct bfd_object *object, struct line_layout *ret)
{
	const asection *lines =
		bfd_get_section_by_name(object->bfd, ".debug_line");
	size_t word;

	if (!lines || !(lines->flags & SEC_HAS_CONTENTS) ||
	    lines->compress_status != COMPRESS_SECTION_NONE)
		return false;
	*ret = (struct line_layout){
		.lines = {(uint64_t)lines->filepos, lines->size},
		.wide = bfd_get_arch_size(object->bfd) == 64,
		.has_addends = lines->use_rela_p,
		.big = bfd_big_endian(object->bfd),
	};
	/* libbfd relocates nothing in what is linked. */
	if (!object->relocatable || !lines->reloc_count)
		return true;
	word = ret->wide ? 8 : 4;
	ret->relocations = (struct file_range){
		(uint64_t)lines->rel_filepos,
		lines->reloc_count * (ret->has_addends ? 3 : 2) * word,
	};
	/* On these there are three relocations in one. */
	return bfd_get_arch(object->bfd) != bfd_arch_mips;
}

/*
 * The .debug_* sections of a module are relocated when they are read, with the
 * table that came with the first question. That table also names functions:
 * so it is asked of a section without any, and never again.
 */
static void load_lines(struct bfd_object *object)
{
	struct line_layout layout;
	struct nearest unused = {0};
	size_t i;

	object->loaded = true;
	if (find_line_tables(object, &layout) &&
	    !mended_file_mend_lines(&object->file, &layout)) {
		/* No answers rather than wrong ones. */
		object->has_lines = false;
		errno = ENOMEM;
		return;
	}
	for (i = 0; object->relocatable && i < object->section_count; i++)
		if (!object->sections[i].code &&
		    object->handles[i]->flags & SEC_ALLOC) {
			find_nearest(object, object->handles[i], 0,
				     object->table, &unused);
			return;
		}
}

/* Call line with what libbfd said, its odder ways of knowing nothing aside. */
static void tell_line(struct bfd_object *object, const struct nearest *place,
		      object_line line, void *context)
{
	struct source_line told = {
		.function = place->function,
		.file = place->file,
		.line = place->line,
	};
	char *plain = NULL;

	if (told.function && !told.function[0])
		told.function = NULL;
	if (told.function)
		plain = bfd_demangle(object->bfd, told.function,
				     DEMANGLE_PARAMS | DEMANGLE_ANSI);
	if (plain)
		told.function = plain;
	if (told.file && (!told.file[0] || strcmp(told.file, "??") == 0))
		told.file = NULL;
	if (!told.file)
		told.line = 0;
	line(context, &told);
	free(plain);
}

bool bfd_object_lines(struct bfd_object *object, unsigned section,
		      uint64_t offset, object_line line, void *context)
{
	/*
	 * With the real table libbfd names what DWARF has no function for as
	 * the nearest symbol before it, and finds a place without a line where
	 * DWARF has none. What the symbol is we know better.
	 */
	asymbol *no_symbols[] = {NULL};
	struct nearest place = {0};
	unsigned told = 0;

	/*
	 * Without DWARF libbfd would look for it in other files. Of data it
	 * would tell where a variable is, and in a module whose other it is.
	 */
	if (!object->has_lines || section >= object->section_count ||
	    !object->sections[section].code ||
	    offset >= object->sections[section].size)
		return false;
	if (!object->loaded)
		load_lines(object);
	if (!object->has_lines ||
	    !find_nearest(object, object->handles[section], offset, no_symbols,
			  &place) ||
	    (!place.file && !place.function))
		return false;
	do {
		tell_line(object, &place, line, context);
	} while (++told < CHAIN_MAX &&
		 bfd_find_inliner_info(object->bfd, &place.file,
				       &place.function, &place.line));
	return true;
}

/* Where most code is; section_count: there is none. */
static unsigned largest_code(const struct bfd_object *object)
{
	size_t i, best = object->section_count;

	for (i = 0; i < object->section_count; i++)
		if (object->sections[i].code &&
		    (best == object->section_count ||
		     object->sections[i].size > object->sections[best].size))
			best = i;
	return (unsigned)best;
}

static void ignore_line(void *context, const struct source_line *line)
{
	(void)context;
	(void)line;
}

bool bfd_object_answers(struct bfd_object *object)
{
	const unsigned section = largest_code(object);
	const size_t step = object->symbol_count / PROBES_MAX + 1;

	if (!object->has_lines || section == object->section_count)
		return true;
	for (size_t i = 0; i < object->symbol_count; i += step) {
		const struct object_symbol *symbol = &object->symbols[i];

		if (symbol->section != section)
			continue;
		if (bfd_object_lines(object, section,
				     symbol->address -
					     object->sections[section].address,
				     ignore_line, NULL))
			return true;
	}
	return !object->failed;
}

#else

bool bfd_object_is_built(void)
{
	return false;
}

bool bfd_object_open(struct bfd_object **ret, int fd, uint64_t size,
		     struct reason *why)
{
	(void)ret;
	(void)fd;
	(void)size;
	return reason_set(why, "this program was built without libbfd");
}

/* Nothing was opened: none of these is ever called with an object. */
void bfd_object_close(struct bfd_object *object)
{
	(void)object;
}

bool bfd_object_is_relocatable(const struct bfd_object *object)
{
	(void)object;
	return false;
}

const struct object_section *bfd_object_sections(
	const struct bfd_object *object, size_t *ret_count)
{
	(void)object;
	*ret_count = 0;
	return NULL;
}

const struct object_symbol *bfd_object_symbols(const struct bfd_object *object,
					       size_t *ret_count)
{
	(void)object;
	*ret_count = 0;
	return NULL;
}

bool bfd_object_lines(struct bfd_object *object, unsigned section,
		      uint64_t offset, object_line line, void *context)
{
	(void)object;
	(void)section;
	(void)offset;
	(void)line;
	(void)context;
	return false;
}

bool bfd_object_answers(struct bfd_object *object)
{
	(void)object;
	return true;
}

#endif
