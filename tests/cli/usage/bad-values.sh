# Values that mean nothing: what was wrong, and a remedy.
for option in --min=12Q --min=-1 --min=99999999999G --page-size=5000 \
	--top=many --top=-1 --by=colour --by= --only=comm --only=colour=red \
	--not=pid --sort=name --format=elf --output=xml --color=blue \
	--threads=99999 --since=now --until=1.x --function='(' ; do
	"$PAGEOWL" top "$option" x
	[ $? -eq 2 ] || echo "$option: another status"
done
"$PAGEOWL" diff --match=fuzzy x y
