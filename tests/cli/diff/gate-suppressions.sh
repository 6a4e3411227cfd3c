# What becomes of suppressions: used, exceeded, expired on the day behind the
# last one, unused; who comes first takes a stack.
export SOURCE_DATE_EPOCH=1792022400 # 2026-10-15
cat >"$TMP/known.rules" <<'END'
fail-over function: 512K
suppress
	frames do_leak leaky_rx_refill
	maximum 9M
	expires 2026-10-15
	reason rings are filled once
suppress
	frames do_leak
	maximum 1M and 100 objects
	reason other rings
suppress
	module leaky_pages
	category driver
	maximum 20M
	expires 2026-10-14
	reason until it is mended
suppress
	module no_such
	maximum 1
	reason nobody knows
END
diff()
{
	"$PAGEOWL" diff "$@" samples/real-6.12-leaks/t1 \
		samples/real-6.12-leaks/t2 >/dev/null
	echo "status $?" >&2
}
diff --rules="$TMP/known.rules"
# The same in two files, of which the first goes before.
printf 'suppress\nmodule leaky_*\nmaximum 1G\nreason known\n' >"$TMP/all.rules"
printf 'suppress\nmodule churn\nmaximum 4000 objects\nreason known\n' >>"$TMP/all.rules"
printf 'suppress\nframes 0x*\nmaximum 2M\nreason unloaded' >>"$TMP/all.rules"
diff --rules="$TMP/all.rules" --rules="$TMP/known.rules"
diff --rules="$TMP/all.rules" --rules="$TMP/known.rules" --quiet
# Without a rule in a file the default ones are judged by.
diff --rules="$TMP/all.rules"
