# What count_threshold left out is said.
mkdir -p "$TMP/sys/kernel/debug/page_owner_stacks"
cd "$TMP/sys/kernel/debug/page_owner_stacks" || exit
cp "$OLDPWD/samples/page_owner_stacks/good-6.9.txt" show_stacks
printf 3 >count_threshold
"$PAGEOWL" top "$TMP"
