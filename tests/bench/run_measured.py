#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""INPUT OUTPUT COMMAND...: prints milliseconds and the peak memory in kB."""
import os
import resource
import subprocess
import sys
import time

with open(sys.argv[1], "rb") as given, open(sys.argv[2], "wb") as answer:
    began = time.monotonic()
    status = subprocess.call(sys.argv[3:], stdin=given, stdout=answer,
                             stderr=subprocess.DEVNULL)
    took = time.monotonic() - began
if status:
    sys.exit("%s failed: %d" % (sys.argv[3], status))
print(round(took * 1000), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
