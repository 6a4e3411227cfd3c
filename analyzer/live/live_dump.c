/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/live_dump.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/quote.h"
#include "base/span.h"
#include "input/source.h"

#define DEBUGFS_PATH  "/sys/kernel/debug"
#define DUMP_PATH     DEBUGFS_PATH "/page_owner"
#define LOCKDOWN_PATH "/sys/kernel/security/lockdown"

enum {
	DEBUGFS_FILE_SYSTEM = 0x64626720, /* DEBUGFS_MAGIC, linux/magic.h */
	PATH_CAPACITY = 4096,
	COMMAND_LINE_CAPACITY = 8192, /* twice what any architecture takes */
	CHUNK = 16384,
};

/* A question about the machine may have no answer. */
enum answer { ANSWER_UNKNOWN, ANSWER_NO, ANSWER_YES };

static bool is_debugfs(const char *path)
{
	struct statfs statfs_buffer;

	return statfs(path, &statfs_buffer) == 0 &&
	       statfs_buffer.f_type == DEBUGFS_FILE_SYSTEM;
}

static int try_open(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

/* Open root/file; NULL when that cannot be, whatever the reason. */
static struct source *open_below(const struct live_probe *probe,
				 const char *file)
{
	char path[PATH_CAPACITY];
	struct source *source;
	struct error ignored;
	int length = snprintf(path, sizeof(path), "%s%s", probe->root, file);

	if (length < 0 || (size_t)length >= sizeof(path) ||
	    !source_create(path, &source, &ignored))
		return NULL;
	return source;
}

/* Whether a file has word in it; unknown when it is empty or not there. */
static enum answer file_has(const struct live_probe *probe, const char *file,
			    struct span word)
{
	struct source *source = open_below(probe, file);
	enum answer answer = ANSWER_UNKNOWN;
	char chunk[CHUNK];
	size_t kept = 0, length;
	struct error ignored;

	if (!source)
		return ANSWER_UNKNOWN;
	while (source_read(source, chunk + kept, sizeof(chunk) - kept, &length,
			   &ignored) &&
	       length > 0) {
		length += kept;
		answer = ANSWER_NO;
		if (span_find((struct span){chunk, length}, word)) {
			answer = ANSWER_YES;
			break;
		}
		/* The word may lie across the end of the chunk. */
		kept = length < word.length ? length : word.length - 1;
		memmove(chunk, chunk + length - kept, kept);
	}
	source_destroy(source);
	return answer;
}

/* Whether page_owner was compiled into the kernel. */
static enum answer is_built(const struct live_probe *probe)
{
	char config[512];
	enum answer answer;

	/* Names of symbols are there for everybody, addresses are not. */
	answer = file_has(probe, "/proc/kallsyms", SPAN("__set_page_owner"));
	if (answer != ANSWER_UNKNOWN)
		return answer;
	answer =
		file_has(probe, "/proc/config.gz", SPAN("CONFIG_PAGE_OWNER=y"));
	if (answer != ANSWER_UNKNOWN)
		return answer;
	snprintf(config, sizeof(config), "/boot/config-%s", probe->release);
	return file_has(probe, config, SPAN("CONFIG_PAGE_OWNER=y"));
}

/* Read the whole of a small file; an empty span when it is not there. */
static struct span read_small(const struct live_probe *probe, const char *file,
			      char *buffer, size_t capacity)
{
	struct source *source = open_below(probe, file);
	struct span text = {buffer, 0};
	struct error ignored;
	size_t length;

	if (!source)
		return text;
	while (text.length < capacity &&
	       source_read(source, buffer + text.length, capacity - text.length,
			   &length, &ignored) &&
	       length > 0)
		text.length += length;
	source_destroy(source);
	return text;
}

/* The next word of a kernel command line. */
static bool take_word(struct span *line, struct span *ret_word)
{
	size_t begin = 0, end;

	while (begin < line->length && strchr(" \t\n", line->at[begin]))
		begin++;
	end = begin;
	while (end < line->length && !strchr(" \t\n", line->at[end]))
		end++;
	if (begin == end)
		return false;
	*ret_word = span_between(line->at + begin, line->at + end);
	*line = span_skip(*line, end);
	return true;
}

/*
 * The value of a kernel parameter; as in the kernel the last one wins, and
 * what follows "--" is for init.
 */
static bool find_parameter(struct span line, struct span name,
			   struct span *ret_value)
{
	struct span word;
	bool found = false;

	while (take_word(&line, &word) && !span_equal(word, SPAN("--"))) {
		if (!span_take(&word, name) || !span_take(&word, SPAN("=")))
			continue;
		*ret_value = word;
		found = true;
	}
	return found;
}

/* Whether kstrtobool() in the kernel takes value for false. */
static bool is_off(struct span value)
{
	if (!value.length)
		return false;
	if (strchr("oO", value.at[0]))
		return value.length > 1 && strchr("fF", value.at[1]);
	return strchr("nNfF0", value.at[0]) != NULL;
}

/* What the command line of the kernel says about page_owner and debugfs. */
struct boot {
	struct span page_owner; /* its value */
	struct span debugfs;	/* its value */
	bool known;		/* there is a command line */
	bool page_owner_given;
	bool debugfs_given;
};

static struct boot read_boot(const struct live_probe *probe, char *buffer,
			     size_t capacity)
{
	struct boot boot = {0};
	struct span line = read_small(probe, "/proc/cmdline", buffer, capacity);

	boot.known = line.length > 0;
	boot.page_owner_given =
		find_parameter(line, SPAN("page_owner"), &boot.page_owner);
	boot.debugfs_given =
		find_parameter(line, SPAN("debugfs"), &boot.debugfs);
	return boot;
}

/* Write value for a message: it is short, or it is wrong. */
static const char *quoted(struct span value, char ret[QUOTE_CAPACITY])
{
	quote_text(value, 20, ret, QUOTE_CAPACITY);
	return ret;
}

/* Why the command line leaves no page_owner to be read, if it does. */
static bool explain_boot(const struct boot *boot, char *ret, size_t capacity)
{
	char value[QUOTE_CAPACITY];

	if (boot->known && !boot->page_owner_given) {
		snprintf(ret, capacity,
			 "page_owner is off; boot with page_owner=on");
		return true;
	}
	if (boot->page_owner_given && is_off(boot->page_owner)) {
		snprintf(ret, capacity,
			 "page_owner=%s turns it off; boot with page_owner=on",
			 quoted(boot->page_owner, value));
		return true;
	}
	if (boot->debugfs_given && !span_equal(boot->debugfs, SPAN("on"))) {
		snprintf(ret, capacity,
			 "debugfs=%s turns debugfs off; boot without it",
			 quoted(boot->debugfs, value));
		return true;
	}
	return false;
}

/* Why the file is not there although debugfs is. */
static void explain_missing(const struct boot *boot, char *ret, size_t capacity)
{
	char value[QUOTE_CAPACITY];

	if (!boot->known)
		snprintf(ret, capacity,
			 "No such file; it takes a kernel with "
			 "CONFIG_PAGE_OWNER=y, booted with page_owner=on");
	else if (!span_equal(boot->page_owner, SPAN("on")))
		/* kstrtobool() since 5.17; strcmp() before. */
		snprintf(ret, capacity,
			 "this kernel does not take page_owner=%s (before "
			 "5.17 only \"on\"); boot with page_owner=on",
			 quoted(boot->page_owner, value));
	else
		snprintf(ret, capacity,
			 "No such file, although booted with page_owner=on; "
			 "see dmesg | grep page_owner");
}

/* Why root may not read the file. */
static void explain_denied(const struct live_probe *probe, int error, char *ret,
			   size_t capacity)
{
	/* The file marks what is in force: "none [integrity] …". */
	if (error == EPERM &&
	    file_has(probe, LOCKDOWN_PATH, SPAN("[none]")) != ANSWER_YES)
		snprintf(ret, capacity,
			 "kernel lockdown or a security module forbids it; "
			 "boot with lockdown=none or without Secure Boot");
	else
		snprintf(ret, capacity,
			 "%s; root of a container may not read it, run on "
			 "the host",
			 strerror(error));
}

/* The most fundamental reason first: what hides another one comes later. */
static void explain(const struct live_probe *probe, const char *debugfs,
		    int error, char *ret, size_t capacity)
{
	char line[COMMAND_LINE_CAPACITY];
	struct boot boot = read_boot(probe, line, sizeof(line));
	bool denied = error == EACCES || error == EPERM;

	if (is_built(probe) == ANSWER_NO)
		snprintf(ret, capacity,
			 "this kernel has no page_owner; rebuild with "
			 "CONFIG_PAGE_OWNER=y, boot with page_owner=on");
	else if (explain_boot(&boot, ret, capacity))
		return;
	else if (!probe->is_debugfs(debugfs))
		snprintf(ret, capacity,
			 "debugfs is not mounted; mount -t debugfs "
			 "none " DEBUGFS_PATH);
	else if (denied && probe->is_superuser)
		explain_denied(probe, error, ret, capacity);
	else if (error == ENOENT)
		explain_missing(&boot, ret, capacity);
	else
		snprintf(ret, capacity, "%s", strerror(error));
}

bool live_dump_find(const struct live_probe *probe, char *ret_path,
		    size_t capacity, struct error *err)
{
	char path[PATH_CAPACITY], debugfs[PATH_CAPACITY], why[400];
	int length = snprintf(path, sizeof(path), "%s" DUMP_PATH, probe->root);
	char name[4 * 100 + 4];
	int error;

	if (length < 0 || (size_t)length >= sizeof(path) ||
	    (size_t)length >= capacity)
		return error_set(err, ERROR_IO, "cannot open '%s': %s",
				 DUMP_PATH, strerror(ENAMETOOLONG));
	error = probe->try_open(path);
	if (!error) {
		memcpy(ret_path, path, (size_t)length + 1);
		return true;
	}
	snprintf(debugfs, sizeof(debugfs), "%s" DEBUGFS_PATH, probe->root);
	explain(probe, debugfs, error, why, sizeof(why));
	quote_text(span_of(path), 100, name, sizeof(name));
	return error_set(
		err, ERROR_IO, "cannot open '%s': %s%s", name, why,
		probe->is_superuser ? "" : "; run as root (sudo pageowl top)");
}

bool live_dump_path(const char *root, char *ret_path, size_t capacity,
		    struct error *err)
{
	struct utsname name;
	struct live_probe probe = {
		.root = root,
		.release = "",
		.is_debugfs = is_debugfs,
		.try_open = try_open,
		.is_superuser = geteuid() == 0,
	};

	if (uname(&name) == 0)
		probe.release = name.release;
	return live_dump_find(&probe, ret_path, capacity, err);
}
