/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/finding_text.h"
