# A boot without a leak: the default rules hold. These captures have no traces
# of slab caches, so that the objects in them are judged by their pages alone.
old=samples/real-6.12-noleak/t2
new=samples/real-6.12-noleak/t3
"$PAGEOWL" diff --fail-over=default $old $new >/dev/null
echo "default: $?"
"$PAGEOWL" diff --fail-over='category=slab: 8M' $old $new >/dev/null
echo "slab, at most 8M: $?"
"$PAGEOWL" diff --fail-over='category=slab: 4M' $old $new >/dev/null
echo "slab, at most 4M: $?"
"$PAGEOWL" diff --fail-over='function: 20K and 20%' $old $new >/dev/null
echo "20K and 20%: $?"
"$PAGEOWL" diff --fail-over='function: 20K and 5%' $old $new >/dev/null
echo "20K and 5%: $?"
