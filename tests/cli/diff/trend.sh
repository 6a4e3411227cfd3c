# Three captures: growth in each interval, per hour, and what the verdicts are
# worth: leaky_tx_ring_grow and leaky_zeroed leaked in the first round only.
. tests/cli/series_of.sh
"$PAGEOWL" diff -q --symbols=never "$TMP/t1" "$TMP/t2" "$TMP/t3"
echo
"$PAGEOWL" diff -q --symbols=never --by=module --top=3 \
	"$TMP/t1" "$TMP/t2" "$TMP/t3"
echo
"$PAGEOWL" diff -q --symbols=never --top=1 --source=slab_traces --full \
	"$TMP/t1" "$TMP/t2" "$TMP/t3"
