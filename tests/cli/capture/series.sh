# needs archives
# Captures one after the other, in a folder or beside each other.
sample=--root=samples/real-6.12-noleak/t3
"$PAGEOWL" capture --quiet $sample --every=0.01 --count=2 -o "$TMP/night"
"$PAGEOWL" capture --quiet $sample --every=0.01 --count=2 -o "$TMP/day.tar.gz"
"$PAGEOWL" capture $sample --every=0.01 --count=3 -o "$TMP/night" 2>&1 |
	sed '/takes longer than --every/d'
cd "$TMP" || exit
find . -name '0*' -o -name 'day*' -o -name night | sort
for capture in night/0001 night/0002 day-0001.tar.gz day-0002.tar.gz; do
	"$PAGEOWL" contents -O json $capture | grep -c '"format": "page_owner"'
done
