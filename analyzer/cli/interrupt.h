/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Being told to stop: what was begun is finished first. A second signal ends
 * the program at once.
 */
#ifndef PAGEOWL_CLI_INTERRUPT_H
#define PAGEOWL_CLI_INTERRUPT_H

/* From now on SIGINT, SIGTERM and SIGHUP are noted. */
void interrupt_catch(void);

/* The signal that came, or 0. */
int interrupt_signal(void);

/* Its name, "SIGINT". */
const char *interrupt_name(int signal);

#endif
