# How a capture of pageowl's own was taken, and what is not whole in it.
mkdir -p "$TMP/t1/sys/kernel/debug" "$TMP/t2" "$TMP/t3"
cd "$TMP"
cp "$OLDPWD/samples/page_owner/good-6.8.txt" t1/sys/kernel/debug/page_owner
cp "$OLDPWD/samples/manifest/good-all-statuses.txt" t1/manifest
"$PAGEOWL" contents t1
"$PAGEOWL" contents --output=json t1 | sed -n '/"manifest": {/,/^  }/p'
cp "$OLDPWD/samples/manifest/good-interrupted.txt" t2/manifest
"$PAGEOWL" contents t2
# Those that lack for one reason are told as one, unless all are asked for; of
# many reasons only some.
{
	grep -v ^ended "$OLDPWD/samples/manifest/good-interrupted.txt"
	for pid in 1 2 3 4 5 6 7 8 9 10 11 12 13; do
		printf 'missing\t-\t-\t0\tproc/%s/smaps\tit ended\n' $pid
	done
	printf 'failed\t-\t-\t0\tproc/14/smaps\tit ended\n'
	printf 'ended\t2026-11-22T16:02:08Z\t20.0\tno room is left\n'
} >t3/manifest
"$PAGEOWL" contents t3 | tail -n 6
"$PAGEOWL" contents --full t3 | tail -n 6
sed 's/\(proc.\([0-9]*\).*it ended\)/\1, as process \2/' t3/manifest >all
cp all t3/manifest
"$PAGEOWL" contents t3 | tail -n 5
