/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/xml_writer.h"

static char *written;
static size_t written_length;
static struct xml_writer xml;

static int setup(void **state)
{
	(void)state;
	written = NULL;
	xml = (struct xml_writer){
		.file = open_memstream(&written, &written_length)};
	return xml.file ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	free(written);
	return 0;
}

static void assert_written(const char *expected)
{
	assert_int_equal(xml.depth, 0);
	fclose(xml.file);
	assert_string_equal(written, expected);
}

static void elements_stand_on_lines_of_their_own(void **state)
{
	(void)state;
	xml_begin(&xml);
	xml_open(&xml, "a");
	xml_attribute(&xml, "name", SPAN("x"));
	xml_attribute_u64(&xml, "count", UINT64_MAX);
	xml_open(&xml, "b");
	xml_close(&xml);
	xml_open(&xml, "c");
	xml_open(&xml, "d");
	xml_close(&xml);
	xml_close(&xml);
	xml_close(&xml);
	assert_written("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		       "<a name=\"x\" count=\"18446744073709551615\">\n"
		       "  <b/>\n"
		       "  <c>\n"
		       "    <d/>\n"
		       "  </c>\n"
		       "</a>\n");
}

static void text_has_no_blanks_that_nobody_wrote(void **state)
{
	(void)state;
	xml_open(&xml, "a");
	xml_open(&xml, "b");
	xml_text(&xml, SPAN("one"));
	xml_newline(&xml);
	xml_text(&xml, SPAN("two"));
	xml_close(&xml);
	xml_open(&xml, "c");
	xml_close(&xml);
	xml_close(&xml);
	assert_written("\n<a>\n"
		       "  <b>one\n"
		       "two</b>\n"
		       "  <c/>\n"
		       "</a>\n");
}

static void assert_text_as(struct span text, const char *expected)
{
	struct xml_writer one = {0};
	char *at = NULL, whole[256];
	size_t length;

	one.file = open_memstream(&at, &length);
	xml_open(&one, "a");
	xml_attribute(&one, "b", text);
	xml_text(&one, text);
	xml_close(&one);
	fclose(one.file);
	snprintf(whole, sizeof(whole), "\n<a b=\"%s\">%s</a>\n", expected,
		 expected);
	assert_string_equal(at, whole);
	free(at);
}

static void marks_of_xml_are_escaped_in_attributes_and_text(void **state)
{
	(void)state;
	assert_text_as(SPAN("a<b>&\"c'"), "a&lt;b&gt;&amp;&quot;c'");
	assert_text_as(SPAN("]]></a><!--"), "]]&gt;&lt;/a&gt;&lt;!--");
	assert_text_as(SPAN("&#0;"), "&amp;#0;");
	fclose(xml.file);
}

static void what_xml_forbids_or_hides_is_shown_as_bytes(void **state)
{
	(void)state;
	assert_text_as(SPAN("\0\x01\x1f\x7f"), "\\x00\\x01\\x1f\\x7f");
	assert_text_as(SPAN("\n\t\r"), "\\x0a\\x09\\x0d");
	assert_text_as(SPAN("\xff(\xc3"), "\\xff(\\xc3");
	assert_text_as(SPAN("\xed\xa0\x80"), "\\xed\\xa0\\x80");
	assert_text_as(SPAN("\xe2\x80\xae"), "\\xe2\\x80\\xae");
	assert_text_as(SPAN("\xef\xbf\xbe\xef\xbf\xbf"),
		       "\\xef\\xbf\\xbe\\xef\\xbf\\xbf");
	fclose(xml.file);
}

static void other_text_is_left_alone(void **state)
{
	(void)state;
	assert_text_as(SPAN("caf\xc3\xa9 \xf0\x9f\xa6\x89 \xef\xbf\xbd"),
		       "caf\xc3\xa9 \xf0\x9f\xa6\x89 \xef\xbf\xbd");
	/* It was escaped for the terminal before. */
	assert_text_as(SPAN("\\x1b\\\\"), "\\x1b\\\\");
	fclose(xml.file);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(elements_stand_on_lines_of_their_own),
		TEST(text_has_no_blanks_that_nobody_wrote),
		TEST(marks_of_xml_are_escaped_in_attributes_and_text),
		TEST(what_xml_forbids_or_hides_is_shown_as_bytes),
		TEST(other_text_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
