/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has to be said of a trace beside what is live at its end. */
#ifndef PAGEOWL_FORMATS_TRACE_REMARKS_H
#define PAGEOWL_FORMATS_TRACE_REMARKS_H

struct trace_reader;

/* noun: what is allocated, "pages". */
void trace_remarks_tell(const struct trace_reader *reader, const char *noun);

#endif
