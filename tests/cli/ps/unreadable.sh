# What could not be read is listed with the reason, and is nowhere 0.
. tests/cli/ps/make.inc
machine t1
# Of this one there is a name, of the next a part of its status.
mkdir -p "$TMP/t1/proc/30" "$TMP/t1/proc/31"
echo cron >"$TMP/t1/proc/30/comm"
printf 'Name:\tsshd\nState:\tS (sleeping)\n' >"$TMP/t1/proc/31/status"
rm "$TMP/t1/proc/900/smaps_rollup"
{
	printf 'pageowl capture manifest 1\nmachine\tlive\nkernel\t6.12.0\n'
	printf 'began\t2026-11-22T16:02:03Z\t1.0\n'
	for pid in 900 40 41 42 43 44 45 46 47 48 49 50 51 52 53; do
		printf 'failed\t1.0\t1.0\t0\tproc/%s/smaps_rollup\t%s\n' $pid \
			'Permission denied; run as root'
	done
	printf 'missing\t1.0\t1.0\t0\tproc/60/status\t%s\n' \
		'the process has ended meanwhile'
	printf 'ended\t2026-11-22T16:02:08Z\t6.0\twhole\n'
} >"$TMP/t1/manifest"
"$PAGEOWL" ps "$TMP/t1"
"$PAGEOWL" ps --top=0 "$TMP/t1" | tail -n 4
"$PAGEOWL" ps --by=comm "$TMP/t1" | head -n 8
"$PAGEOWL" ps --output=csv "$TMP/t1" | cut -d, -f1-9
"$PAGEOWL" ps --output=json "$TMP/t1" | sed -n '/"unreadable": \[/,$p' | head -n 4
# Main threads may end before others: files are those of the main thread.
machine t2
status t2 70 heron-db 1000 -
sed -i 's/Threads:\t1/Threads:\t2/' "$TMP/t2/proc/70/status"
"$PAGEOWL" ps "$TMP/t2" | tail -n 4
