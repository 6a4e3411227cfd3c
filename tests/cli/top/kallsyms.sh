# needs archives
# Frames that are addresses get their names from a kallsyms of the same boot:
# that of the capture, or one that is named. Filters and categories see them.
list=samples/kallsyms/good-unloaded.txt
capture=samples/real-6.12-leaks/t2
"$PAGEOWL" top -v --kallsyms=$list --only=module=leaky_gone --full --top=1 $capture
"$PAGEOWL" top -qO json --kallsyms=$list --function=gone_leak --top=1 $capture |
	grep -A 20 '"stack"'
cp -r $capture "$TMP/t2"
cp samples/kallsyms/real-6.12-leaks.gz "$TMP/t2/proc/kallsyms.gz"
# Its own has no such module: the other one is asked then.
"$PAGEOWL" top -v --kallsyms=$list --by=function --function=gone_leak "$TMP/t2"
# In an archive, too.
gzip -c $list >"$TMP/t2/proc/kallsyms.gz"
# A System.map that lies there is not what the kernel had.
sed 's/gone_leak/wrong_name/' $list >"$TMP/t2/System.map"
tar -C "$TMP" -cf "$TMP/t2.tar" t2/System.map t2
"$PAGEOWL" top --by=function --function=gone_leak "$TMP/t2.tar"
"$PAGEOWL" contents "$TMP/t2" | grep kallsyms
