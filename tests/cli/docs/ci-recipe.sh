# needs archives
# The files that docs/ci.md has its reader write are whole: the shell parses the
# scripts, the rules are read and judged by, and what is suppressed by them is.
python3 - docs/ci.md "$TMP" <<'PY'
import os, re, sys

page, folder = sys.argv[1:]
for name, text in re.findall(r"^cat >(\S+) <<'END'\n(.*?)^END$",
                             open(page).read(), re.M | re.S):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    open(path, "w").write(text)
    print(name)
    if name.endswith(".yml"):
        try:
            import yaml
        except ImportError:
            continue
        yaml.safe_load(text)
PY
for script in init workload initramfs.sh vm.sh gate.sh; do
	sh -n "$TMP/ci/$script" || echo "$script is no script"
done
SOURCE_DATE_EPOCH=1800000000 "$PAGEOWL" diff --rules="$TMP/ci/memory.rules" \
	--iterations=100 samples/real-6.12-noleak/t2 samples/real-6.12-noleak/t3 \
	>"$TMP/out"
echo "status $?"
# The gate tells "nothing was judged" from "a leak".
mkdir -p "$TMP/build" "$TMP/none" "$TMP/bin"
ln -s "$PAGEOWL" "$TMP/build/pageowl"
samples=$PWD/samples/real-6.12-leaks
cd "$TMP" || exit
unset LINUX
PAGEOWL=$TMP sh ci/gate.sh none 100 2>/dev/null
echo "status $?"
ls none/reports # nothing that could be uploaded
# captures as vm.sh leaves them
mkdir leak
for number in 1 2; do
	tar -C "$samples/t$number" -czf leak/$((number + 98)).tar.gz .
done
mv leak/99.tar.gz leak/099.tar.gz
PAGEOWL=$TMP sh ci/gate.sh leak 100 2>/dev/null
echo "status $?"
ls leak/reports
# vm.sh believes a guest that came to its end, and no other.
cat >bin/qemu-system-x86_64 <<'GUEST'
#!/bin/sh
echo "[ 1.0] $CONSOLE"
[ -z "$STATUS" ] || echo "$STATUS" >out/status
GUEST
chmod +x bin/qemu-system-x86_64
guest()
{
	rm -rf out
	CONSOLE=$1 STATUS=$2 PATH=$TMP/bin:$PATH sh ci/vm.sh bzImage out 100 4
	echo "status $?"
}
guest "Power down" whole
guest "Power down" "page_owner is not on"
guest "Kernel panic" ""
guest "Oops: 0000 [#1]" whole
