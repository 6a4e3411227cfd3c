# Twelve captures, half an hour apart, in a folder as `capture --every` fills
# it: a cache that filled up after six of them is told from a leak, from what
# grows in bursts, and from what comes and goes.
python3 - "$TMP/night" <<'END'
import os, sys
kinds = {
    "leak_each_time": lambda i: 64 * i,
    "leak_now_and_then": lambda i: 64 * (i // 2),
    "cache_that_fills": lambda i: min(100 * i, 600),
    "comes_and_goes": lambda i: 300 + 100 * (i % 2) + i // 11,
    "always_there": lambda i: 1000,
}
stack = " get_page_from_freelist+0x1/0x100\n {}+0x1/0x20 [night]\n" \
        " night_thread+0x1/0x20 [night]\n"
for i in range(12):
    root = f"{sys.argv[1]}/{i + 1:04}"
    stacks = f"{root}/sys/kernel/debug/page_owner_stacks"
    os.makedirs(stacks)
    os.makedirs(f"{root}/proc")
    with open(f"{stacks}/show_stacks", "w") as file:
        for name, pages in kinds.items():
            if pages(i):
                file.write(stack.format(name))
                file.write(f"nr_base_pages: {pages(i)}\n\n")
    with open(f"{root}/proc/uptime", "w") as file:
        file.write(f"{600 + 1800 * i}.00 1.00\n")
    with open(f"{root}/proc/stat", "w") as file:
        file.write("btime 1795336245\n")
END
"$PAGEOWL" diff -q "$TMP/night"
echo
"$PAGEOWL" diff -q --full --top=2 "$TMP/night"
# Two folders of a series stand for all that is in them.
mkdir "$TMP/early" "$TMP/late"
mv "$TMP"/night/000[1-4] "$TMP/early"
mv "$TMP"/night/00* "$TMP/late"
"$PAGEOWL" diff -q "$TMP/early" "$TMP/late" | sed -n 3p
# Archives, too; one of another series beside them leaves the folder alone.
for i in 5 6 7; do
	tar -C "$TMP/late/000$i" -cf "$TMP/night/x-000$i.tar" .
done
"$PAGEOWL" diff -q "$TMP/night" | sed -n 1,3p
cp "$TMP/night/x-0005.tar" "$TMP/night/y-0005.tar"
"$PAGEOWL" diff -q "$TMP/night"
