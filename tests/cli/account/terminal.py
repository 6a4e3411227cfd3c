# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a program on a terminal: terminal.py COLUMNS PROGRAM ARGUMENT...

Prints what it printed, without colours."""
import fcntl
import os
import pty
import re
import struct
import sys
import termios

ours, theirs = pty.openpty()
fcntl.ioctl(theirs, termios.TIOCSWINSZ,
            struct.pack("HHHH", 50, int(sys.argv[1]), 0, 0))
if os.fork() == 0:
    os.close(ours)
    os.dup2(theirs, 1)
    os.execv(sys.argv[2], sys.argv[2:])
os.close(theirs)
text = b""
while True:
    try:
        text += os.read(ours, 65536)
    except OSError:  # all of it was read, and the other end is closed
        break
status = os.waitstatus_to_exitcode(os.wait()[1])
text = re.sub("\033\\[[0-9;]*m", "", text.decode().replace("\r\n", "\n"))
sys.stdout.write(text)
sys.exit(status)
