/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as what crash's extensions print: see format_fuzzer.h. */
#include "tests/fuzz/format_fuzzer.h"

extern const struct format format_crash_owner;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	format_fuzzer_run(&format_crash_owner, "owner.txt", data, size);
	return 0;
}
