# Nothing could be counted.
sed 's/order [0-9]*/order 99/' samples/page_owner/good-6.8.txt | "$PAGEOWL" top -
