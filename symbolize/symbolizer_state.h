/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a symbolizer is made of, for its own files: symbolizer.c answers,
 * symbol_files.c finds the files and has them read, symbol_doubts.c says what
 * is wrong with them.
 */
#ifndef SYMBOLIZE_SYMBOLIZER_STATE_H
#define SYMBOLIZE_SYMBOLIZER_STATE_H

#include "symbolize/object_list.h"
#include "symbolize/symbolizer.h"

#define SYMBOL_WARNINGS_MAX 64

struct symbolizer {
	struct symbolizer_options options;
	struct text_pool pool;
	struct object_search *search; /* NULL until it is needed */
	char *cache_directory;
	struct object_list list;
	struct known_frame *landmark;
	const char *prefix; /* of files in the kernel's tree; NULL: not known */
	char *warnings[SYMBOL_WARNINGS_MAX];
	size_t warning_count;
};

/* ---- symbol_files.c ---- */

/* Answer all frames that are pending, from the cache or from the files. */
bool symbol_files_answer(struct symbolizer *symbolizer);

/* ---- symbol_doubts.c ---- */

/* Remember a warning, unless it was given already; context is the symbolizer.
 */
void symbol_doubt_text(void *context, const char *text);
__attribute__((format(printf, 2, 3))) void symbol_doubt(
	struct symbolizer *symbolizer, const char *format, ...);

/* Judge each file by its answers, and say what the user has to know. */
void symbol_doubts_say(struct symbolizer *symbolizer, bool last);

#endif
