/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "cli/command.h"

/*
 * Where a standard stream is closed, the next file that is opened would take
 * its place: a socket of ours, or the capture that is written. What takes it
 * refuses what the stream is for, as a closed one does.
 */
static void hold_standard_streams(void)
{
	int fd;

	for (fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

/* Where its ends are ignored, the number of a child may be another's soon. */
static void mind_children(void)
{
	signal(SIGCHLD, SIG_DFL);
}

/* Beyond the limit writing fails, as it does on a full disk. */
static void mind_file_size(void)
{
	signal(SIGXFSZ, SIG_IGN);
}

int main(int argc, char **argv)
{
	hold_standard_streams();
	mind_children();
	mind_file_size();
	return cli_main(argc, argv, stdout, stderr);
}
