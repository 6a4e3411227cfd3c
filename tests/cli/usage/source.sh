# Only names of sources of stacks, and a rate that there can be.
"$PAGEOWL" top --source=nothing samples/real-6.12-leaks/t1
echo $?
"$PAGEOWL" top --source=meminfo samples/real-6.12-leaks/t1
echo $?
"$PAGEOWL" top --hz=100000 samples/real-6.12-leaks/t1
echo $?
"$PAGEOWL" top --hz=fast samples/real-6.12-leaks/t1
