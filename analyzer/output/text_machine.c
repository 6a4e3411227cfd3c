/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_machine.h"

#include "base/quote.h"
#include "output/quantity.h"
#include "output/text_view.h"

void text_machine_write(FILE *file, const char *path, const char *kernel,
			uint64_t uptime_ns)
{
	char name[TEXT_NAME_CAPACITY], uptime[QUANTITY_CAPACITY];

	quote_text(span_of(path), TEXT_NAME_LIMIT, name, sizeof(name));
	fputs(name, file);
	if (kernel) {
		quote_text(span_of(kernel), TEXT_NAME_LIMIT, name,
			   sizeof(name));
		fprintf(file, "   Linux %s", name);
	}
	if (uptime_ns != TS_NONE)
		fprintf(file, "   up %s",
			quantity_uptime(uptime_ns / 1000000000, uptime));
}

void text_machine_relation(FILE *file, enum same_boot boot, uint64_t old_ns,
			   uint64_t new_ns)
{
	static const char *const boots[] = {
		[BOOT_UNKNOWN] = "boot not known",
		[BOOT_SAME] = "same boot",
		[BOOT_OTHER] = "another boot",
	};
	uint64_t seconds = new_ns / 1000000000 - old_ns / 1000000000;
	char apart[QUANTITY_CAPACITY];

	fprintf(file, "   %s", boots[boot]);
	if (boot == BOOT_SAME && old_ns != TS_NONE && new_ns != TS_NONE &&
	    new_ns >= old_ns)
		fprintf(file, ", %s later", quantity_duration(seconds, apart));
}
