/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A temporary folder that a test works in, and files in it. */
#ifndef PAGEOWL_TESTS_SUPPORT_FOLDER_MAKER_H
#define PAGEOWL_TESTS_SUPPORT_FOLDER_MAKER_H

#include <stddef.h>

/* For cmocka: make the folder and go there; remove it with all in it. */
int folder_setup(void **state);
int folder_teardown(void **state);

/* Make a file or a link, and the folders above it. */
void folder_file(const char *path, const char *text);
void folder_bytes(const char *path, const void *bytes, size_t length);
void folder_link(const char *path, const char *target);

#endif
