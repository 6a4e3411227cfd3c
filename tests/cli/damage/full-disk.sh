# A full disk is an error.
"$PAGEOWL" top samples/page_owner/good-6.8.txt >/dev/full
echo $?
"$PAGEOWL" top -O json samples/page_owner/good-6.8.txt >/dev/full
echo $?
"$PAGEOWL" help top >/dev/full
echo $?
"$PAGEOWL" --version >/dev/full
