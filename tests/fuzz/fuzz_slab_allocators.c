/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as text of slab_allocators: see format_fuzzer.h. */
#include "tests/fuzz/format_fuzzer.h"

extern const struct format format_slab_allocators;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	format_fuzzer_run(&format_slab_allocators, "proc/slab_allocators", data,
			  size);
	return 0;
}
