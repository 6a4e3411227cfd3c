# needs archives
# An archive that was cut: what is there is read, the loss is told.
mkdir "$TMP/t" && cp -r samples/real-6.12-leaks/t2/proc "$TMP/t"
tar -C "$TMP" --sort=name -cf "$TMP/t.tar" t
head -c 40000 "$TMP/t.tar" >"$TMP/cut.tar"
"$PAGEOWL" contents "$TMP/cut.tar"
