# The manual has every option and topic that the program has, and no other.
for command in top diff account ps contents capture symbolize help; do
	"$PAGEOWL" help $command
done | sed -n 's/^ *\(-[a-zA-Z], \)\{0,1\}--\([a-z-]*\).*/\2/p' | sort -u >"$TMP/program"
# mdoc: ".It Fl b , Fl Fl by Ns = Ns Ar KEY" or ".Fl -by"
sed -n '/^\.It Fl/p' docs/pageowl.1 | grep -o 'Fl \(Fl \|-\)[a-z-]*' |
	sed 's/.*[ -]Fl //;s/Fl -//;s/^Fl //' | sort -u >"$TMP/manual"
diff "$TMP/program" "$TMP/manual"
for topic in keys categories verdicts formats rules; do
	"$PAGEOWL" help $topic | sed -n 's/^  \([a-z_-]*\)  .*/\1/p;s/^  \([a-z, /-]*[a-zA-Z]\)\( ([A-Za-z]*)\)\{0,1\}$/\1/p'
done | while read -r word; do
	grep -qF -e "$word" docs/pageowl.1 || echo "not in the manual: $word"
done
