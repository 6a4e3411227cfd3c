/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/sys/kernel/random/boot_id (drivers/char/random.c): a UUID, made at
 * each boot: "0c3b1e1e-7d38-4f4b-8f65-2b0f6c4e9a10".
 */
#include "formats/counter_text.h"

static bool is_uuid(struct span line)
{
	size_t i;

	if (line.length != 36)
		return false;
	for (i = 0; i < line.length; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? line.at[i] != '-' : span_hex_digit(line.at[i]) < 0)
			return false;
	}
	return true;
}

static bool boot_id_line(struct counter_text *text, struct span line)
{
	if (!is_uuid(line))
		return counter_text_skip(text, "a UUID");
	return counter_text_give_text(text, SPAN(""), SPAN("boot_id"), line);
}

static bool boot_id_block(void *state, struct span lines, struct sink *sink,
			  struct error *err)
{
	return counter_text_single(state, "boot_id", boot_id_line, lines, sink,
				   err);
}

static const char *const paths[] = {
	"proc/sys/kernel/random/boot_id",
	"boot_id",
	NULL,
};

const struct format format_boot_id = {
	.name = "boot_id",
	.title = "/proc/sys/kernel/random/boot_id",
	.state_size = sizeof(struct counter_text),
	.paths = paths,
	.counts = true,
	.block = boot_id_block,
	.finish = counter_text_finish,
};
