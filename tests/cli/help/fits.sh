# Help fits 80 columns.
for word in "" top diff ps contents capture symbolize help formats keys categories verdicts; do
	"$PAGEOWL" help $word | awk -v word="$word" \
		'length > 80 { print word ": " length ": " $0 }'
done
