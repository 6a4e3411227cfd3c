/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The headers of any file: what is told of it must not depend on how the file
 * is read, and is nothing that the file cannot have.
 */
#define _GNU_SOURCE /* memfd_create */
#include "symbolize/elf_headers.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "symbolize/object_release.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int file_of(const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	return fd;
}

/* Whether the bytes are there, as a build id in a note would be. */
static int has_bytes(const uint8_t *data, size_t size,
		     const struct build_id *id)
{
	for (size_t i = 0; i + id->length <= size; i++)
		if (memcmp(data + i, id->bytes, id->length) == 0)
			return 1;
	return 0;
}

static void check_notes(const uint8_t *data, size_t size)
{
	struct build_id id = {0};

	if (!build_id_of_notes(data, size, &id))
		return;
	assert(id.length > 0 && id.length <= BUILD_ID_MAX);
	assert(has_bytes(data, size, &id));
}

static void check_release(int fd, uint64_t size,
			  const struct elf_headers *headers)
{
	const struct object_file file = {
		.fd = fd,
		.is_relocatable = headers->is_relocatable,
		.release_text = headers->release_text,
	};
	char release[OBJECT_RELEASE_CAPACITY];

	assert(file.release_text.size <= size);
	if (object_release_read(&file, release))
		assert(release[0] && strlen(release) < sizeof(release));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct elf_headers headers = {0}, longer = {0};
	struct reason why = {0};
	int fd = file_of(data, size);
	bool done = elf_headers_read(fd, size, &headers, &why);

	assert(done == !why.text[0]);
	if (done) {
		assert(headers.build_id.length <= BUILD_ID_MAX);
		assert(has_bytes(data, size, &headers.build_id));
		check_release(fd, size, &headers);
		/* Cut after its size was asked: an answer, whatever it is. */
		if (ftruncate(fd, (off_t)(size / 2)) != 0)
			abort();
		elf_headers_read(fd, size, &longer, NULL);
	}
	close(fd);
	check_notes(data, size);
	return 0;
}
