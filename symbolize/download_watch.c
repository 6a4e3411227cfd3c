/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/download_watch.h"

#define SECOND_NS UINT64_C(1000000000)

/* Where the size stays unknown: looks come one by one, bytes do not. */
enum { BYTES_MIN = 512 };

bool download_watch_tell(struct download_watch *watch, uint64_t now_ns,
			 long done, long total)
{
	const unsigned long step =
		done > watch->done
			? (unsigned long)done - (unsigned long)watch->done
			: 0;
	const bool came = step >= (total > 0 ? 1 : BYTES_MIN);

	if (came || !watch->since_ns)
		watch->since_ns = now_ns;
	watch->done = done;
	watch->stalled =
		now_ns > watch->since_ns &&
		now_ns - watch->since_ns > DOWNLOAD_PATIENCE_S * SECOND_NS;
	return watch->stalled;
}
