/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool error_set(struct error *err, enum error_code code, const char *format, ...)
{
	va_list args;

	err->code = code;
	err->reason = 0;
	va_start(args, format);
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	return false;
}

bool error_set_io(struct error *err, int reason, const char *format, ...)
{
	va_list args;

	err->code = ERROR_IO;
	err->reason = reason;
	va_start(args, format);
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	return false;
}

bool error_no_memory(struct error *err)
{
	static const char text[] = "out of memory";

	err->code = ERROR_MEMORY;
	err->reason = 0;
	memcpy(err->text, text, sizeof(text));
	return false;
}
