/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/reason.h"

#include <stdarg.h>
#include <stdio.h>

bool reason_set(struct reason *reason, const char *format, ...)
{
	va_list args;
	char *at;

	if (!reason)
		return false;
	va_start(args, format);
	vsnprintf(reason->text, sizeof(reason->text), format, args);
	va_end(args);
	/* Names of files and sections are not to be trusted. */
	for (at = reason->text; *at; at++)
		if ((unsigned char)*at < ' ' || *at == 0x7f)
			*at = '?';
	return false;
}
