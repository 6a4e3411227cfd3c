# What could be taken, of files that no kernel prints.
cd samples/real-6.12-leaks || exit
"$PAGEOWL" capture --check --root=t1
"$PAGEOWL" capture --check --root=t1 -O json
"$PAGEOWL" capture --check --root=t1 -O json | python3 -m json.tool >/dev/null
