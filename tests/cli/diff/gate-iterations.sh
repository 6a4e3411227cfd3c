# The workload of this pair ran 100 times: what leaks with each of them is a
# whole number.
diff()
{
	"$PAGEOWL" diff "$@" samples/real-6.12-leaks/t1 \
		samples/real-6.12-leaks/t2 2>&1 >/dev/null
	echo "status $?"
}
diff --iterations=100 --fail-over='module=leaky*: 7 objects per iteration'
diff --iterations=100 --fail-over='module=leaky*: 7K/iteration'
# The command line goes before a file.
printf 'iterations 100\nfail-over module=leaky_slab: 3 objects/iteration\n' >"$TMP/a.rules"
diff --rules="$TMP/a.rules"
diff --rules="$TMP/a.rules" --iterations=1000000
printf 'iterations 50\n' >"$TMP/b.rules"
diff --rules="$TMP/a.rules" --rules="$TMP/b.rules"
