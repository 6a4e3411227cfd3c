/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is known of a machine before anything is taken. All paths are below a
 * root: "" is the machine itself.
 */
#ifndef PAGEOWL_LIVE_LIVE_MACHINE_H
#define PAGEOWL_LIVE_LIVE_MACHINE_H

#include "base/error.h"
#include "live/live_file.h"

/* What is asked of the machine. A test answers for it. */
struct live_probe {
	const char *root;    /* stands before each path; "" is the machine */
	const char *release; /* as uname -r has it; NULL: the files tell */
	bool (*is_debugfs)(const char *path);
	int (*try_open)(const char *path); /* for reading: 0, or errno */
	bool is_superuser;
	bool is_live;	/* root/proc is printed by the running kernel */
	bool is_narrow; /* pointers may have 32 bits */
};

/* Whether path, a root in it, lies in debugfs: the running kernel prints it. */
bool live_path_is_debugfs(const char *path);

struct live_machine;

bool live_machine_create(const char *root, struct live_machine **ret,
			 struct error *err);

/* The same with the answers of probe, which is copied but for the root. */
bool live_machine_create_probed(const struct live_probe *probe,
				struct live_machine **ret, struct error *err);
void live_machine_destroy(struct live_machine *machine);

const char *live_machine_root(const struct live_machine *machine);
const struct live_probe *live_machine_probe(const struct live_machine *machine);

/* As uname has it, "6.12.117-lab"; of a root that is not live, from its
 * proc/sys/kernel/osrelease or proc/version; NULL: not known. */
const char *live_machine_release(const struct live_machine *machine);
const char *live_machine_boot_id(const struct live_machine *machine);
/* Whether root/proc is that of the running kernel. */
bool live_machine_is_live(const struct live_machine *machine);
bool live_machine_is_superuser(const struct live_machine *machine);

/*
 * Whether the release is older than major.minor; unknown without a release.
 * Distributions backport: only for what no file tells.
 */
enum answer live_machine_older(const struct live_machine *machine,
			       unsigned major, unsigned minor);

/*
 * Whether the kernel was built with option, "CONFIG_PAGE_OWNER=y". Without a
 * configuration it is not known.
 */
enum answer live_machine_built(const struct live_machine *machine,
			       struct span option);

/* Whether root has debugfs mounted at its place. */
bool live_machine_has_debugfs(const struct live_machine *machine);

/* What opening path gives: 0, or an errno. Never of a risky file. */
int live_machine_try(const struct live_machine *machine, const char *path);

/*
 * Where to read path from: the root stands before it and, where the file is
 * kept compressed, a suffix behind. Below a root other than "" it is no link
 * when this is called; open it with O_NOFOLLOW. False when it is not there.
 */
bool live_machine_locate(const struct live_machine *machine, const char *path,
			 char *ret, size_t capacity);

enum page_owner_state {
	PAGE_OWNER_UNKNOWN,
	PAGE_OWNER_OFF,
	PAGE_OWNER_ON,
};

enum page_owner_state live_machine_page_owner(
	const struct live_machine *machine);

/* Whether the kernel counts pages by stack (page_owner_stacks, 6.9+). */
enum answer live_machine_page_owner_stacks(const struct live_machine *machine);

/* Whether page_owner takes objects of a slab cache itself: slab_trap.h. */
bool live_machine_takes_slab(const struct live_machine *machine,
			     struct span cache);

/* The command line of the kernel; empty: not known. */
struct span live_machine_command_line(const struct live_machine *machine);

/*
 * The value of a kernel parameter; as in the kernel the last one wins, and
 * what follows "--" is for init. A name without "=" has the value NULL.
 */
bool live_machine_parameter(const struct live_machine *machine,
			    struct span name, struct span *ret_value);

/* Whether kstrtobool() in the kernel takes value for false. */
bool live_machine_is_off(struct span value);

#endif
