/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as text of page_owner_stacks: see format_fuzzer.h. */
#include "tests/fuzz/format_fuzzer.h"

extern const struct format format_page_owner_stacks;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	format_fuzzer_run(&format_page_owner_stacks,
			  "sys/kernel/debug/page_owner_stacks/show_stacks",
			  data, size);
	return 0;
}
