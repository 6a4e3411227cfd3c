# Archives that we do not read are named.
printf 'PK\003\004abcdefgh' >"$TMP/dump.zip"
printf '7z\274\257\047\034abcdefgh' >"$TMP/dump.7z"
printf 'Rar!\032\007abcdefgh' >"$TMP/dump.rar"
for kind in zip 7z rar; do
	"$PAGEOWL" top "$TMP/dump.$kind"
done
