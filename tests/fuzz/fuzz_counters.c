/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a file of counters; the first of them says which: see
 * format_fuzzer.h. A path tells the format, and some formats ask it for more.
 */
#include <assert.h>

#include "formats/member_path.h"
#include "tests/fuzz/format_fuzzer.h"

/* make_corpus.sh knows their order. */
static const char *const paths[] = {
	"proc/meminfo",
	"sys/devices/system/node/node1/meminfo",
	"proc/slabinfo",
	"proc/zoneinfo",
	"proc/vmstat",
	"sys/kernel/slab/kmalloc-64/objects",
	"sys/kernel/slab/:A-0000192/slabs_cpu_partial",
	"proc/modules",
	"proc/version",
	"proc/uptime",
	"proc/sys/kernel/random/boot_id",
	"proc/cmdline",
	"sys/kernel/debug/page_owner_stacks/count_threshold",
	"proc/config.gz",
	"boot/config-6.12.0",
	"proc/stat",
	"manifest",
	"sys/devices/virtual/block/zram0/mm_stat",
	"proc/812/smaps_rollup",
	"proc/812/smaps",
	"proc/812/status",
	"proc/812/comm",
	"proc/812/cgroup",
	"sys/devices/system/cpu/possible",
	"sys/kernel/notes",
	"sys/module/heron/notes/.note.gnu.build-id",
	"proc/buddyinfo",
	"proc/pagetypeinfo",
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct format *format;
	const char *path;
	struct span root, own;

	if (size < 1)
		return 0;
	path = paths[data[0] % (sizeof(paths) / sizeof(paths[0]))];
	format = format_by_path(span_of(path), &root, &own);
	assert(format && format->counts);
	format_fuzzer_run(format, path, data + 1, size - 1);
	return 0;
}
