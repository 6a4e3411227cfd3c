/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "tests/support/fake_owner.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The first record at or above pfn, or the count. */
static size_t find_record(const struct fake_owner *owner, uint64_t pfn)
{
	size_t low = 0, high = owner->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (owner->records[middle].pfn < pfn)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* What the n-th read meets, whoever does it. */
static bool meet_trouble(struct fake_owner *owner, char *buffer)
{
	uint64_t read = atomic_fetch_add(&owner->counts->reads, 1) + 1;

	if (read == owner->kill_at || read == owner->detain_at)
		memset(buffer, '!', 2000);
	if (read == owner->kill_at)
		raise(SIGKILL);
	while (read == owner->detain_at)
		pause();
	return read == owner->fail_at;
}

static ssize_t print_at(struct fake_owner *owner, uint64_t pfn, void *buffer,
			size_t length, uint64_t *ret_pfn)
{
	size_t i = find_record(owner, pfn);
	const struct fake_record *record = &owner->records[i];

	if (meet_trouble(owner, buffer)) {
		errno = EIO;
		return -1;
	}
	if (i == owner->count) {
		uint64_t last = i ? owner->records[i - 1].pfn + 1 : 0;

		if (last > pfn)
			atomic_fetch_add(&owner->counts->walked, last - pfn);
		return 0;
	}
	atomic_fetch_add(&owner->counts->walked, record->pfn - pfn + 1);
	*ret_pfn = record->pfn;
	if (record->refused || record->length > length) {
		errno = ENOMEM;
		return -1;
	}
	memcpy(buffer, owner->text.at + record->at, record->length);
	return (ssize_t)record->length;
}

static uint64_t pfn_of(const struct fake_owner *owner, uint64_t offset)
{
	if (!owner->since_6_1)
		return offset + owner->min_low_pfn;
	return offset ? offset : owner->min_low_pfn;
}

static int fake_open(void *context, const char *path)
{
	struct fake_owner *owner = context;

	(void)path;
	owner->position = 0;
	return 1000;
}

static ssize_t fake_read_at(void *context, int fd, void *buffer, size_t length,
			    uint64_t offset)
{
	struct fake_owner *owner = context;
	uint64_t pfn;

	assert(fd == 1000);
	return print_at(owner, pfn_of(owner, offset), buffer, length, &pfn);
}

static ssize_t fake_read(void *context, int fd, void *buffer, size_t length)
{
	struct fake_owner *owner = context;
	uint64_t pfn = 0;
	ssize_t got;

	assert(fd == 1000);
	got = print_at(owner, pfn_of(owner, owner->position), buffer, length,
		       &pfn);
	if (got > 0 || (got < 0 && errno == ENOMEM && owner->passes_refused))
		owner->position =
			pfn + 1 - (owner->since_6_1 ? 0 : owner->min_low_pfn);
	return got;
}

static int64_t fake_tell(void *context, int fd)
{
	const struct fake_owner *owner = context;

	(void)fd;
	return (int64_t)owner->position;
}

static void fake_close(void *context, int fd)
{
	(void)context;
	(void)fd;
}

void fake_owner_init(struct fake_owner *owner)
{
	memset(owner, 0, sizeof(*owner));
	owner->io = (struct owner_io){
		.open = fake_open,
		.read_at = fake_read_at,
		.read = fake_read,
		.tell = fake_tell,
		.close = fake_close,
		.context = owner,
	};
	owner->since_6_1 = true;
	owner->hex = true;
	owner->counts =
		mmap(NULL, sizeof(*owner->counts), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert(owner->counts != MAP_FAILED);
}

void fake_owner_deinit(struct fake_owner *owner)
{
	munmap(owner->counts, sizeof(*owner->counts));
	text_buffer_deinit(&owner->text);
	free(owner->records);
}

static void add_frames(struct text_buffer *text, size_t length)
{
	while (length > 0) {
		int name = length > 400 ? 370 : (int)(length % 40) + 1;

		text_buffer_format(text, " f%0*zu+0x1/0x2\n", name, length);
		length -= length > 400 ? 400 : length;
	}
}

void fake_owner_add(struct fake_owner *owner, uint64_t pfn, unsigned order,
		    const char *comm, size_t frames)
{
	struct fake_record *record;
	struct text_buffer *text = &owner->text;

	if (owner->count == owner->capacity) {
		owner->capacity = 2 * owner->capacity + 64;
		owner->records =
			realloc(owner->records,
				owner->capacity * sizeof(*owner->records));
		assert(owner->records);
	}
	record = &owner->records[owner->count++];
	*record = (struct fake_record){.pfn = pfn, .at = text->length};
	text_buffer_format(text,
			   "Page allocated via order %u, mask 0xcc0(GFP_KERNEL)"
			   ", pid 1, tgid 1 (%s), ts 77 ns\n",
			   order, comm);
	text_buffer_format(text, owner->hex ? "PFN 0x%llx" : "PFN %llu",
			   (unsigned long long)pfn);
	text_buffer_format(text,
			   " type Unmovable Block %llu type Unmovable Flags "
			   "0x1(node=0|zone=1)\n",
			   (unsigned long long)pfn >> 9);
	add_frames(text, frames);
	text_buffer_format(text, "\n");
	record->length = text->length - record->at;
	/* Since 5.0 a record has a page. */
	record->refused = record->length > 4096;
}

static const char *const names[] = {
	"kworker/0:1",	   "x\n\nPFN 0x1 typ", "\nPFN 1 Block ",
	"a), ts 1 ns\n\n", "(sd-pam)",	       "\nPFN 0x9 Block",
};

enum { NAMES = sizeof(names) / sizeof(names[0]) };

void fake_owner_fill(struct fake_owner *owner, struct dice *dice, size_t count)
{
	uint64_t pfn = owner->min_low_pfn + dice_below(dice, 5000);
	uint64_t before = 0;

	while (count-- > 0) {
		unsigned order = dice_one_in(dice, 3)
					 ? (unsigned)dice_below(dice, 11)
					 : 0;
		size_t frames = dice_below(dice, 900);

		pfn = (pfn + (1 << order) - 1) >> order << order;
		/*
		 * One that is refused is looked for page by page, and each time
		 * the kernel walks up to it: far from others that is costly.
		 */
		if (pfn - before < 10 && dice_one_in(dice, 20))
			frames = 4500 + dice_below(dice, 3000);
		else if (dice_one_in(dice, 30))
			frames = 3500;
		fake_owner_add(owner, pfn, order,
			       names[dice_below(dice, NAMES)], frames);
		before = pfn;
		pfn += 1ull << order;
		if (dice_one_in(dice, 4))
			pfn += dice_below(dice, 100);
		if (dice_one_in(dice, 300))
			pfn += dice_below(dice, 4000000);
	}
}

struct span fake_owner_text(const struct fake_owner *owner, size_t record)
{
	return (struct span){owner->text.at + owner->records[record].at,
			     owner->records[record].length};
}

void fake_owner_all(const struct fake_owner *owner, uint64_t end,
		    struct text_buffer *ret)
{
	for (size_t i = 0; i < owner->count; i++)
		if (owner->records[i].pfn < end && !owner->records[i].refused)
			text_buffer_add(ret, fake_owner_text(owner, i));
}
