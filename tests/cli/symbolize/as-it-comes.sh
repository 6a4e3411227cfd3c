# Lines are passed on while the input is still open.
mkfifo "$TMP/in" "$TMP/out"
"$PAGEOWL" symbolize --symbols=never "$TMP/in" >"$TMP/out" &
exec 4<"$TMP/out"
exec 3>"$TMP/in"
for word in one two three; do
	echo "$word" >&3
	read -r answer <&4
	echo "$answer"
done
exec 3>&-
wait
cat <&4
