# A list of symbols that does not fit names nothing, and says why.
capture=samples/real-6.12-leaks/t2
cp -r $capture "$TMP/t2"
cp samples/kallsyms/real-6.12-leaks.gz "$TMP/t2/proc/kallsyms.gz"
top()
{
	"$PAGEOWL" top -O csv --top=0 "$@" >"$TMP/csv"
	echo "status $?, $(grep -c gone_leak "$TMP/csv") rows"
}
top --kallsyms=samples/kallsyms/good-hidden.txt $capture
top --kallsyms="$TMP/none" $capture
top --kallsyms=samples/meminfo/good-node.txt $capture
sed 's/^ffffffff8d4/ffffffff8d5/' samples/kallsyms/good-unloaded.txt >"$TMP/other-boot"
top --kallsyms="$TMP/other-boot" "$TMP/t2"
# Sizes of functions tell another kernel.
for name in post_alloc_hook get_page_from_freelist __alloc_pages_noprof \
	alloc_pages_mpol_noprof do_one_initcall do_init_module; do
	echo "ffffffff8d40010$((i += 1)) t $name"
done >"$TMP/other-kernel"
cat samples/kallsyms/good-unloaded.txt >>"$TMP/other-kernel"
top --kallsyms="$TMP/other-kernel" $capture
# Damage is told with its line.
sed '6s/ t / tt /' samples/kallsyms/good-unloaded.txt >"$TMP/damaged"
top --kallsyms="$TMP/damaged" $capture
# Where nothing is an address nothing is read.
top --kallsyms="$TMP/none" samples/page_owner/good-6.8.txt
# One's own that is hidden.
cp samples/kallsyms/good-hidden.txt "$TMP/t2/proc/kallsyms"
rm "$TMP/t2/proc/kallsyms.gz"
top "$TMP/t2"
