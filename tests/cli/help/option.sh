# --help and -h of each command are its help.
for command in top diff ps contents capture help; do
	"$PAGEOWL" help $command >"$TMP/help"
	"$PAGEOWL" $command --help | cmp - "$TMP/help" && echo $command
	"$PAGEOWL" $command -h | cmp - "$TMP/help"
done
