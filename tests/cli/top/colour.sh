# Colour when asked for, and not because of the environment.
sample=samples/page_owner/good-6.8.txt
"$PAGEOWL" top --color=always $sample | cat -v
NO_COLOR=1 "$PAGEOWL" top --color=always $sample | grep -c "$(printf '\033')"
"$PAGEOWL" top --color=never $sample | grep -c "$(printf '\033')"
"$PAGEOWL" top $sample | grep -c "$(printf '\033')"
exit 0
