/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* CLONE_CHILD_SETTID, MAP_ANONYMOUS */
#include "symbolize/reader_filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__) && defined(__LP64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__) && defined(__LP64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef OWN_ARCHITECTURE

enum { ANY = -1, PROGRAM_MAX = 160 };

/* A call that is allowed: always, or when an argument is as it should. */
struct rule {
	unsigned call;
	int argument; /* its index, or ANY */
	uint32_t mask, value;
};

/*
 * fork() of glibc; no flag that makes namespaces, threads, or a child that is
 * somebody else's.
 */
#define FORK_FLAGS \
	(CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | CLONE_PARENT_SETTID)

/*
 * x32's calls have other numbers, so they are none of these. kill() and its
 * kin are missing: abort() manages to die without them.
 */
static const struct rule rules[] = {
	{SYS_mmap, 2, PROT_EXEC, 0},
	{SYS_mprotect, 2, PROT_EXEC, 0},
	{SYS_munmap, ANY, 0, 0},
	{SYS_mremap, ANY, 0, 0},
	{SYS_brk, ANY, 0, 0},
	{SYS_madvise, ANY, 0, 0},
	{SYS_clone, 0, ~(uint32_t)(FORK_FLAGS | 0xff), 0},
	{SYS_set_robust_list, ANY, 0, 0},
	{SYS_set_tid_address, ANY, 0, 0},
#ifdef SYS_rseq
	{SYS_rseq, ANY, 0, 0},
#endif
	{SYS_wait4, ANY, 0, 0},
	{SYS_exit, ANY, 0, 0},
	{SYS_exit_group, ANY, 0, 0},
	{SYS_rt_sigprocmask, ANY, 0, 0},
	{SYS_rt_sigreturn, ANY, 0, 0},
	{SYS_restart_syscall, ANY, 0, 0},
	{SYS_futex, ANY, 0, 0},
	{SYS_getpid, ANY, 0, 0},
	{SYS_getppid, ANY, 0, 0},
	{SYS_gettid, ANY, 0, 0},
	{SYS_clock_gettime, ANY, 0, 0},
	{SYS_getrandom, ANY, 0, 0},
	{SYS_sched_yield, ANY, 0, 0},
	{SYS_sched_getaffinity, ANY, 0, 0},
	/* glibc's qsort() asks how much memory there is. */
	{SYS_sysinfo, ANY, 0, 0},
	/* It does not survive a fork(): each child asks for it again. */
	{SYS_prctl, 0, ~(uint32_t)0, PR_SET_PDEATHSIG},
};

struct program {
	struct sock_filter code[PROGRAM_MAX];
	unsigned short length;
};

static void put(struct program *program, struct sock_filter instruction)
{
	program->code[program->length++] = instruction;
}

static void load(struct program *program, size_t offset)
{
	put(program, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
						  (uint32_t)offset));
}

/* Pass over so many of the next instructions unless it is equal. */
static void skip_unless(struct program *program, uint32_t value,
			unsigned char skipped)
{
	put(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
						  value, 0, skipped));
}

static void end(struct program *program, uint32_t verdict)
{
	put(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, verdict));
}

/* The half that counts of an argument that is an int. */
static size_t low_half(int argument)
{
	size_t at = offsetof(struct seccomp_data, args) +
		    (size_t)argument * sizeof(uint64_t);

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	at += sizeof(uint32_t);
#endif
	return at;
}

static void allow(struct program *program, const struct rule *rule)
{
	skip_unless(program, rule->call, rule->argument == ANY ? 1 : 5);
	if (rule->argument != ANY) {
		load(program, low_half(rule->argument));
		put(program, (struct sock_filter)BPF_STMT(
				     BPF_ALU | BPF_AND | BPF_K, rule->mask));
		skip_unless(program, rule->value, 1);
		end(program, SECCOMP_RET_ALLOW);
		load(program, offsetof(struct seccomp_data, nr));
		return;
	}
	end(program, SECCOMP_RET_ALLOW);
}

static void refuse(struct program *program, unsigned call, int error)
{
	skip_unless(program, call, 1);
	end(program, SECCOMP_RET_ERRNO | (uint32_t)error);
}

static void build(struct program *program, int file, int pipe)
{
	const struct rule of_files[] = {
		{SYS_pread64, 0, ~(uint32_t)0, (uint32_t)file},
		{SYS_write, 0, ~(uint32_t)0, (uint32_t)pipe},
	};
	size_t i;

	load(program, offsetof(struct seccomp_data, arch));
	put(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
						  OWN_ARCHITECTURE, 1, 0));
	end(program, SECCOMP_RET_ERRNO | EPERM);
	load(program, offsetof(struct seccomp_data, nr));
	for (i = 0; i < sizeof(of_files) / sizeof(of_files[0]); i++)
		allow(program, &of_files[i]);
	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		allow(program, &rules[i]);
#ifdef SYS_clone3
	/* Its flags cannot be seen: glibc goes on with clone(). */
	refuse(program, SYS_clone3, ENOSYS);
#endif
	end(program, SECCOMP_RET_ERRNO | EPERM);
}

bool reader_filter_install(int file, int pipe)
{
	struct program program = {.length = 0};
	struct sock_fprog told = {.filter = program.code};

	build(&program, file, pipe);
	told.len = program.length;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &told) == 0;
}

#else

bool reader_filter_install(int file, int pipe)
{
	(void)file;
	(void)pipe;
	return false;
}

#endif
