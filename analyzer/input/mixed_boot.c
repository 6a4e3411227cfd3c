/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/mixed_boot.h"

#include "base/table.h"
#include "formats/log_prefix.h"

static bool is_alphanumeric(char c)
{
	return span_is_digit(c) || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

/* "[    1.000000] " is "[.]", "Jan  4 09:53:54 host kernel: " is ":::". */
static unsigned form_of(struct span prefix)
{
	char form[64];
	size_t length = 0, i;

	for (i = 0; i < prefix.length && length < sizeof(form); i++)
		if (prefix.at[i] != ' ' && !is_alphanumeric(prefix.at[i]))
			form[length++] = prefix.at[i];
	return table_hash(form, length);
}

static bool is_version(struct span text)
{
	return span_starts_with(text, SPAN("Linux version "));
}

void mixed_boot_read(struct mixed_boot *boot, struct span text)
{
	struct span line;

	*boot = (struct mixed_boot){0};
	while (boot->count < MIXED_BOOT_LINES && span_take_line(&text, &line)) {
		struct span whole = span_trim_end(line);
		struct log_prefix prefix = log_prefix_parse(whole);
		struct span rest = span_skip(whole, prefix.length);

		if (boot->count && is_version(rest))
			break;
		if (!boot->count)
			boot->form =
				form_of((struct span){whole.at, prefix.length});
		boot->lines[boot->count++] = (struct mixed_boot_line){
			.whole = table_hash(whole.at, whole.length),
			.text = table_hash(rest.at, rest.length),
			.time_ns = prefix.time_ns,
		};
	}
}

bool mixed_boot_is_same(const struct mixed_boot *a, const struct mixed_boot *b)
{
	size_t count = a->count < b->count ? a->count : b->count, i;
	bool alike = a->form == b->form;

	for (i = 0; i < count; i++) {
		const struct mixed_boot_line *x = &a->lines[i];
		const struct mixed_boot_line *y = &b->lines[i];

		if (alike ? x->whole != y->whole : x->text != y->text)
			return false;
		if (x->time_ns != UINT64_MAX && y->time_ns != UINT64_MAX &&
		    x->time_ns != y->time_ns)
			return false;
	}
	return count != 0;
}
