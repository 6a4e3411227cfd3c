/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A text that may hold dumps of any format, one behind or between the others:
 * a kernel log, a serial console, a bug report, `tail -n +1 *`. Which lines
 * are of which format is worked out where texts are read, in input/.
 */
#include "formats/format.h"

static const char *const paths[] = {
	"dev/kmsg",
	"proc/kmsg",
	"dmesg",
	"dmesg.#",
	"*_dmesg",
	"var/log/dmesg",
	"var/log/dmesg.#",
	"var/log/kern.log",
	"var/log/kern.log.#",
	"var/log/messages",
	"var/log/messages-*",
	"var/log/syslog",
	"var/log/syslog.#",
	"sos_commands/kernel/dmesg*",
	"sos_commands/logs/journalctl*",
	"sys/kernel/debug/tracing/trace",
	"sys/kernel/tracing/trace",
	NULL,
};

const struct format format_mixed = {
	.name = "mixed",
	.title = "several of these in one text: a log, a bug report",
	.state_size = 1,
	.paths = paths,
	.mixed = true,
};
