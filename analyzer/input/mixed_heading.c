/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/mixed_heading.h"

#include "formats/log_prefix.h"
#include "formats/member_path.h"
#include "formats/sniff_line.h"

/* More than a prompt has: "root@host:/sys/kernel/debug/slab# ". */
#define PROMPT_MAX 120

static bool is_path(struct span path)
{
	size_t i;

	for (i = 0; i < path.length; i++)
		if ((unsigned char)path.at[i] < ' ' || path.at[i] == 0x7f)
			return false;
	return path.length && path.at[0] != ' ';
}

/* "==> path <==" can be nothing else; whose path it is may not be known. */
static bool take_arrows(struct span line, struct span *ret)
{
	if (!span_take(&line, SPAN("==> ")) || !span_drop(&line, SPAN(" <==")))
		return false;
	*ret = line;
	return is_path(line);
}

/* "--- path ---" is as well anything else, a diff for one. */
static bool take_dashes(struct span line, struct span *ret)
{
	if (!span_take(&line, SPAN("--- ")) || !span_drop(&line, SPAN(" ---")))
		return false;
	*ret = line;
	return is_path(line) && line.at[0] == '/';
}

/* "# cat path", "$ sudo cat path", "host:~ # /bin/cat path" */
static bool take_command(struct span line, struct span *ret)
{
	static const struct span mark = {"cat /", 5};
	const char *at = span_find(line, mark);
	struct span prompt, path;

	if (!at || at - line.at > PROMPT_MAX)
		return false;
	prompt = span_between(line.at, at);
	path = span_between(at + mark.length - 1, span_end(line));
	if (!span_drop(&prompt, SPAN("/usr/bin/")))
		span_drop(&prompt, SPAN("/bin/"));
	span_drop(&prompt, SPAN("sudo "));
	if (!span_drop(&prompt, SPAN("# ")) && !span_drop(&prompt, SPAN("$ ")))
		return false;
	*ret = path;
	return is_path(path) && !memchr(path.at, ' ', path.length) &&
	       log_prefix_length(line) == 0;
}

bool mixed_heading_parse(struct span line, struct mixed_heading *ret)
{
	struct mixed_heading heading;
	struct span root, own;
	bool sure;

	line = span_trim_end(line);
	sure = take_arrows(line, &heading.path);
	if (!sure && !take_dashes(line, &heading.path) &&
	    !take_command(line, &heading.path))
		return false;
	heading.format = format_by_path(heading.path, &root, &own);
	if (!sure && !heading.format)
		return false;
	*ret = heading;
	return true;
}

static bool decides(struct span head, struct span line)
{
	struct mixed_heading ignored;

	(void)head;
	return mixed_heading_parse(line, &ignored);
}

const char *mixed_heading_find(struct span text)
{
	static const struct span marks[] = {
		{"==> ", 4}, {"--- /", 5}, {"cat /", 5}};
	const char *first = NULL;
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		const char *at = sniff_line(text, marks[i], decides);

		if (!at)
			continue;
		first = at;
		text = span_between(text.at, at);
	}
	return first;
}
