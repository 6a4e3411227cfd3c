/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/line_files.h"

#include "symbolize/byte_cursor.h"

/* <dwarf.h> comes with libraries that we do not need. */
enum {
	FORM_BLOCK = 0x09,
	FORM_DATA1 = 0x0b,
	FORM_DATA16 = 0x1e,
	FORM_DATA2 = 0x05,
	FORM_DATA4 = 0x06,
	FORM_DATA8 = 0x07,
	FORM_LINE_STRP = 0x1f,
	FORM_STRING = 0x08,
	FORM_STRP = 0x0e,
	FORM_UDATA = 0x0f,

	OP_EXTENDED = 0,
	OP_SET_FILE = 4,
	OP_FIXED_ADVANCE_PC = 9,
};

/* Fields of an entry that point to a string: its path is one. */
enum { REFERENCES_MAX = 4 };

struct line_unit {
	const struct line_tables *tables;
	struct byte_cursor rest;	     /* of its header */
	struct byte_cursor program;	     /* what is behind the header */
	const unsigned char *operand_counts; /* of opcodes, from 1 on */
	uint64_t opcode_base;		     /* the first special opcode */
	size_t word;			     /* 8 in DWARF of 64 bit, else 4 */
};

/* How entries of a table are made: pairs of a type and a form. */
struct entry_format {
	struct byte_cursor pairs;
	uint64_t count;
};

struct file_entry {
	const unsigned char *begin;
	size_t length;
	size_t references[REFERENCES_MAX]; /* offsets in it */
	size_t reference_count;
};

/* ---- reading ---- */

/* A number of so many bytes, at most 8. */
static uint64_t number_at(const struct line_tables *tables,
			  const unsigned char *at, size_t size)
{
	uint64_t value = 0;

	for (size_t i = 0; i < size; i++)
		value = value << 8 | at[tables->big ? i : size - 1 - i];
	return value;
}

static bool take_number(const struct line_tables *tables,
			struct byte_cursor *cursor, size_t size, uint64_t *ret)
{
	const unsigned char *bytes;

	if (!byte_cursor_take(cursor, size, &bytes))
		return false;
	*ret = number_at(tables, bytes, size);
	return true;
}

static bool skip(struct byte_cursor *cursor, uint64_t count)
{
	const unsigned char *bytes;

	return byte_cursor_take(cursor, count, &bytes);
}

static bool skip_counted(const struct line_tables *tables,
			 struct byte_cursor *cursor, size_t size)
{
	uint64_t length;

	return (size ? take_number(tables, cursor, size, &length)
		     : byte_cursor_leb128(cursor, &length)) &&
	       skip(cursor, length);
}

static bool skip_string(struct byte_cursor *cursor)
{
	const unsigned char *end = memchr(cursor->at, '\0', cursor->left);

	return end && skip(cursor, (uint64_t)(end - cursor->at) + 1);
}

/* ---- the header of a unit ---- */

static bool skip_form(struct line_unit *unit, uint64_t form)
{
	struct byte_cursor *rest = &unit->rest;
	uint64_t unused;

	switch (form) {
	case FORM_STRING:
		return skip_string(rest);
	case FORM_LINE_STRP:
	case FORM_STRP:
		return skip(rest, unit->word);
	case FORM_UDATA:
		return byte_cursor_leb128(rest, &unused);
	case FORM_BLOCK:
		return skip_counted(unit->tables, rest, 0);
	case FORM_DATA1:
		return skip(rest, 1);
	case FORM_DATA2:
		return skip(rest, 2);
	case FORM_DATA4:
		return skip(rest, 4);
	case FORM_DATA8:
		return skip(rest, 8);
	case FORM_DATA16:
		return skip(rest, 16);
	}
	return false;
}

static bool take_format(struct line_unit *unit, struct entry_format *ret)
{
	const unsigned char *begin;
	uint64_t unused;

	if (!take_number(unit->tables, &unit->rest, 1, &ret->count))
		return false;
	begin = unit->rest.at;
	for (uint64_t i = 0; i < 2 * ret->count; i++)
		if (!byte_cursor_leb128(&unit->rest, &unused))
			return false;
	ret->pairs.at = begin;
	ret->pairs.left = (size_t)(unit->rest.at - begin);
	return true;
}

/* False also for one that takes no room: there may be any number of them. */
static bool take_entry(struct line_unit *unit,
		       const struct entry_format *format,
		       struct file_entry *ret)
{
	struct byte_cursor pairs = format->pairs;
	uint64_t type, form;

	*ret = (struct file_entry){.begin = unit->rest.at};
	while (pairs.left) {
		if (!byte_cursor_leb128(&pairs, &type) ||
		    !byte_cursor_leb128(&pairs, &form))
			return false;
		if (form == FORM_LINE_STRP || form == FORM_STRP) {
			if (ret->reference_count == REFERENCES_MAX)
				return false;
			ret->references[ret->reference_count++] =
				(size_t)(unit->rest.at - ret->begin);
		}
		if (!skip_form(unit, form))
			return false;
	}
	ret->length = (size_t)(unit->rest.at - ret->begin);
	return ret->length > 0;
}

/* Take the header up to its tables; false: not of DWARF 5, or damaged. */
static bool take_head(struct line_unit *unit)
{
	const struct line_tables *tables = unit->tables;
	uint64_t version, length;

	if (!take_number(tables, &unit->rest, 2, &version) || version != 5 ||
	    !skip(&unit->rest, 2) ||
	    !take_number(tables, &unit->rest, unit->word, &length))
		return false;
	unit->program = unit->rest;
	if (!skip(&unit->program, length))
		return false;
	unit->rest.left = (size_t)length;
	/* Five numbers that tell what the other opcodes do. */
	return skip(&unit->rest, 5) &&
	       take_number(tables, &unit->rest, 1, &unit->opcode_base) &&
	       unit->opcode_base > 0 &&
	       byte_cursor_take(&unit->rest, unit->opcode_base - 1,
				&unit->operand_counts);
}

static bool skip_directories(struct line_unit *unit)
{
	struct entry_format format;
	struct file_entry unused;
	uint64_t count;

	if (!take_format(unit, &format) ||
	    !byte_cursor_leb128(&unit->rest, &count))
		return false;
	for (; count; count--)
		if (!take_entry(unit, &format, &unused))
			return false;
	return true;
}

/* The first two files; false: there are not so many. */
static bool take_files(struct line_unit *unit, struct file_entry *ret)
{
	struct entry_format format;
	uint64_t count;

	return take_format(unit, &format) &&
	       byte_cursor_leb128(&unit->rest, &count) && count >= 2 &&
	       take_entry(unit, &format, &ret[0]) &&
	       take_entry(unit, &format, &ret[1]);
}

/* ---- the program of a unit ---- */

/* Whether it may name file 0: what cannot be read may be anything. */
static bool may_set_file_0(const struct line_unit *unit)
{
	struct byte_cursor program = unit->program;
	uint64_t opcode, value;

	while (program.left) {
		opcode = *program.at;
		program.at++;
		program.left--;
		if (opcode >= unit->opcode_base)
			continue;
		if (opcode == OP_EXTENDED) {
			if (!skip_counted(unit->tables, &program, 0))
				return true;
		} else if (opcode == OP_SET_FILE) {
			if (!byte_cursor_leb128(&program, &value) || !value)
				return true;
		} else if (opcode == OP_FIXED_ADVANCE_PC) {
			if (!skip(&program, 2))
				return true;
		} else {
			unsigned count = unit->operand_counts[opcode - 1];

			for (; count; count--)
				if (!byte_cursor_leb128(&program, &value))
					return true;
		}
	}
	return false;
}

/* ---- changing ---- */

/* What becomes equal: bytes of a section. */
struct change {
	const struct line_section *section;
	const unsigned char *to, *from;
	size_t length;
};

/* The relocation of the field at offset; NULL: it has none. */
static const unsigned char *find_relocation(const struct line_tables *tables,
					    uint64_t offset)
{
	size_t word = tables->wide ? 8 : 4;
	size_t size = (tables->has_addends ? 3 : 2) * word;
	size_t low = 0, high = tables->relocations.size / size;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const unsigned char *at =
			tables->relocations.bytes + middle * size;
		uint64_t found = number_at(tables, at, word);

		if (found == offset)
			return at;
		if (found < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* False: it is not known what will be in the fields. */
static bool change_relocation(const struct line_tables *tables,
			      const unsigned char *to,
			      const unsigned char *from, struct change *ret)
{
	size_t word = tables->wide ? 8 : 4;
	const unsigned char *begin = tables->lines.bytes;

	*ret = (struct change){.section = &tables->relocations};
	if (!tables->relocations.size)
		return true;
	ret->to = find_relocation(tables, (uint64_t)(to - begin));
	ret->from = find_relocation(tables, (uint64_t)(from - begin));
	if (!ret->to || !ret->from)
		return false;
	/* All but the offset, that is, symbol, type and addend. */
	ret->to += word;
	ret->from += word;
	ret->length = (tables->has_addends ? 2 : 1) * word;
	return true;
}

/* How to make file 0 equal to file 1; false: it cannot be done. */
static bool plan_changes(const struct line_tables *tables,
			 const struct file_entry *files, struct change *ret)
{
	if (files[0].length != files[1].length ||
	    files[0].length > LINE_PATCH_MAX)
		return false;
	ret[0] = (struct change){
		.section = &tables->lines,
		.to = files[0].begin,
		.from = files[1].begin,
		.length = files[0].length,
	};
	for (size_t i = 0; i < files[0].reference_count; i++) {
		if (files[0].references[i] != files[1].references[i] ||
		    !change_relocation(tables,
				       files[0].begin + files[0].references[i],
				       files[1].begin + files[1].references[i],
				       &ret[1 + i]))
			return false;
	}
	return true;
}

static bool is_needed(const struct change *change)
{
	return change->length &&
	       memcmp(change->to, change->from, change->length) != 0;
}

static bool add_changes(const struct change *changes, size_t count,
			struct line_patches *patches)
{
	for (size_t i = 0; i < count; i++) {
		const struct line_section *section = changes[i].section;

		if (is_needed(&changes[i]) &&
		    !line_patches_add(patches,
				      section->at + (uint64_t)(changes[i].to -
							       section->bytes),
				      changes[i].from, changes[i].length))
			return false;
	}
	return true;
}

static bool mend_unit(struct line_unit *unit, struct line_patches *patches)
{
	struct change changes[1 + REFERENCES_MAX];
	struct file_entry files[2];
	bool needed = false;
	size_t count;

	if (!take_head(unit) || !skip_directories(unit) ||
	    !take_files(unit, files) ||
	    !plan_changes(unit->tables, files, changes))
		return true;
	count = 1 + files[0].reference_count;
	for (size_t i = 0; i < count; i++)
		needed |= is_needed(&changes[i]);
	/* Programs are long: most are not looked at. */
	if (!needed || may_set_file_0(unit))
		return true;
	return add_changes(changes, count, patches);
}

/* Take the next unit; false: there is none, or nobody knows where it ends. */
static bool take_unit(const struct line_tables *tables,
		      struct byte_cursor *lines, struct line_unit *ret)
{
	uint64_t length;

	*ret = (struct line_unit){.tables = tables, .word = 4};
	if (!take_number(tables, lines, 4, &length))
		return false;
	if (length == 0xffffffff) {
		ret->word = 8;
		if (!take_number(tables, lines, 8, &length))
			return false;
	}
	/* In modules of some machines lengths are relocated, and yet 0. */
	if (!length || !byte_cursor_take(lines, length, &ret->rest.at))
		return false;
	ret->rest.left = (size_t)length;
	return true;
}

bool line_files_mend(const struct line_tables *tables,
		     struct line_patches *patches)
{
	struct byte_cursor lines = {tables->lines.bytes, tables->lines.size};
	struct line_unit unit;
	bool done = true;

	while (done && take_unit(tables, &lines, &unit))
		done = mend_unit(&unit, patches);
	line_patches_sort(patches);
	return done;
}
