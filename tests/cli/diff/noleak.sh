# A boot without a leak: what grew is not called a leak.
"$PAGEOWL" diff samples/real-6.12-noleak/t2 samples/real-6.12-noleak/t3
