# A module that was unloaded before NEW has its names from OLD's kallsyms, with
# a warning: others may have come and gone in its place. Never the other way
# round, nor of another boot.
cp -r samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2 "$TMP"
list=samples/kallsyms/good-unloaded.txt
cp $list "$TMP/t1/proc/kallsyms"
cd "$TMP" || exit
"$PAGEOWL" diff --only=module=leaky_gone t1 t2
"$PAGEOWL" diff -qO csv --top=0 t1 t2 | grep -c gone_leak
"$PAGEOWL" diff -qO csv --top=0 t2 t1 | grep -c gone_leak
# What lies there at t2 came later: the frames of t1 stay addresses.
mv t1/proc/kallsyms kallsyms
printf '%s\t[churn]\n' 'ffffffffc00d9000 t churn_own_get' \
	'ffffffffc00d9f00 t churn_last' >t2/proc/kallsyms
for pair in 't1 t2' 't2 t1'; do
	"$PAGEOWL" diff -qO json --all --top=0 $pair |
		grep -o 'churn_own_get+0x[0-9a-f]*/0xf00\|"0xffffffffc00d91[0-9a-f]*' |
		sort | uniq -c
done
rm t2/proc/kallsyms
mv kallsyms t1/proc/kallsyms
# Another boot.
for t in t1 t2; do
	mkdir -p $t/proc/sys/kernel/random
	echo 0b0dae46-7cf1-4a34-a76f-1e8cabcdef0$t |
		tr -d t >$t/proc/sys/kernel/random/boot_id
done
"$PAGEOWL" diff -qO json t1 t2 | grep -c gone_leak
"$PAGEOWL" diff -qO json t1 t2 | grep '"boot"'
