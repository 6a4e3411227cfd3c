/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /sys/kernel/notes (kernel/ksysfs.c) and /sys/module/<name>/notes/<section>
 * (kernel/module/sysfs.c): ELF notes, of which the build id is kept. They are
 * no text, and in the byte order of the machine that they were read on:
 *
 *	4 bytes  length of the name, its NUL included
 *	4 bytes  length of the description
 *	4 bytes  type
 *	name, then description, each filled up to a multiple of 4 bytes
 */
#include "formats/format.h"
#include "formats/process_path.h"

/* Kernels have a hundred bytes, or some hundred of Xen's. */
#define NOTES_MAX  ((size_t)64 << 10)
#define HEAD_SIZE  12
#define ID_TYPE	   3 /* NT_GNU_BUILD_ID */
#define ID_MAX	   64
#define HEX_DIGITS "0123456789abcdef"

struct notes {
	uint64_t lines; /* a newline is a byte like others; for damage only */
	size_t length;
	bool too_long;
	char bytes[NOTES_MAX];
};

struct note {
	uint32_t type;
	struct span name, description;
};

static bool notes_block(void *state, struct span lines, struct sink *sink,
			struct error *err)
{
	struct notes *notes = state;
	size_t room = NOTES_MAX - notes->length;

	(void)sink;
	(void)err;
	notes->lines += span_count_lines(lines);
	if (lines.length > room) {
		notes->too_long = true;
		lines.length = room;
	}
	if (lines.length)
		memcpy(notes->bytes + notes->length, lines.at, lines.length);
	notes->length += lines.length;
	return true;
}

static uint32_t number_at(const char *at, bool big_endian)
{
	const unsigned char *bytes = (const unsigned char *)at;
	uint32_t value = 0;

	for (unsigned i = 0; i < 4; i++)
		value |= (uint32_t)bytes[i]
			 << (big_endian ? 24 - 8 * i : 8 * i);
	return value;
}

/* A length has its many zeros at the front. */
static bool is_big_endian(struct span bytes)
{
	for (size_t at = 0; at + 4 <= bytes.length && at < HEAD_SIZE; at += 4) {
		uint32_t little = number_at(bytes.at + at, false);
		uint32_t big = number_at(bytes.at + at, true);

		if (little != big)
			return big < little;
	}
	return false;
}

/* Take length bytes, and those that fill them up, of which the end may lack. */
static bool take_part(struct span *bytes, size_t length, struct span *ret)
{
	size_t filled = (length + 3) & ~(size_t)3;

	if (length > bytes->length)
		return false;
	*ret = (struct span){bytes->at, length};
	*bytes = span_skip(*bytes,
			   filled < bytes->length ? filled : bytes->length);
	return true;
}

static bool take_note(struct span *bytes, bool big_endian, struct note *ret)
{
	size_t name, description;
	const char *head = bytes->at;

	if (bytes->length < HEAD_SIZE)
		return false;
	name = number_at(head, big_endian);
	description = number_at(head + 4, big_endian);
	ret->type = number_at(head + 8, big_endian);
	*bytes = span_skip(*bytes, HEAD_SIZE);
	return take_part(bytes, name, &ret->name) &&
	       take_part(bytes, description, &ret->description);
}

static bool is_build_id(const struct note *note)
{
	return note->type == ID_TYPE && note->description.length &&
	       note->description.length <= ID_MAX &&
	       span_equal(note->name, (struct span){"GNU", 4});
}

/* "ext4" in "sys/module/ext4/notes/.note.Linux"; the kernel has no name. */
static struct span module_of(struct span path)
{
	struct span name = process_path_name(path);

	if (name.length == path.length)
		return SPAN("");
	path.length -= name.length + 1;
	name = process_path_name(path);
	if (!span_equal(name, SPAN("notes")) || name.length == path.length)
		return SPAN("");
	path.length -= name.length + 1;
	return process_path_name(path);
}

static bool give(const struct note *note, struct sink *sink, struct error *err)
{
	char digits[2 * ID_MAX];
	struct counter counter = {
		.group = SPAN("notes"),
		.scope = module_of(sink->path),
		.name = SPAN("build_id"),
		.text = {digits, 2 * note->description.length},
		.unit = COUNTER_TEXT,
	};

	for (size_t i = 0; i < note->description.length; i++) {
		unsigned char byte = (unsigned char)note->description.at[i];

		digits[2 * i] = HEX_DIGITS[byte >> 4];
		digits[2 * i + 1] = HEX_DIGITS[byte & 15];
	}
	return sink->counter(sink, &counter, err);
}

static void tell_damage(const struct notes *notes, struct span found,
			struct sink *sink)
{
	const struct damage damage = {
		.line = 1,
		.expected = notes->too_long ? "64 KiB of ELF notes at most"
					    : "a whole ELF note",
		.found = found,
	};

	sink->damage(sink, &damage);
}

/* The first build id holds; the kernel has one. */
static bool notes_finish(void *state, enum ending ending, struct sink *sink,
			 struct error *err)
{
	const struct notes *notes = state;
	struct span rest = {notes->bytes, notes->length};
	bool big_endian = is_big_endian(rest), given = false, done = true;
	struct note note;

	(void)ending;
	sink->lines = notes->lines;
	while (rest.length) {
		struct span found = rest;

		if (!take_note(&rest, big_endian, &note)) {
			tell_damage(notes, found, sink);
			return done;
		}
		if (given || !is_build_id(&note))
			continue;
		given = true;
		done = give(&note, sink, err);
	}
	if (notes->too_long)
		tell_damage(notes, (struct span){notes->bytes, notes->length},
			    sink);
	return done;
}

static const char *const paths[] = {
	"sys/kernel/notes",
	"sys/module/*/notes/*",
	NULL,
};

const struct format format_notes = {
	.name = "notes",
	.title = "/sys/kernel/notes, /sys/module/<name>/notes/: build ids",
	.state_size = sizeof(struct notes),
	.paths = paths,
	.counts = true,
	.block = notes_block,
	.finish = notes_finish,
};
