# What a reviewer reads, whole.
A=samples/real-6.12-noleak
"$PAGEOWL" diff -O markdown --fail-over=default --iterations=1500 $A/t2 $A/t3
