/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as text of kmemleak: see format_fuzzer.h. */
#include "tests/fuzz/format_fuzzer.h"

extern const struct format format_kmemleak;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	format_fuzzer_run(&format_kmemleak, "sys/kernel/debug/kmemleak", data,
			  size);
	return 0;
}
