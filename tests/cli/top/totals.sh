# Records, pages and stacks of every sample that can be read whole, as README.md has them.
for path in samples/page_owner/good-* samples/page_owner_sort/good-* \
	samples/real-*/*; do
	"$PAGEOWL" top -qO json "$path" >"$TMP/json" || exit
	python3 - "$path" "$TMP/json" <<'END'
import json, os, re, sys
path, found = sys.argv[1], json.load(open(sys.argv[2]))["captures"][0]
folder, name = os.path.dirname(path), os.path.basename(path)
if folder.startswith("samples/real"):
    name = os.path.basename(folder) + "/" + name + "/"
section = "## page_owner_sort/" if folder.endswith("sort") else "#"
text = open("samples/README.md").read().split(section, 1)[1]
want = re.search(r"^\| `" + re.escape(name) + r"` \| ([\d,]+) \| ([\d,]+)"
                 r" \| ([\d,]+) \|", text, re.M)
want = [int(n.replace(",", "")) for n in want.groups()]
got = [found["records"], found["pages"], found["stacks"]]
print(path, "as counted" if got == want else f"{got}, but counted {want}")
END
done
