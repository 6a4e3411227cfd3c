/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as text of a kmem trace: see format_fuzzer.h. The first byte says
 * whether pages or objects are looked for.
 */
#include "tests/fuzz/format_fuzzer.h"

extern const struct format format_trace_pages, format_trace_objects;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = "sys/kernel/tracing/trace";

	if (!size)
		return 0;
	format_fuzzer_run(data[0] & 1 ? &format_trace_objects
				      : &format_trace_pages,
			  path, data + 1, size - 1);
	return 0;
}
