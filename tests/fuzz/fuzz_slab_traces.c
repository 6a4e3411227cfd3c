/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as text of slab_traces or, if the first of them is odd, of
 * slab_free_traces: see format_fuzzer.h.
 */
#include "tests/fuzz/format_fuzzer.h"

extern const struct format format_slab_traces, format_slab_free_traces;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return 0;
	if (data[0] & 1)
		format_fuzzer_run(&format_slab_free_traces,
				  "sys/kernel/debug/slab/kmalloc-64/"
				  "free_traces",
				  data + 1, size - 1);
	else
		format_fuzzer_run(&format_slab_traces,
				  "sys/kernel/debug/slab/kmalloc-64/"
				  "alloc_traces",
				  data + 1, size - 1);
	return 0;
}
