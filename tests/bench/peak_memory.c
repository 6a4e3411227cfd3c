/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a command with its output thrown away; prints its peak memory in kB. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>

extern char **environ;

int main(int argc, char **argv)
{
	posix_spawn_file_actions_t actions;
	struct rusage usage;
	int status;
	pid_t pid;

	if (argc < 2)
		return 2;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	if (posix_spawnp(&pid, argv[1], &actions, NULL, argv + 1, environ) ||
	    wait4(pid, &status, 0, &usage) != pid || status)
		return 2;
	printf("%ld\n", usage.ru_maxrss);
	return 0;
}
