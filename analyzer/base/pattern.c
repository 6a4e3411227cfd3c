/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pattern.h"

bool pattern_matches(struct span pattern, struct span text)
{
	size_t p = 0, t = 0, star = SIZE_MAX, mark = 0;

	while (t < text.length) {
		if (p < pattern.length && pattern.at[p] == '*') {
			star = p++;
			mark = t;
		} else if (p < pattern.length &&
			   (pattern.at[p] == '?' ||
			    pattern.at[p] == text.at[t])) {
			p++;
			t++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			t = ++mark;
		} else {
			return false;
		}
	}
	while (p < pattern.length && pattern.at[p] == '*')
		p++;
	return p == pattern.length;
}
