# What has nothing to count is refused with the reason.
"$PAGEOWL" top samples/slab_traces/good-no-data.txt
echo $?
"$PAGEOWL" top samples/slab_traces/bad-no-tracking.txt
echo $?
"$PAGEOWL" top samples/page_owner_stacks/good-6.19-show_stacks_handles.txt
