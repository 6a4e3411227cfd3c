# A reader that goes away ends it, though the input has no end.
yes 'otter_dive+0x1/0x2' | "$PAGEOWL" symbolize --symbols=never | head -n 1
