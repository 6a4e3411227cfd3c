/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How reading page_owner scales with the readers: a fake page_owner whose
 * records cost the processor as much as printing them costs the kernel, read
 * as cat does, and by pools of readers. Everything goes to /dev/null.
 *
 *   owner_scaling [RECORDS [MICROSECONDS]]
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "live/owner_ranges.h"

enum { RUNS = 5, TEXT_SIZE = 2048, STACKS = 1000, CAT_BUFFER = 128 << 10 };

struct fake {
	uint64_t records; /* on each second page frame */
	uint64_t turns;	  /* of the loop that each record costs */
	uint64_t position;
	volatile uint64_t sink;
	char stacks[STACKS][TEXT_SIZE];
};

static double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Work that no compiler leaves out. */
static void burn(struct fake *fake, uint64_t turns)
{
	uint64_t value = fake->sink + 1;

	for (uint64_t i = 0; i < turns; i++)
		value = value * 6364136223846793005u + 1442695040888963407u;
	fake->sink = value;
}

static void calibrate(struct fake *fake, double us)
{
	uint64_t turns = 20000000;
	double best = 1e9;

	for (int i = 0; i < 5; i++) {
		double began = now_s();

		burn(fake, turns);
		if (now_s() - began < best)
			best = now_s() - began;
	}
	fake->turns = (uint64_t)(us * 1e-6 * (double)turns / best);
}

/* Stacks as long as those of a real machine, with names that differ. */
static void make_stacks(struct fake *fake)
{
	for (unsigned i = 0; i < STACKS; i++) {
		char *at = fake->stacks[i];

		for (unsigned k = 0; k < 8 + i % 8; k++)
			at += sprintf(at, " function_%u_of_%u+0x%x/0x%x\n",
				      i * k * 2654435761u % 997, k, i % 251,
				      i % 251 + 64);
		strcpy(at, "\n");
	}
}

static ssize_t print_record(struct fake *fake, uint64_t pfn, char *buffer)
{
	uint64_t record = (pfn + 1) / 2;
	int length;

	if (record >= fake->records)
		return 0;
	burn(fake, fake->turns);
	length = sprintf(buffer,
			 "Page allocated via order 0, mask 0x140cca("
			 "GFP_HIGHUSER_MOVABLE|__GFP_COMP), pid %" PRIu64
			 ", tgid %" PRIu64 " (kworker), ts %" PRIu64 " ns\n"
			 "PFN 0x%" PRIx64 " type Movable Block %" PRIu64
			 " type Movable Flags 0xfffffc0000028(uptodate|lru|"
			 "node=0|zone=1|lastcpupid=0x1fffff)\n",
			 record % 4000, record % 3000, record * 7919 + 1000000,
			 2 * record, record / 256);
	strcpy(buffer + length,
	       fake->stacks[record * 2654435761u / 7 % STACKS]);
	return length + (ssize_t)strlen(buffer + length);
}

static int fake_open(void *context, const char *path)
{
	(void)path;
	((struct fake *)context)->position = 0;
	return open("/dev/null", O_RDONLY);
}

/* With the cost of a system call, as the real ones have it. */
static ssize_t fake_read_at(void *context, int fd, void *buffer, size_t length,
			    uint64_t offset)
{
	char byte;

	(void)length;
	if (pread(fd, &byte, 1, 0) != 0)
		return -1;
	return print_record(context, offset, buffer);
}

static ssize_t fake_read(void *context, int fd, void *buffer, size_t length)
{
	struct fake *fake = context;
	ssize_t got = fake_read_at(fake, fd, buffer, length, fake->position);

	if (got > 0)
		fake->position = (fake->position + 1) / 2 * 2 + 1;
	return got;
}

static int64_t fake_tell(void *context, int fd)
{
	(void)fd;
	return (int64_t)((struct fake *)context)->position;
}

static void fake_close(void *context, int fd)
{
	(void)context;
	close(fd);
}

static void must(bool done, const char *what)
{
	if (done)
		return;
	fprintf(stderr, "owner_scaling: %s\n", what);
	exit(2);
}

static double time_cat(struct fake *fake, int out)
{
	static char buffer[CAT_BUFFER];
	double began = now_s();
	int fd = fake_open(fake, "");
	ssize_t got;

	while ((got = fake_read(fake, fd, buffer, sizeof(buffer))) > 0)
		must(write(out, buffer, (size_t)got) == got, "cannot write");
	close(fd);
	return now_s() - began;
}

static double time_pool(const struct owner_io *io, unsigned jobs, int out)
{
	struct reader_options options = reader_options_usual(jobs);
	const struct fake *fake = io->context;
	struct owner_ranges *ranges;
	struct reader_pool *pool;
	const struct piece *piece;
	struct error err;
	uint64_t records = 0;
	double began = now_s();

	options.io = io;
	must(reader_pool_create(&options, &pool, &err), "no pool");
	must(owner_ranges_create(pool, "page_owner", &ranges, &err),
	     "no ranges");
	while (owner_ranges_next(ranges, &piece) == OWNER_PIECE) {
		piece = reader_pool_packed(pool, piece);
		must(write(out, piece->packed, piece->packed_length) >= 0,
		     "cannot write");
		records += piece->records;
	}
	must(records == fake->records, "records were lost");
	owner_ranges_destroy(ranges);
	reader_pool_destroy(pool);
	return now_s() - began;
}

static int compare(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static double median(double *values)
{
	qsort(values, RUNS, sizeof(*values), compare);
	return values[RUNS / 2];
}

static void print_ratio(const char *what, const char *wanted, double *ratios,
			double *ours, double *theirs)
{
	printf("%-46s %7.2f  %-9s %6.0f ms / %.0f ms\n", what, median(ratios),
	       wanted, median(ours) * 1e3, median(theirs) * 1e3);
}

int main(int argc, char **argv)
{
	static const unsigned jobs[] = {1, 2, 4};
	double cat[RUNS], pool[3][RUNS], ratio[3][RUNS], copy[RUNS];
	struct fake *fake = calloc(1, sizeof(*fake));
	struct owner_io io = {fake_open, fake_read_at, fake_read,
			      fake_tell, fake_close,   fake};
	int out = open("/dev/null", O_WRONLY);

	must(fake && out >= 0, "cannot begin");
	fake->records = argc > 1 ? strtoull(argv[1], NULL, 10) : 60000;
	calibrate(fake, argc > 2 ? strtod(argv[2], NULL) : 10);
	make_stacks(fake);
	for (int run = 0; run < RUNS; run++) {
		cat[run] = time_cat(fake, out);
		for (int i = 0; i < 3; i++)
			pool[i][run] = time_pool(&io, jobs[i], out);
		ratio[0][run] = pool[0][run] / cat[run];
		for (int i = 1; i < 3; i++)
			ratio[i][run] = pool[0][run] / pool[i][run];
	}
	memcpy(copy, cat, sizeof(copy));
	print_ratio("page_owner, 1 reader / cat", "<= 1.05", ratio[0], pool[0],
		    copy);
	print_ratio("page_owner, 1 reader / 2 readers", ">= 1.9", ratio[1],
		    pool[0], pool[1]);
	print_ratio("page_owner, 1 reader / 4 readers", "-", ratio[2], pool[0],
		    pool[2]);
	free(fake);
	return 0;
}
