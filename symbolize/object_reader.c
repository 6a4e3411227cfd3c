/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/object_reader.h"

#include "symbolize/bfd_object.h"
#include "symbolize/object_reading.h"
#include "symbolize/reader_crew.h"

bool object_reader_run(struct object_job *jobs, size_t count,
		       const struct reader_limits *limits,
		       struct text_pool *pool, struct reason *why)
{
	if (!bfd_object_is_built())
		return reason_set(why, "this program was built without libbfd");
	return reader_crew_run(jobs, count, limits, object_reading_run, pool,
			       why);
}
