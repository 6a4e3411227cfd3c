# Records without a stack are told apart by their handle.
"$PAGEOWL" top --all samples/page_owner/good-handles.txt
"$PAGEOWL" top --all samples/page_owner/good-stack-and-handle.txt
