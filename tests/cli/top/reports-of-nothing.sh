# What a log reports without telling who holds what: said, never silent.
cat >"$TMP/cache" <<'END'
[    1.000001] kmem_cache_destroy toy: Slab cache still has objects when called from f+0x1/0x2 [toy]
END
cat >"$TMP/page" <<'END'
[    1.000002] page: refcount:1 mapcount:0 mapping:0000000000000000 index:0x0 pfn:0x1f
[    1.000003] flags: 0x0(node=0|zone=1)
END
"$PAGEOWL" top "$TMP/cache"
"$PAGEOWL" top "$TMP/page"
cat "$TMP/cache" "$TMP/page" samples/dump_page/good-old.txt \
	samples/vmallocinfo/good-64k-pages.txt >"$TMP/log"
"$PAGEOWL" top --source=dump_page "$TMP/log"
"$PAGEOWL" top --page-size=4K "$TMP/log"
