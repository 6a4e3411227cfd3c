/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/live_remedy.h"

#include <errno.h>
#include <stdio.h>

#include "base/quote.h"
#include "live/live_sources.h"

#define DEBUGFS	      "/sys/kernel/debug"
#define LOCKDOWN_PATH "sys/kernel/security/lockdown"

static bool is_denied(int error)
{
	return error == EACCES || error == EPERM;
}

/* Whether page_owner was compiled into the kernel. */
static enum answer owner_is_built(const struct live_machine *machine)
{
	/* Names of symbols are there for everybody, addresses are not. */
	enum answer answer =
		live_file_has(live_machine_root(machine), "proc/kallsyms",
			      SPAN("__set_page_owner"));

	return answer != ANSWER_UNKNOWN
		       ? answer
		       : live_machine_built(machine,
					    SPAN("CONFIG_PAGE_OWNER=y"));
}

/* Write value for a message: it is short, or it is wrong. */
static const char *quoted(struct span value, char ret[QUOTE_CAPACITY])
{
	quote_text(value, 20, ret, QUOTE_CAPACITY);
	return ret;
}

static bool given(const struct live_machine *machine, struct span name,
		  struct span *ret_value)
{
	return live_machine_parameter(machine, name, ret_value) &&
	       ret_value->at;
}

/* Whether debugfs is not there for anybody, and how to have it. */
static bool explain_debugfs(const struct live_machine *machine, char *ret,
			    size_t capacity)
{
	char text[QUOTE_CAPACITY];
	struct span value;

	if (given(machine, SPAN("debugfs"), &value) &&
	    !span_equal(value, SPAN("on")))
		snprintf(ret, capacity,
			 "debugfs=%s turns debugfs off; boot without it",
			 quoted(value, text));
	else if (!live_machine_has_debugfs(machine))
		snprintf(ret, capacity,
			 "debugfs is not mounted; mount -t debugfs "
			 "none " DEBUGFS);
	else
		return false;
	return true;
}

/* Why the command line leaves no page_owner to be read, if it does. */
static bool explain_owner_off(const struct live_machine *machine, char *ret,
			      size_t capacity)
{
	char text[QUOTE_CAPACITY];
	struct span value;
	bool known = live_machine_command_line(machine).length > 0;

	if (!known)
		return false;
	if (!given(machine, SPAN("page_owner"), &value))
		snprintf(ret, capacity,
			 "page_owner is off; boot with page_owner=on");
	else if (live_machine_is_off(value))
		snprintf(ret, capacity,
			 "page_owner=%s turns it off; boot with page_owner=on",
			 quoted(value, text));
	else
		return false;
	return true;
}

/* Why the file is not there although debugfs is. */
static void explain_owner_missing(const struct live_machine *machine, char *ret,
				  size_t capacity)
{
	char text[QUOTE_CAPACITY];
	struct span value = {0};

	if (!live_machine_command_line(machine).length)
		snprintf(ret, capacity,
			 "No such file; it takes a kernel with "
			 "CONFIG_PAGE_OWNER=y, booted with page_owner=on");
	else if (!given(machine, SPAN("page_owner"), &value) ||
		 !span_equal(value, SPAN("on")))
		/* kstrtobool() since 5.17; strcmp() before. */
		snprintf(ret, capacity,
			 "this kernel does not take page_owner=%s (before "
			 "5.17 only \"on\"); boot with page_owner=on",
			 quoted(value, text));
	else
		snprintf(ret, capacity,
			 "No such file, although booted with page_owner=on; "
			 "see dmesg | grep page_owner");
}

/* Why root may not read a file. */
static void explain_denied(const struct live_machine *machine, int error,
			   char *ret, size_t capacity)
{
	/* The file marks what is in force: "none [integrity] …". */
	if (error == EPERM &&
	    live_file_has(live_machine_root(machine), LOCKDOWN_PATH,
			  SPAN("[none]")) != ANSWER_YES)
		snprintf(ret, capacity,
			 "kernel lockdown or a security module forbids it; "
			 "boot with lockdown=none or without Secure Boot");
	else
		snprintf(ret, capacity,
			 "%s; root of a container may not read it, run on "
			 "the host",
			 strerror(error));
}

static void explain_error(const struct live_machine *machine, int error,
			  char *ret, size_t capacity)
{
	if (is_denied(error) && live_machine_is_superuser(machine))
		explain_denied(machine, error, ret, capacity);
	else
		snprintf(ret, capacity, "%s", strerror(error));
}

/* The most fundamental reason first: what hides another one comes later. */
void live_explain_page_owner(const struct live_machine *machine,
			     const char *path, int error, char *ret,
			     size_t capacity)
{
	(void)path;
	if (owner_is_built(machine) == ANSWER_NO)
		snprintf(ret, capacity,
			 "this kernel has no page_owner; rebuild with "
			 "CONFIG_PAGE_OWNER=y, boot with page_owner=on");
	else if (explain_owner_off(machine, ret, capacity) ||
		 explain_debugfs(machine, ret, capacity))
		return;
	else if (error == ENOENT)
		explain_owner_missing(machine, ret, capacity);
	else
		explain_error(machine, error, ret, capacity);
}

void live_explain_page_owner_stacks(const struct live_machine *machine,
				    const char *path, int error, char *ret,
				    size_t capacity)
{
	if (live_machine_page_owner(machine) == PAGE_OWNER_ON &&
	    error == ENOENT)
		snprintf(ret, capacity,
			 "this kernel does not count pages by stack; it takes "
			 "Linux 6.9 or newer");
	else
		live_explain_page_owner(machine, path, error, ret, capacity);
}

/* How the parameter is called: slab_debug since 6.9. */
static const char *slab_debug(const struct live_machine *machine)
{
	return live_machine_older(machine, 6, 9) == ANSWER_YES ? "slub_debug"
							       : "slab_debug";
}

/* What was asked for at boot, by either name. */
static bool slab_debug_given(const struct live_machine *machine,
			     struct span *ret)
{
	return live_machine_parameter(machine, SPAN("slab_debug"), ret) ||
	       live_machine_parameter(machine, SPAN("slub_debug"), ret);
}

/* "FZ", "FZ,kmalloc-64;U,dentry": whether any flags have U; none are all. */
static bool tracks_users(struct span value)
{
	if (!value.length || value.at[0] == ',')
		return true;
	for (; value.length && value.at[0] != ',' && value.at[0] != ';';
	     value = span_skip(value, 1))
		if (value.at[0] == 'U' || value.at[0] == 'u')
			return true;
	return span_find(value, SPAN(";U")) || span_find(value, SPAN(";u"));
}

static void explain_untracked(const struct live_machine *machine, char *ret,
			      size_t capacity)
{
	const char *name = slab_debug(machine);
	char text[QUOTE_CAPACITY];
	struct span value;

	if (!slab_debug_given(machine, &value))
		snprintf(ret, capacity,
			 "no slab cache tracks who allocates; boot with %s=U, "
			 "or for one cache with %s=U,kmalloc-64",
			 name, name);
	else if (!tracks_users(value))
		snprintf(ret, capacity,
			 "the slab debugging asked for (%s) does not track "
			 "who allocates; boot with %s=U",
			 quoted(value, text), name);
	else
		snprintf(ret, capacity,
			 "No such file, although booted with slab debugging; "
			 "see dmesg | grep -i slub");
}

void live_explain_slab_traces(const struct live_machine *machine,
			      const char *path, int error, char *ret,
			      size_t capacity)
{
	struct span value;

	(void)path;
	if (live_machine_built(machine, SPAN("CONFIG_SLUB_DEBUG=y")) ==
	    ANSWER_NO)
		snprintf(ret, capacity,
			 "this kernel has no slab debugging; rebuild with "
			 "CONFIG_SLUB_DEBUG=y, boot with %s=U",
			 slab_debug(machine));
	else if (error == ENOSYS)
		snprintf(ret, capacity,
			 "this slab cache does not track who allocates; boot "
			 "with %s=U",
			 slab_debug(machine));
	else if (live_machine_command_line(machine).length &&
		 !slab_debug_given(machine, &value))
		explain_untracked(machine, ret, capacity);
	else if (explain_debugfs(machine, ret, capacity))
		return;
	else if (error == ENOENT)
		explain_untracked(machine, ret, capacity);
	else
		explain_error(machine, error, ret, capacity);
}

void live_explain_slab(const struct live_machine *machine, const char *path,
		       int error, char *ret, size_t capacity)
{
	(void)path;
	if (error == ENOENT)
		snprintf(ret, capacity,
			 "this kernel shows no slab caches in /sys; it takes "
			 "CONFIG_SLUB_DEBUG=y and a mounted sysfs");
	else
		explain_error(machine, error, ret, capacity);
}

void live_explain_allocinfo(const struct live_machine *machine,
			    const char *path, int error, char *ret,
			    size_t capacity)
{
	uint64_t ignored;

	(void)path;
	if (error != ENOENT)
		explain_error(machine, error, ret, capacity);
	else if (live_file_number(live_machine_root(machine),
				  "proc/sys/vm/mem_profiling", &ignored))
		/* sysctl.vm.mem_profiling=never, or its default. */
		snprintf(ret, capacity,
			 "memory allocation profiling is off for good; boot "
			 "with sysctl.vm.mem_profiling=1");
	else
		snprintf(ret, capacity,
			 "this kernel has no memory allocation profiling; it "
			 "takes Linux 6.10 or newer with "
			 "CONFIG_MEM_ALLOC_PROFILING=y, booted with "
			 "sysctl.vm.mem_profiling=1");
}

void live_explain_kmemleak(const struct live_machine *machine, const char *path,
			   int error, char *ret, size_t capacity)
{
	struct span value;

	(void)path;
	if (live_machine_built(machine, SPAN("CONFIG_DEBUG_KMEMLEAK=y")) ==
	    ANSWER_NO)
		snprintf(ret, capacity,
			 "this kernel has no kmemleak; rebuild with "
			 "CONFIG_DEBUG_KMEMLEAK=y, boot with kmemleak=on");
	else if (given(machine, SPAN("kmemleak"), &value) &&
		 span_equal(value, SPAN("off")))
		snprintf(ret, capacity,
			 "kmemleak=off turns it off; boot with kmemleak=on");
	else if (explain_debugfs(machine, ret, capacity))
		return;
	else if (error == ENOENT)
		snprintf(ret, capacity,
			 "No such file; it takes a kernel with "
			 "CONFIG_DEBUG_KMEMLEAK=y, booted with kmemleak=on");
	else if (error == EBUSY)
		snprintf(ret, capacity,
			 "kmemleak has turned itself off, probably for want of "
			 "memory; see dmesg | grep kmemleak, and reboot");
	else
		explain_error(machine, error, ret, capacity);
}

void live_explain_log(const struct live_machine *machine, const char *path,
		      int error, char *ret, size_t capacity)
{
	uint64_t restricted = 0;

	(void)path;
	live_file_number(live_machine_root(machine),
			 "proc/sys/kernel/dmesg_restrict", &restricted);
	if (is_denied(error) && restricted)
		snprintf(ret, capacity,
			 "the kernel's log is for root only here; sysctl "
			 "kernel.dmesg_restrict=0");
	else if (error == ENOENT)
		snprintf(ret, capacity,
			 "there is no /dev/kmsg here, as in a container; run "
			 "on the host, or mknod /dev/kmsg c 1 11");
	else
		explain_error(machine, error, ret, capacity);
}

void live_explain_processes(const struct live_machine *machine,
			    const char *path, int error, char *ret,
			    size_t capacity)
{
	if (error == ESRCH || (error == ENOENT && strchr(path, '#') == NULL))
		snprintf(ret, capacity, "the process has ended meanwhile");
	else
		explain_error(machine, error, ret, capacity);
}

void live_explain_modules(const struct live_machine *machine, const char *path,
			  int error, char *ret, size_t capacity)
{
	(void)path;
	if (error == ENOENT)
		snprintf(ret, capacity, "this kernel has no loadable modules");
	else
		explain_error(machine, error, ret, capacity);
}

void live_explain_plain(const struct live_machine *machine, const char *path,
			int error, char *ret, size_t capacity)
{
	(void)path;
	explain_error(machine, error, ret, capacity);
}

/* Others tell of this moment, and not of how the kernel was built or booted. */
static bool is_of_kernel(int error)
{
	switch (error) {
	case EIO:
	case EINTR:
	case EMFILE:
	case ENFILE:
	case ENOMEM:
	case ESTALE:
	case ETIMEDOUT:
		return false;
	default:
		return true;
	}
}

void live_source_explain(const struct live_machine *machine,
			 const struct live_source *source, const char *path,
			 int error, char *ret, size_t capacity)
{
	size_t length;

	if (error == ENOENT && !live_machine_is_live(machine)) {
		snprintf(ret, capacity,
			 "not among these files; a capture of the machine "
			 "itself may have it");
		return;
	}
	if (!is_of_kernel(error)) {
		snprintf(ret, capacity, "%s", strerror(error));
		return;
	}
	source->explain(machine, path, error, ret, capacity);
	length = strlen(ret);
	if (is_denied(error) && !live_machine_is_superuser(machine))
		snprintf(ret + length, capacity - length, "; run as root");
}
