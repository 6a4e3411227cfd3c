/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fields of a kmem event: "call_site=… ptr=… bytes_req=…". Kernels differ
 * in which there are and in their order.
 */
#ifndef PAGEOWL_FORMATS_TRACE_FIELDS_H
#define PAGEOWL_FORMATS_TRACE_FIELDS_H

#include "base/span.h"

enum trace_field {
	TRACE_CALL_SITE, /* with the module behind it: "f+0x1/0x2 [mod]" */
	TRACE_PTR,
	TRACE_BYTES_REQ,
	TRACE_BYTES_ALLOC,
	TRACE_GFP,
	TRACE_NODE,
	TRACE_NAME, /* of the cache, which may hold spaces */
	TRACE_PAGE,
	TRACE_PFN,
	TRACE_ORDER,
	TRACE_MIGRATETYPE,
};
#define TRACE_FIELD_COUNT (TRACE_MIGRATETYPE + 1)

struct trace_fields {
	struct span values[TRACE_FIELD_COUNT]; /* empty: not there */
};

void trace_fields_split(struct span text, struct trace_fields *ret);

enum trace_address {
	TRACE_ADDRESS_KNOWN,
	TRACE_ADDRESS_NULL,   /* the allocation failed */
	TRACE_ADDRESS_HIDDEN, /* "(____ptrval____)": early in a boot */
	TRACE_ADDRESS_BAD,
};

/* Read a pointer, which may be hashed; with or without "0x". */
enum trace_address trace_address(struct span text, uint64_t *ret);

#endif
