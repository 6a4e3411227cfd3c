# What is there already is not touched, and what makes no sense is said.
try()
{
	timeout 60 "$PAGEOWL" capture "$@" || echo "status $?" >&2
}
sample=--root=samples/real-6.12-noleak/t3
mkdir "$TMP/full" "$TMP/empty"
echo mine >"$TMP/full/file"
echo mine >"$TMP/file"
try $sample -o "$TMP/full"
try $sample -o "$TMP/file"
try --quiet $sample -o "$TMP/file.tar" && try $sample -o "$TMP/file.tar"
try $sample -o "$TMP/none/there"
try $sample -o "$TMP/none/there.tar.gz"
try $sample -o "$TMP/file/below"
try $sample -o ""
try $sample -o -
try $sample -o "$TMP/x.tar.xz"
try $sample -o "$TMP/x.TAR.GZ"
try $sample
try $sample "$TMP/operand"
try $sample one two
try $sample --count=2 -o "$TMP/counted"
try $sample --every=0 -o "$TMP/counted"
try $sample --every=soon -o "$TMP/counted"
try $sample --jobs=65 -o "$TMP/counted"
try $sample --quick=yes -o "$TMP/counted"
try --root= -o "$TMP/counted"
try --fast -o "$TMP/counted"
cat "$TMP/full/file" "$TMP/file"
ls "$TMP" "$TMP/full" "$TMP/empty"
