/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/collect_run.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/span.h"
#include "live/owner_ranges.h"

#define OWNER_PATH    "sys/kernel/debug/page_owner"
#define LOG_PATH      "dev/kmsg"
#define KMEMLEAK_PATH "sys/kernel/debug/kmemleak"

/* One member while it is taken. */
struct taking {
	struct collect_run *run;
	const struct live_source *source;
	struct member_note note;
	enum piece_end end; /* how the last piece ended */
	int error;	    /* errno of the last piece */
	bool owner;	    /* it is page_owner, in ranges */
	bool begun;	    /* in the store, and not whole at once */
	bool full;	    /* the store takes no more of it */
	bool lossy;	    /* a reader could not read some of it */
	uint64_t records, refused, reached;
	char full_path[4096];
	char why[1000];
};

/* Say why the member is not whole. */
__attribute__((format(printf, 2, 3))) static void explain(struct taking *taking,
							  const char *format,
							  ...);

static void explain(struct taking *taking, const char *format, ...)
{
	size_t length = strlen(taking->why);
	va_list arguments;

	if (length && length + 2 < sizeof(taking->why)) {
		memcpy(taking->why + length, "; ", 3);
		length += 2;
	}
	va_start(arguments, format);
	vsnprintf(taking->why + length, sizeof(taking->why) - length, format,
		  arguments);
	va_end(arguments);
}

static void move(struct taking *taking)
{
	const struct collect_watch *watch = taking->run->watch;

	if (watch->moves)
		watch->moves(watch->context, taking->note.path,
			     taking->note.bytes, taking->records);
}

/* The store takes no more: what it has of the member is kept. */
static void refuse(struct taking *taking, const struct error *err)
{
	taking->full = true;
	explain(taking, "%s", err->text);
	/* Of a full disk there is no next member. */
	collect_stop(taking->run, err->text);
}

/* Whether nothing comes before this piece, or behind it: most are so. */
static bool is_whole(const struct taking *taking, const struct piece *piece)
{
	/* Of page_owner a range is done, and not all. */
	return !taking->owner && !taking->begun && piece->end == PIECE_DONE;
}

static bool store_piece(struct taking *taking, const struct piece *piece,
			struct span packed, struct error *err)
{
	struct member_store *store = taking->run->store;

	if (is_whole(taking, piece))
		return member_store_whole(store, taking->note.path, packed,
					  piece->text_bytes, err);
	if (!taking->begun &&
	    !member_store_begin(store, taking->note.path, err))
		return false;
	taking->begun = true;
	return !packed.length ||
	       member_store_add(store, packed, piece->text_bytes, err);
}

/* Put what a reader found into the store. */
static void keep(struct taking *taking, const struct piece *read)
{
	const struct piece *piece = reader_pool_packed(taking->run->pool, read);
	struct span packed = {piece->packed, piece->packed_length};
	struct error err;

	taking->end = piece->end;
	taking->error = piece->why;
	taking->refused += piece->refused;
	if (piece->note[0]) {
		taking->lossy = true;
		explain(taking, "%s", piece->note);
	}
	if (taking->full || (piece->end == PIECE_FAILED && !packed.length))
		return;
	if (!store_piece(taking, piece, packed, &err)) {
		refuse(taking, &err);
		return;
	}
	taking->note.bytes += piece->text_bytes;
	taking->records += piece->records;
	move(taking);
}

/* A signal is for who watches; reading goes on until the piece is there. */
static unsigned wait_for_piece(struct collect_run *run)
{
	unsigned piece;

	while (!reader_pool_wait(run->pool, &piece))
		collect_stopped(run);
	return piece;
}

/* No process reads on, or at all; the next member may have one again. */
static void lose_reader(struct taking *taking, const struct error *err)
{
	taking->end = PIECE_FAILED;
	taking->lossy = true;
	explain(taking, "%s", err->text);
}

static void take_file(struct taking *taking, bool log)
{
	struct collect_run *run = taking->run;
	struct read_request request = {
		.kind = log ? READ_LOG : READ_FILE,
		.path = taking->full_path,
		.patience_s = taking->source->patience_s,
		.root = strlen(run->options->root),
	};
	struct error err;
	unsigned piece;
	bool more = true, asked;

	asked = reader_pool_ask(run->pool, &request, &piece, &err);
	request.kind = log ? READ_LOG_MORE : READ_MORE;
	while (more && asked) {
		unsigned got = wait_for_piece(run);
		const struct piece *read = reader_pool_piece(run->pool, got);

		more = read->end == PIECE_FULL && !taking->full &&
		       !collect_stopped(run);
		/* The reader goes on while we write. */
		if (more)
			asked = reader_pool_ask(run->pool, &request, &piece,
						&err);
		keep(taking, read);
		reader_pool_release(run->pool, got);
	}
	if (!asked)
		lose_reader(taking, &err);
}

static bool take_ranges(struct taking *taking, struct error *err)
{
	struct collect_run *run = taking->run;
	const struct piece *piece;
	struct owner_ranges *ranges;
	enum owner_step step;

	if (!owner_ranges_create(run->pool, taking->full_path, &ranges, err))
		return false;
	do {
		step = owner_ranges_next(ranges, &piece);
		if (step == OWNER_PIECE)
			keep(taking, piece);
	} while (step != OWNER_END && !taking->full && !collect_stopped(run));
	taking->end = PIECE_FULL;
	taking->reached = owner_ranges_reached(ranges);
	/* What other readers had of the pages behind that is there, too. */
	if (step == OWNER_END) {
		piece = owner_ranges_end(ranges);
		taking->end = piece->end;
		taking->error = piece->why;
		taking->reached = piece->next;
	}
	owner_ranges_destroy(ranges);
	return true;
}

/* What became of it, in words, unless it is whole. */
static void judge(struct taking *taking)
{
	struct collect_run *run = taking->run;
	struct member_note *note = &taking->note;
	char why[600];

	if (taking->owner && taking->end != PIECE_DONE)
		explain(taking, "read up to page frame %" PRIu64,
			taking->reached);
	switch (taking->end) {
	case PIECE_DONE:
		break;
	case PIECE_FULL:
		if (!taking->full)
			explain(taking, "%s", run->summary->ended_early);
		break;
	case PIECE_FAILED:
		/* The reader knew better than an errno does. */
		if (taking->lossy)
			break;
		live_source_explain(run->machine, taking->source, note->path,
				    taking->error, why, sizeof(why));
		explain(taking, "%s", why);
		break;
	case PIECE_KILLED:
		explain(taking,
			"the reader was killed (signal %d), as the kernel does "
			"after an oops or for want of memory; see the end of "
			"its log",
			taking->error);
		break;
	case PIECE_LATE:
		explain(taking, "the reader hangs in the kernel and was left "
				"behind");
		break;
	}
	if (taking->refused)
		explain(taking,
			"the kernel refused %" PRIu64 " record%s that %s not "
			"fit into a page",
			taking->refused, taking->refused == 1 ? "" : "s",
			taking->refused == 1 ? "does" : "do");
	if (taking->end == PIECE_DONE && !taking->full && !taking->refused &&
	    !taking->lossy)
		note->status = MEMBER_WHOLE;
	else
		note->status = note->bytes ? MEMBER_PART : MEMBER_FAILED;
	note->why = taking->why[0] ? taking->why : NULL;
}

/* A process that ended while it was read is no loss. */
static bool is_gone(const struct taking *taking)
{
	return taking->end == PIECE_FAILED && !taking->note.bytes &&
	       (taking->error == ENOENT || taking->error == ESRCH) &&
	       strncmp(taking->note.path, "proc/", 5) == 0 &&
	       taking->note.path[5] >= '0' && taking->note.path[5] <= '9';
}

/* Close the member in the store, or take it out where nothing was read. */
static void close_member(struct taking *taking)
{
	struct member_store *store = taking->run->store;
	struct error err;

	if (!taking->begun)
		return;
	if (taking->note.status == MEMBER_FAILED
		    ? member_store_drop(store, &err)
		    : member_store_end(store, &err))
		return;
	explain(taking, "%s", err.text);
	taking->note.why = taking->why;
	if (taking->note.status == MEMBER_WHOLE)
		taking->note.status = MEMBER_PART;
	collect_stop(taking->run, err.text);
}

/* Left out for safety; note->why says so. */
static bool is_unsafe(struct taking *taking)
{
	const struct collect_run *run = taking->run;

	return !run->options->risky &&
	       (live_path_hangs(run->machine, taking->note.path, taking->why,
				sizeof(taking->why)) ||
		live_path_panics(run->machine, taking->note.path, taking->why,
				 sizeof(taking->why)));
}

/* Files that the kernel prints claim to be empty. */
static bool is_printed(const char *path)
{
	struct stat stat_buffer;

	return lstat(path, &stat_buffer) == 0 && S_ISREG(stat_buffer.st_mode) &&
	       stat_buffer.st_size == 0;
}

static bool take(struct taking *taking, struct error *err)
{
	const char *path = taking->note.path;

	if (strcmp(path, OWNER_PATH) == 0 &&
	    live_machine_is_live(taking->run->machine) &&
	    is_printed(taking->full_path)) {
		taking->owner = true;
		return take_ranges(taking, err);
	}
	/* Another root may have the device of this machine. */
	take_file(taking, strcmp(path, LOG_PATH) == 0 &&
				  live_machine_is_live(taking->run->machine));
	return true;
}

/*
 * A capture that ends while page_owner is read tells by this when it began,
 * and that it did. All else is on the disk before.
 */
static bool announce(struct taking *taking, struct error *err)
{
	struct collect_run *run = taking->run;
	struct member_note note = {
		.path = taking->note.path,
		.status = MEMBER_BEGUN,
	};

	collect_make_safe(run);
	taking->note.began_ns = note.began_ns = collect_now();
	return collect_put_line(run, &note, err) &&
	       collect_save_manifest(run, err);
}

bool collect_member(struct collect_run *run, const struct live_source *source,
		    const char *path, struct error *err)
{
	struct taking taking = {
		.run = run,
		.source = source,
		.note.path = path,
	};
	struct error failed;

	snprintf(taking.full_path, sizeof(taking.full_path), "%s/%s",
		 run->options->root, path);
	if (is_unsafe(&taking)) {
		taking.note.status = MEMBER_LEFT_OUT;
		taking.note.why = taking.why;
		return collect_note(run, &taking.note, err);
	}
	taking.note.began_ns = collect_now();
	if (strcmp(path, OWNER_PATH) == 0 && !announce(&taking, err))
		return false;
	if (!take(&taking, &failed))
		lose_reader(&taking, &failed);
	taking.note.ended_ns = collect_now();
	if (run->scan_failed && strcmp(path, KMEMLEAK_PATH) == 0)
		explain(&taking, "%s", run->scan_failed);
	if (taking.end == PIECE_LATE)
		collect_was_late(run, path);
	judge(&taking);
	close_member(&taking);
	if (is_gone(&taking))
		return true;
	run->summary->records += taking.records;
	return collect_note(run, &taking.note, err);
}

void collect_scan(struct collect_run *run)
{
	struct read_request request = {.kind = READ_KMEMLEAK_SCAN};
	const struct piece *piece;
	unsigned number;
	char path[4096];
	struct error err;

	snprintf(path, sizeof(path), "%s/" KMEMLEAK_PATH, run->options->root);
	request.path = path;
	if (!reader_pool_ask(run->pool, &request, &number, &err)) {
		snprintf(run->scan_text, sizeof(run->scan_text),
			 "kmemleak did not scan: %.80s", err.text);
		run->scan_failed = run->scan_text;
		return;
	}
	number = wait_for_piece(run);
	piece = reader_pool_piece(run->pool, number);
	if (piece->end != PIECE_DONE) {
		snprintf(run->scan_text, sizeof(run->scan_text),
			 "kmemleak did not scan: %s",
			 piece->end == PIECE_FAILED ? strerror(piece->why)
						    : "the writer was lost");
		run->scan_failed = run->scan_text;
	}
	reader_pool_release(run->pool, number);
}
