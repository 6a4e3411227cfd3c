# A System.map names the addresses of a kernel without kallsyms, where it is
# known how far KASLR has moved it; else it is said what is missing.
mkdir -p "$TMP/t1/proc" "$TMP/t1/sys/kernel/debug" "$TMP/t1/boot"
cat >"$TMP/System.map" <<'END'
0000000000000000 D __per_cpu_start
ffffffff81000000 T _stext
ffffffff81000000 T _text
ffffffff81001000 T __get_free_pages
ffffffff81001100 W weak_driver_setup
ffffffff81001100 T __driver_setup
ffffffff81001100 T driver_setup
ffffffff81001200 T do_one_initcall
ffffffff81001300 T _etext
ffffffff81800000 D jiffies
END
dump()
{
	cat <<END
Page allocated via order 0, mask 0xcc0(GFP_KERNEL), pid 1, tgid 1 (swapper), ts 1 ns
PFN 0x16501 type Unmovable Block 178 type Unmovable Flags 0x0(node=0|zone=1)
 $1
 $2
 $3
 0xffffffffc0123456

END
}
dump 0xffffffff81001010 0xffffffff81001200 0xffffffff81001220 \
	>"$TMP/t1/sys/kernel/debug/page_owner"
map=$TMP/System.map
cd "$TMP" || exit
top()
{
	"$PAGEOWL" top --full "$@" t1 | grep '^ .*\(0x\|do_one\|setup\)'
}
top --system-map=System.map
top -v --system-map=System.map --kaslr-offset=0
echo console=ttyS0 nokaslr >t1/proc/cmdline
top --system-map=System.map
rm t1/proc/cmdline
echo '# CONFIG_RANDOMIZE_BASE is not set' >t1/boot/config-6.1
top --system-map=System.map
echo 'CONFIG_RANDOMIZE_BASE=y' >t1/boot/config-6.1
top --system-map=System.map
# Moved.
dump 0xffffffff8d401010 0xffffffff8d401200 0xffffffff8d401220 \
	>t1/sys/kernel/debug/page_owner
top --system-map=System.map --kaslr-offset=0xc400000
echo 'ffffffff8d400000 T _stext' >t1/proc/kallsyms
top --system-map=System.map
# Of another kernel.
dump 0xffffffff81001010 driver_setup+0x10/0x90 do_one_initcall+0x20/0x90 \
	>t1/sys/kernel/debug/page_owner
top --system-map=System.map --kaslr-offset=0
"$PAGEOWL" top --kaslr-offset=x t1
