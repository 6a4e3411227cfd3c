# needs archives
# Two boots, and two kernels: both are told, and what cannot be compared.
"$PAGEOWL" account --top=2 samples/real-6.12-leaks/t2 \
	samples/real-6.12-noleak/t2 | sed '/^Slab/,$d'
echo ---
"$PAGEOWL" account --top=2 --source=page_owner_stacks \
	samples/real-6.12-leaks/t2 samples/real-7.1.5-noleak/t3.tar.xz |
	sed '/^Slab/,$d'
# MemTotal of another boot is not compared.
"$PAGEOWL" account -qO csv samples/real-6.12-leaks/t2 \
	samples/real-6.12-noleak/t2 | grep check,memtotal-series
