/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places as SARIF tells them: files by URI, functions and modules by name. */
#ifndef PAGEOWL_OUTPUT_SARIF_PLACE_H
#define PAGEOWL_OUTPUT_SARIF_PLACE_H

#include "model/report.h"
#include "output/json_writer.h"

/* What relative paths of source files are relative to. */
#define SARIF_SOURCE_ROOT "SRCROOT"

/*
 * The member "artifactLocation" or "location", as name has it: "mm/slub.c" is
 * below base (NULL: below where the program ran), "/a b" is "file:///a%20b".
 */
void sarif_file_write(struct json_writer *json, const char *name,
		      struct span path, const char *base);

/* The member "physicalLocation"; line 0: the whole file. */
void sarif_physical_write(struct json_writer *json, struct span path,
			  const char *base, uint64_t line);

/* The member "physicalLocation" for "nightly.rules:7"; nothing, and false, for
 * what is no place in a file: "--fail-over", "default", standard input. */
bool sarif_origin_write(struct json_writer *json, const char *origin);

/* Whether that writes anything. */
bool sarif_origin_is_place(const char *origin);

/* The members "physicalLocation", as far as it is known, and
 * "logicalLocations" of place index of a frame; 0 where it has none. */
void sarif_frame_write(struct json_writer *json, const struct frame *frame,
		       size_t index);

/* The member "logicalLocations"; either may be empty, then it is not told. */
void sarif_logical_write(struct json_writer *json, struct span function,
			 struct span module);

/* The member "message" of plain text, so that nothing in it is taken for a
 * placeholder or a link. */
void sarif_message_write(struct json_writer *json, const char *name,
			 struct span text);

#endif
