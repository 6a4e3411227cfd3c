# --help and -h of each command are its help.
for command in top diff help; do
	"$PAGEOWL" help $command >"$TMP/help"
	"$PAGEOWL" $command --help | cmp - "$TMP/help" && echo $command
	"$PAGEOWL" $command -h | cmp - "$TMP/help"
done
