#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Run end-to-end cases: run.sh [--record] PROGRAM CASE...
#
# A case is tests/cli/COMMAND/NAME.sh, a few lines of sh with what it must
# print beside it in NAME.stdout, NAME.stderr and NAME.status; a file that is
# not there stands for "nothing", "nothing" and 0. It runs at the root of the
# repository, with the program in $PAGEOWL and a directory of its own in $TMP;
# that path is shown as $TMP in what it prints. --record writes these files
# anew: read the difference before you commit it.
set -u

root=$(cd "$(dirname "$0")/../.." && pwd)
self=$root/tests/cli/run.sh

report_of()
{
	echo "$1" | tr / .
}

# ---- one case; its report goes to a file in $REPORTS ----

# expect KIND: hold $TMP/KIND against NAME.KIND
expect()
{
	want=$name.$1
	[ -e "$want" ] || want=/dev/null
	diff -u --label "expected $1" --label "$1" "$want" "$work/$1" && return
	failed=1
}

record()
{
	if [ -s "$work/$1" ]; then
		cp "$work/$1" "$name.$1"
	else
		rm -f "$name.$1"
	fi
}

# "# needs archives", "# needs bfd": what the program was built without is not
# tested.
lacks()
{
	if grep -q '^# needs archives$' "$1" &&
		"$PAGEOWL" --version | grep -q 'archives: none'; then
		return 0
	fi
	grep -q '^# needs bfd$' "$1" &&
		"$PAGEOWL" symbolize </dev/null 2>&1 | grep -q 'without libbfd'
}

run_case()
{
	name=${1%.sh}
	failed=
	mkdir -p "$work/tmp"
	cd "$root" || exit 2
	if lacks "$1"; then
		echo "without $name"
		return
	fi
	# What somebody has on this machine is no part of a case.
	env -u COLUMNS -u NO_COLOR -u DEBUGINFOD_URLS LC_ALL=C TERM=dumb \
		XDG_CACHE_HOME="$work/cache" TMP="$work/tmp" \
		PAGEOWL="$PAGEOWL" sh "$1" \
		>"$work/out" 2>"$work/err" </dev/null
	status=$?
	LC_ALL=C sed "s|$work/tmp|\$TMP|g" "$work/out" >"$work/stdout"
	LC_ALL=C sed "s|$work/tmp|\$TMP|g" "$work/err" >"$work/stderr"
	: >"$work/status"
	[ $status -eq 0 ] || echo $status >"$work/status"
	for kind in stdout stderr status; do
		if [ -n "$RECORD" ]; then
			record $kind
		else
			expect $kind
		fi
	done
	if [ -n "$failed" ]; then
		echo "FAILED $name"
	else
		echo "passed $name"
	fi
}

if [ "${1-}" = --one ]; then
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	run_case "$2" >"$work/report"
	mv "$work/report" "$REPORTS/$(report_of "$2")"
	exit 0
fi

# ---- all of them ----

RECORD=
if [ "${1-}" = --record ]; then
	RECORD=1
	shift
fi
if [ $# -lt 2 ]; then
	echo "usage: run.sh [--record] PROGRAM CASE..." >&2
	exit 2
fi
PAGEOWL=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
REPORTS=$(mktemp -d)
trap 'rm -rf "$REPORTS"' EXIT
export PAGEOWL RECORD REPORTS

printf '%s\n' "$@" | xargs -P 2 -n 1 "$self" --one
passed=0
failed=0
without=0
for case in "$@"; do
	report=$REPORTS/$(report_of "$case")
	if [ "$(tail -n 1 "$report" 2>/dev/null)" = "passed ${case%.sh}" ]; then
		passed=$((passed + 1))
	elif [ "$(tail -n 1 "$report" 2>/dev/null)" = "without ${case%.sh}" ]; then
		without=$((without + 1))
	else
		failed=$((failed + 1))
		cat "$report"
	fi
done
[ $without -eq 0 ] || echo "$without left out: they need archives or libbfd"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
