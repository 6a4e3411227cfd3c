# Objects that nothing points to: times where CONFIG_HZ can be known, the task.
for file in good-6.17 good-5.10-ages good-3.18-32-bit good-hidden-addresses; do
	"$PAGEOWL" top samples/kmemleak/$file.txt
done
"$PAGEOWL" top --hz=250 --by=comm,pid,kind samples/kmemleak/good-6.17.txt
gzip -dc samples/kmemleak/real-6.1.txt.gz | "$PAGEOWL" top --top=4 -
