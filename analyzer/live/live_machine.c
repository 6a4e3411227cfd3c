/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/live_machine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "live/slab_trap.h"

#define DEBUGFS_PATH "sys/kernel/debug"
#define OWNER_PATH   DEBUGFS_PATH "/page_owner"
#define STACKS_PATH  DEBUGFS_PATH "/page_owner_stacks"

enum {
	DEBUGFS_FILE_SYSTEM = 0x64626720, /* DEBUGFS_MAGIC, linux/magic.h */
	PROC_FILE_SYSTEM = 0x9fa0,	  /* PROC_SUPER_MAGIC */
	RELEASE_CAPACITY = 256,
	COMMAND_LINE_CAPACITY = 8192, /* twice what any architecture takes */
};

struct live_machine {
	struct live_probe probe;
	struct span command_line; /* in command_line_text */
	struct slab_trap trap;
	char *root;
	char release[RELEASE_CAPACITY]; /* or empty */
	char boot_id[64];		/* or empty */
	char command_line_text[COMMAND_LINE_CAPACITY];
};

static bool is_file_system(const char *path, long magic)
{
	struct statfs statfs_buffer;

	return statfs(path, &statfs_buffer) == 0 &&
	       (long)statfs_buffer.f_type == magic;
}

bool live_path_is_debugfs(const char *path)
{
	return is_file_system(path, DEBUGFS_FILE_SYSTEM);
}

/* What is not a regular file might wait for ever. */
static int try_open(const char *path)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

/* What is not known to have 64 bits may have 32. */
static bool is_narrow(const char *machine_name)
{
	return !strstr(machine_name, "64") &&
	       strcmp(machine_name, "s390x") != 0;
}

/* "Linux version 6.12.117-lab (…" */
static void release_of_version(const char *root, char *ret, size_t capacity)
{
	char line[512];
	struct span rest, word;

	if (!live_file_line(root, "proc/version", line, sizeof(line)))
		return;
	rest = span_of(line);
	if (!span_take(&rest, SPAN("Linux version ")) ||
	    !span_take_word(&rest, &word) || word.length >= capacity)
		return;
	memcpy(ret, word.at, word.length);
	ret[word.length] = '\0';
}

static void find_release(struct live_machine *machine)
{
	size_t capacity = sizeof(machine->release);

	if (machine->probe.release)
		snprintf(machine->release, capacity, "%s",
			 machine->probe.release);
	else if (!live_file_line(machine->root, "proc/sys/kernel/osrelease",
				 machine->release, capacity))
		release_of_version(machine->root, machine->release, capacity);
	machine->probe.release = live_machine_release(machine);
}

bool live_machine_create_probed(const struct live_probe *probe,
				struct live_machine **ret, struct error *err)
{
	struct live_machine *machine = calloc(1, sizeof(*machine));

	if (!machine)
		return error_no_memory(err);
	machine->probe = *probe;
	machine->root = strdup(probe->root);
	if (!machine->root) {
		free(machine);
		return error_no_memory(err);
	}
	machine->probe.root = machine->root;
	find_release(machine);
	live_file_line(machine->root, "proc/sys/kernel/random/boot_id",
		       machine->boot_id, sizeof(machine->boot_id));
	machine->command_line = live_file_read(
		machine->root, "proc/cmdline", machine->command_line_text,
		sizeof(machine->command_line_text));
	slab_trap_find(machine->root, probe->is_narrow, &machine->trap);
	*ret = machine;
	return true;
}

bool live_machine_create(const char *root, struct live_machine **ret,
			 struct error *err)
{
	char proc[LIVE_PATH_CAPACITY];
	struct utsname name;
	bool known = uname(&name) == 0;
	struct live_probe probe = {
		.root = root,
		.is_debugfs = live_path_is_debugfs,
		.try_open = try_open,
		.is_superuser = geteuid() == 0,
		.is_narrow = known && is_narrow(name.machine),
	};

	if (!live_file_path(root, "proc", proc, sizeof(proc)))
		return error_set(err, ERROR_IO, "cannot open the root: %s",
				 strerror(ENAMETOOLONG));
	probe.is_live = is_file_system(proc, PROC_FILE_SYSTEM);
	if (known && probe.is_live)
		probe.release = name.release;
	return live_machine_create_probed(&probe, ret, err);
}

void live_machine_destroy(struct live_machine *machine)
{
	if (!machine)
		return;
	free(machine->root);
	free(machine);
}

const char *live_machine_root(const struct live_machine *machine)
{
	return machine->root;
}

const struct live_probe *live_machine_probe(const struct live_machine *machine)
{
	return &machine->probe;
}

const char *live_machine_release(const struct live_machine *machine)
{
	return machine->release[0] ? machine->release : NULL;
}

const char *live_machine_boot_id(const struct live_machine *machine)
{
	return machine->boot_id[0] ? machine->boot_id : NULL;
}

bool live_machine_is_live(const struct live_machine *machine)
{
	return machine->probe.is_live;
}

bool live_machine_is_superuser(const struct live_machine *machine)
{
	return machine->probe.is_superuser;
}

enum answer live_machine_older(const struct live_machine *machine,
			       unsigned major, unsigned minor)
{
	struct span rest = span_of(machine->release);
	uint64_t first, second;

	if (!span_take_u64(&rest, &first) || !span_take(&rest, SPAN(".")) ||
	    !span_take_u64(&rest, &second))
		return ANSWER_UNKNOWN;
	if (first != major)
		return first < major ? ANSWER_YES : ANSWER_NO;
	return second < minor ? ANSWER_YES : ANSWER_NO;
}

enum answer live_machine_built(const struct live_machine *machine,
			       struct span option)
{
	char config[RELEASE_CAPACITY + 32];
	enum answer answer;

	answer = live_file_has(machine->root, "proc/config.gz", option);
	if (answer != ANSWER_UNKNOWN)
		return answer;
	snprintf(config, sizeof(config), "boot/config-%s", machine->release);
	return live_file_has(machine->root, config, option);
}

bool live_machine_has_debugfs(const struct live_machine *machine)
{
	char path[LIVE_PATH_CAPACITY];

	return live_file_path(machine->root, DEBUGFS_PATH, path,
			      sizeof(path)) &&
	       machine->probe.is_debugfs(path);
}

bool live_machine_locate(const struct live_machine *machine, const char *path,
			 char *ret, size_t capacity)
{
	return live_file_locate(machine->root, path, ret, capacity);
}

int live_machine_try(const struct live_machine *machine, const char *path)
{
	char whole[LIVE_PATH_CAPACITY];

	if (!live_file_locate(machine->root, path, whole, sizeof(whole)) &&
	    !live_file_path(machine->root, path, whole, sizeof(whole)))
		return ENAMETOOLONG;
	return machine->probe.try_open(whole);
}

enum page_owner_state live_machine_page_owner(
	const struct live_machine *machine)
{
	char whole[LIVE_PATH_CAPACITY];
	struct span value;

	if (live_file_locate(machine->root, OWNER_PATH, whole, sizeof(whole)))
		return PAGE_OWNER_ON;
	if (!machine->command_line.length)
		return PAGE_OWNER_UNKNOWN;
	if (!live_machine_parameter(machine, SPAN("page_owner"), &value) ||
	    !value.at || live_machine_is_off(value))
		return PAGE_OWNER_OFF;
	/* The kernel may have no page_owner, or not take this value. */
	return PAGE_OWNER_UNKNOWN;
}

enum answer live_machine_page_owner_stacks(const struct live_machine *machine)
{
	struct stat at;
	int error = live_file_look(machine->root, STACKS_PATH, &at);

	if (!error)
		return ANSWER_YES;
	return error == ENOENT && live_machine_has_debugfs(machine)
		       ? ANSWER_NO
		       : ANSWER_UNKNOWN;
}

bool live_machine_takes_slab(const struct live_machine *machine,
			     struct span cache)
{
	return slab_trap_has(&machine->trap, machine->root, cache);
}

struct span live_machine_command_line(const struct live_machine *machine)
{
	return machine->command_line;
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

bool live_machine_parameter(const struct live_machine *machine,
			    struct span name, struct span *ret_value)
{
	struct span line = machine->command_line, word;
	bool found = false;

	while (take_word(&line, &word) && !span_equal(word, SPAN("--"))) {
		if (!span_take(&word, name))
			continue;
		if (span_take(&word, SPAN("=")))
			*ret_value = word;
		else if (!word.length && !found)
			*ret_value = (struct span){0};
		else
			continue;
		found = true;
	}
	return found;
}

bool live_machine_is_off(struct span value)
{
	if (!value.length)
		return false;
	if (strchr("oO", value.at[0]))
		return value.length > 1 && strchr("fF", value.at[1]);
	return strchr("nNfF0", value.at[0]) != NULL;
}
