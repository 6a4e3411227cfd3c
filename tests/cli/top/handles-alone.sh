# Of 6.19's two halves of page_owner_stacks one without the other: pages
# without stacks, stacks without pages; both joined.
stacks=samples/page_owner_stacks
mkdir -p "$TMP/1" "$TMP/2" "$TMP/3"
cp $stacks/good-6.19-show_handles.txt "$TMP/1/show_handles"
cp $stacks/good-6.19-show_stacks_handles.txt "$TMP/2/show_stacks_handles"
cp "$TMP/1/show_handles" "$TMP/2/show_stacks_handles" "$TMP/3"
"$PAGEOWL" top "$TMP/1"
"$PAGEOWL" top "$TMP/3"
"$PAGEOWL" contents --full "$TMP/3"
"$PAGEOWL" top "$TMP/2"
