# A value where there is none.
"$PAGEOWL" top --strict=yes x
