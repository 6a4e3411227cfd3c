# --formula: each sum, term by term; of two captures one after the other.
formula()
{
	"$PAGEOWL" account --formula "$@" | sed -n '/^How it was/,/^$/p'
}
formula samples/real-6.12-leaks/t2
echo ---
formula --kb samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
