# needs bfd
# What no debug information was found for is named, and what may have it.
lines() { echo "$@" | tr / '\n' | sed 's/~/\//g'; }
try()
{
	"$PAGEOWL" symbolize "$@" 2>"$TMP/said"
	echo "status $?"
	cat "$TMP/said"
}
module=' do_leak+0x1b~0x30 [leaky_pages]'
kernel=' vfs_otter+0x6a~0xf0'
lines "$module" | try
lines "Linux version 6.1.0-999-amd64 (a) #1/$module/$kernel" | try
lines "Linux version 6.12.999+deb13-cloud-amd64 (a) #1/$kernel" | try
lines "Linux version 6.12.117-lab-amd64 (a) #1/$kernel" | try
# A program that was made by bpf is of no file.
lines "Linux version 6.12.117-lab (a) #1/ f+0x1~0x2 [bpf]" | try
# Some have one.
lines " otter+0x1~0x2 [otter]/$module" | try --debug-dir=samples/symbols
# A kernel of which no line came is of no use.
lines " heron_fish+0x3~0x99" | try --vmlinux=samples/symbols/header_first.gz |
	grep status
