/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/clause.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void clause_add(char *line, size_t capacity, const char *format, ...)
{
	size_t length = strlen(line);
	va_list args;

	if (length && length + 2 < capacity) {
		memcpy(line + length, "; ", 3);
		length += 2;
	}
	va_start(args, format);
	vsnprintf(line + length, capacity - length, format, args);
	va_end(args);
}
