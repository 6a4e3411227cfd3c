/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/xml_writer.h"

#include <assert.h>
#include <inttypes.h>

#include "base/quote.h"

static void write_byte(FILE *file, unsigned char byte)
{
	switch (byte) {
	case '&':
		fputs("&amp;", file);
		break;
	case '<':
		fputs("&lt;", file);
		break;
	case '>': /* "]]>" may not be in text */
		fputs("&gt;", file);
		break;
	case '"':
		fputs("&quot;", file);
		break;
	default:
		putc(byte, file);
	}
}

static void escape(FILE *file, struct span text)
{
	size_t i = 0, j;

	while (i < text.length) {
		uint32_t code = 0;
		size_t length = quote_utf8(span_skip(text, i), &code);

		if (!length)
			fprintf(file, "\\x%02x", (unsigned char)text.at[i++]);
		for (j = 0; j < length; j++)
			write_byte(file, (unsigned char)text.at[i++]);
	}
}

static void indent(struct xml_writer *xml, unsigned depth)
{
	unsigned i;

	putc('\n', xml->file);
	for (i = 0; i < depth; i++)
		fputs("  ", xml->file);
}

static void end_tag(struct xml_writer *xml)
{
	if (xml->in_tag)
		putc('>', xml->file);
	xml->in_tag = false;
}

void xml_begin(struct xml_writer *xml)
{
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", xml->file);
}

void xml_open(struct xml_writer *xml, const char *name)
{
	assert(xml->depth < XML_DEPTH_MAX && !xml->filled);
	end_tag(xml);
	indent(xml, xml->depth);
	fprintf(xml->file, "<%s", name);
	xml->names[xml->depth++] = name;
	xml->in_tag = true;
}

void xml_close(struct xml_writer *xml)
{
	assert(xml->depth);
	xml->depth--;
	if (xml->in_tag) {
		fputs("/>", xml->file);
	} else {
		if (!xml->filled)
			indent(xml, xml->depth);
		fprintf(xml->file, "</%s>", xml->names[xml->depth]);
	}
	xml->in_tag = false;
	xml->filled = false;
	if (!xml->depth)
		putc('\n', xml->file);
}

void xml_attribute(struct xml_writer *xml, const char *name, struct span value)
{
	assert(xml->in_tag);
	fprintf(xml->file, " %s=\"", name);
	escape(xml->file, value);
	putc('"', xml->file);
}

void xml_attribute_u64(struct xml_writer *xml, const char *name, uint64_t value)
{
	assert(xml->in_tag);
	fprintf(xml->file, " %s=\"%" PRIu64 "\"", name, value);
}

void xml_text(struct xml_writer *xml, struct span text)
{
	assert(xml->in_tag || xml->filled);
	end_tag(xml);
	xml->filled = true;
	escape(xml->file, text);
}

void xml_newline(struct xml_writer *xml)
{
	xml_text(xml, SPAN(""));
	putc('\n', xml->file);
}
