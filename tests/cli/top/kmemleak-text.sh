# From logs and mail; source lines that stand in the report are shown.
for file in good-symbolized-repeats good-log good-quoted-mail; do
	"$PAGEOWL" top --full samples/kmemleak/$file.txt
done
"$PAGEOWL" top --output=json samples/kmemleak/good-symbolized-repeats.txt |
	grep -A 9 '"places"'
