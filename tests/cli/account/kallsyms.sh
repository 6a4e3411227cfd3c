# Who holds the remainder has a name, though its module is gone.
"$PAGEOWL" account -qO json --kallsyms=samples/kallsyms/good-unloaded.txt samples/real-6.12-leaks/t2 |
	grep -c 'gone_leak+0x33/0xb0 \[leaky_gone\]'
