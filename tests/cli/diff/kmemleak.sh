# Two files of kmemleak: what is not there any more was found again, or freed.
"$PAGEOWL" diff samples/kmemleak/good-quoted-mail.txt samples/kmemleak/good-6.17.txt
