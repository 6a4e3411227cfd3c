# What crash's extensions print, whole and damaged.
for path in samples/crash_owner/*; do
	"$PAGEOWL" top --full "$path"
	echo
done
