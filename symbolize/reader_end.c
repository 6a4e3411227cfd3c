/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/reader_end.h"

#include <signal.h>
#include <sys/wait.h>

bool reader_end_describe(int status, struct reason *ret)
{
	if (!WIFSIGNALED(status)) {
		if (WEXITSTATUS(status) == 0)
			return false;
		if (WEXITSTATUS(status) == READER_NO_DESCRIPTOR)
			reason_set(ret, "the process to read it may open too "
					"few files (see ulimit -n)");
		else
			reason_set(ret, "reading it ended with status %d",
				   WEXITSTATUS(status));
		return true;
	}
	switch (WTERMSIG(status)) {
	case SIGXCPU:
		reason_set(ret, "reading it took too much time of the CPU");
		break;
	case SIGKILL:
		reason_set(ret, "the process that read it was killed, as one "
				"is when memory is short");
		break;
	default:
		reason_set(ret, "reading it crashed (signal %d)",
			   WTERMSIG(status));
	}
	return true;
}
