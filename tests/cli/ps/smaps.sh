# Before 4.14 there is smaps alone; its areas are added up. Where there are
# both, the rollup counts.
. tests/cli/ps/make.inc
machine t1
for pid in 1 812; do
	rm "$TMP/t1/proc/$pid/smaps_rollup"
	{
		echo '00400000-00584000 r-xp 00000000 00:02 31    /bin/heron'
		rows 100 60 0 0 0 50 4
		echo 'VmFlags: rd ex mr mw me'
		echo '7ffd1000-7ffd2000 rw-p 00000000 00:00 0     [stack]'
		rows 11 7 0 0 0 5 1
		echo 'VmFlags: rd wr mr mw me gd ac'
	} | grep -v Pss_ >"$TMP/t1/proc/$pid/smaps"
done
cp "$TMP/t1/proc/1/smaps" "$TMP/t1/proc/900/smaps"
"$PAGEOWL" ps --kb "$TMP/t1"
