/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/reason.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { PATH_TOLD = 160 };

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

const char *reason_path(const char *path)
{
	size_t length = strlen(path);
	const char *end, *slash;

	if (length <= PATH_TOLD)
		return path;
	end = path + length - PATH_TOLD;
	/* From the begin of a name, so that no character is cut. */
	slash = strchr(end, '/');
	return slash && slash[1] ? slash + 1 : end;
}
