# A log that holds four kinds of reports gives all four: held by 20 and 10
# objects left in a cache, 12 of each site that kmemleak lists, two pages.
"$PAGEOWL" contents samples/mixed/real-6.12-four-kinds.txt.gz
"$PAGEOWL" top samples/mixed/real-6.12-four-kinds.txt.gz
"$PAGEOWL" account samples/mixed/real-6.12-four-kinds.txt.gz
"$PAGEOWL" ps --top=3 samples/mixed/real-6.12-four-kinds.txt.gz
