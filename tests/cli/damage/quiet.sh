# --quiet: no warnings, and --strict still fails.
"$PAGEOWL" top --quiet samples/page_owner/bad-headers.txt >/dev/null
echo $?
"$PAGEOWL" top --quiet --strict samples/page_owner/bad-headers.txt >/dev/null
