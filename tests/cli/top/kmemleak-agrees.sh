# kmemleak and the traces of slab caches as witnesses of each other.
mkdir -p "$TMP/t/sys/kernel/debug/slab/kmalloc-64"
cp samples/kmemleak/good-quoted-mail.txt "$TMP/t/sys/kernel/debug/kmemleak"
cat >"$TMP/t/sys/kernel/debug/slab/kmalloc-64/alloc_traces" <<'END'
      7 otter_dive+0x1a/0x2c [otter] age=8/20/3000 pid=541 cpus=0
        __kmem_cache_alloc_node+0x11f/0x4e0
        kmalloc_trace_noprof+0x11/0x20
        otter_dive+0x1a/0x2c [otter]
        otter_ioctl+0x40/0x90 [otter]
        vfs_ioctl+0x21/0x30

      2 otter_surface+0x1a/0x2c [otter] age=8/20/3000 pid=541 cpus=0
        otter_surface+0x1a/0x2c [otter]
        otter_ioctl+0x60/0x90 [otter]

END
"$PAGEOWL" top "$TMP/t"
"$PAGEOWL" top --source=kmemleak "$TMP/t"
"$PAGEOWL" top --output=json --source=kmemleak "$TMP/t" | grep -A 3 seen_by
