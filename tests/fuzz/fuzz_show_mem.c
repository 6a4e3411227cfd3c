/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a log with reports on memory: see format_fuzzer.h. */
#include "tests/fuzz/format_fuzzer.h"

extern const struct format format_show_mem;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	format_fuzzer_run(&format_show_mem, "", data, size);
	return 0;
}
