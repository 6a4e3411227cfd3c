# Help fits 80 columns.
for word in "" top diff account ps contents capture symbolize help formats keys categories verdicts rules; do
	"$PAGEOWL" help $word | awk -v word="$word" \
		'length > 80 { print word ": " length ": " $0 }'
done
