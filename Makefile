# pageowl: GNU make, GCC or Clang, Linux.
#
# CFLAGS, CPPFLAGS, LDFLAGS and LDLIBS are yours; what the program needs is
# added beside them. V=1 shows commands, WERROR=1 makes warnings errors,
# SANITIZE=address,undefined builds a variant of its own, ISAL=0 leaves ISA-L
# out, ARCHIVE=0 leaves libarchive out, BFD=0 leaves libbfd out (no source
# lines then), STATIC=1 links no shared library.

CC ?= cc
CFLAGS ?= -O2 -g
PREFIX ?= /usr/local
DESTDIR ?=
SANITIZE ?=
STATIC ?=
WERROR ?=
V ?=

VERSION := 0.1.0

comma := ,
hash := \#
VARIANT := $(if $(SANITIZE),$(subst $(comma),-,$(SANITIZE)),plain)
has_header = $(shell printf '$(hash)include <$(1)>\n' | \
	$(CC) -E -x c - >/dev/null 2>&1 && echo 1 || echo 0)
# Distributions have no static ISA-L.
ifneq ($(STATIC),)
VARIANT := $(VARIANT)-static
override ISAL := 0
endif
ISAL ?= $(call has_header,isa-l.h)
ifneq ($(ISAL),1)
VARIANT := $(VARIANT)-zlib
endif
# What a static libarchive wants of its own.
archive_parts := -llzma -lzstd -llz4 -lbz2
links_archive = $(shell printf '$(hash)include <archive.h>\nint main(void) { \
	struct archive *a = archive_read_new(); \
	return archive_read_support_filter_xz(a) + \
	archive_read_support_filter_zstd(a) + \
	archive_read_support_filter_lz4(a) + \
	archive_read_support_filter_bzip2(a) + \
	archive_read_support_format_tar(a); }' | $(CC) -static -x c - \
	-o /dev/null -larchive $(archive_parts) -lz >/dev/null 2>&1 && \
	echo 1 || echo 0)
ifneq ($(STATIC),)
ARCHIVE ?= $(call links_archive)
endif
ARCHIVE ?= $(call has_header,archive.h)
ifneq ($(ARCHIVE),1)
VARIANT := $(VARIANT)-noarchive
endif
# What a static libbfd wants of its own.
bfd_parts := -lsframe -liberty -lzstd -lz
links_bfd = $(shell printf '$(hash)include <bfd.h>\nint main(void) { \
	return bfd_check_format(bfd_openr("", NULL), bfd_object); }' | \
	$(CC) -DPACKAGE -static -x c - -o /dev/null -lbfd \
	$(bfd_parts) >/dev/null 2>&1 && echo 1 || echo 0)
ifneq ($(STATIC),)
BFD ?= $(call links_bfd)
endif
BFD ?= 1
ifneq ($(BFD),1)
VARIANT := $(VARIANT)-nobfd
endif
OUT := build/$(VARIANT)

Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' $(1) $(2))

own_cppflags := -Ianalyzer -I. -D_POSIX_C_SOURCE=200809L \
	-D_FILE_OFFSET_BITS=64 -DPAGEOWL_VERSION='"$(VERSION)"'
own_cflags := -std=c17 -pthread -Wall -Wextra -Wshadow -Wpointer-arith \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla -Wwrite-strings \
	-fno-strict-aliasing -fstack-protector-strong
own_ldflags := -pthread
own_ldlibs := -lz
ifeq ($(ISAL),1)
own_cppflags += -DHAVE_ISAL
own_ldlibs += -lisal
endif
ifeq ($(ARCHIVE),1)
own_cppflags += -DHAVE_ARCHIVE
own_ldlibs += -larchive
ifneq ($(STATIC),)
own_ldlibs += $(archive_parts) -lz
endif
endif
ifeq ($(BFD),1)
ifneq ($(call has_header,bfd.h),1)
ifeq ($(filter clean format lint help,$(MAKECMDGOALS)),)
$(error There is no bfd.h: install binutils-dev, or build with BFD=0, without source lines)
endif
endif
own_cppflags += -DHAVE_BFD
own_ldlibs += -lbfd
ifneq ($(STATIC),)
own_ldlibs += $(bfd_parts)
endif
endif
# libdebuginfod is loaded when it is asked for. Of glibc before 2.34 dlopen()
# is in a library of its own; later ones have an empty one.
ifeq ($(STATIC),)
own_cppflags += -DHAVE_DEBUGINFOD
own_ldlibs += -ldl
endif
ifneq ($(WERROR),)
own_cflags += -Werror
endif
ifneq ($(STATIC),)
own_ldflags += -static
endif
ifneq ($(SANITIZE),)
own_cflags += -fsanitize=$(SANITIZE) -fno-omit-frame-pointer \
	-fno-sanitize-recover=all
own_ldflags += -fsanitize=$(SANITIZE)
endif
compile = $(CC) $(own_cppflags) $(CPPFLAGS) $(own_cflags) $(CFLAGS) -MMD -MP
link = $(CC) $(own_cflags) $(CFLAGS) $(own_ldflags) $(LDFLAGS)

sources := $(wildcard analyzer/*/*.c symbolize/*.c)
objects := $(sources:%.c=$(OUT)/%.o)
main_object := $(OUT)/analyzer/main.o
unit_sources := $(wildcard tests/unit/test_*.c)
property_sources := $(wildcard tests/property/property_*.c)
fuzz_sources := $(wildcard tests/fuzz/fuzz_*.c)
fuzz_engine_sources := $(filter-out $(fuzz_sources) \
	tests/fuzz/replay_driver.c,$(wildcard tests/fuzz/*.c))
support_sources := $(wildcard tests/support/*.c)
support_objects := $(support_sources:%.c=$(OUT)/%.o)
fuzz_engines := $(fuzz_engine_sources:%.c=$(OUT)/%.o)
units := $(unit_sources:%.c=$(OUT)/%)
properties := $(property_sources:%.c=$(OUT)/%)
replays := $(fuzz_sources:%.c=$(OUT)/%_replay)
cli_cases := $(sort $(wildcard tests/cli/*/*.sh))

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: FORCE all check check-unit check-property check-cli check-fuzz golden \
	fuzz bench bench-symbols lint format install static clean help

all: build/pageowl ## build the program: build/pageowl

# Of another variant it may be newer than this one's.
build/pageowl: $(OUT)/pageowl FORCE
	$(Q)cmp -s $< $@ || cp -f $< $@

$(OUT)/pageowl: $(main_object) $(objects)
	$(call say,LD,$@)
	$(Q)$(link) $^ $(own_ldlibs) $(LDLIBS) -o $@

$(OUT)/%.o: %.c Makefile
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(compile) -c $< -o $@

# The tests may look into the library; none of them is part of the program.
$(OUT)/tests/unit/%: $(OUT)/tests/unit/%.o $(objects) $(support_objects)
	$(call say,LD,$@)
	$(Q)$(link) $^ $(own_ldlibs) $(LDLIBS) -lcmocka -o $@

$(OUT)/tests/property/%: $(OUT)/tests/property/%.o $(objects) $(support_objects)
	$(call say,LD,$@)
	$(Q)$(link) $^ $(own_ldlibs) $(LDLIBS) -lcmocka -o $@

$(OUT)/tests/fuzz/%_replay: $(OUT)/tests/fuzz/%.o \
		$(OUT)/tests/fuzz/replay_driver.o $(fuzz_engines) $(objects) \
		$(support_objects)
	$(call say,LD,$@)
	$(Q)$(link) $^ $(own_ldlibs) $(LDLIBS) -lcmocka -o $@

check: check-unit check-property check-fuzz check-cli lint ## run all tests

check-unit: $(units) ## run the unit tests
	$(Q)for t in $(units); do $$t || exit 1; done

check-property: $(properties) ## run the property tests (SEED=n repeats a run)
	$(Q)for t in $(properties); do $$t || exit 1; done

check-fuzz: $(replays) ## replay the fuzz corpus, no fuzzer needed
	$(Q)for t in $(replays); do \
		n=$$(basename $$t _replay); n=$${n#fuzz_}; \
		$$t tests/fuzz/corpus/$$n || exit 1; done

check-cli: build/pageowl ## run the end-to-end tests
	$(Q)tests/cli/run.sh build/pageowl $(cli_cases)

golden: build/pageowl ## re-record what the end-to-end tests expect
	$(Q)tests/cli/run.sh --record build/pageowl $(cli_cases)

fuzz: ## build the fuzzers (clang): build/fuzz/fuzz_*
	$(Q)$(MAKE) --no-print-directory CC=clang SANITIZE= \
		OUT=build/fuzz-objects CFLAGS="-O1 -g \
		-fsanitize=fuzzer-no-link,address,undefined \
		-fno-sanitize-recover=all" fuzz-programs

fuzzers := $(fuzz_sources:tests/fuzz/%.c=build/fuzz/%)
.PHONY: fuzz-programs
fuzz-programs: $(fuzzers)
build/fuzz/%: $(OUT)/tests/fuzz/%.o $(fuzz_engines) $(objects) \
		$(support_objects)
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)clang -pthread -fsanitize=fuzzer,address,undefined $^ \
		$(own_ldlibs) $(LDLIBS) -lcmocka -o $@

bench: build/pageowl build/expand_dump build/expand_text build/bare_inflate build/peak_memory build/owner_scaling ## measure, as ratios (BENCH_SIZE=bytes)
	$(Q)$(MAKE) --no-print-directory ISAL=0 build/pageowl-zlib
	$(Q)tests/bench/run.sh build/pageowl build/expand_dump build/expand_text

bench-symbols: build/pageowl build/ask_lines ## compare source lines (VMLINUX=file)
	$(Q)tests/bench/symbols.sh build/pageowl

static: ## build one file without shared libraries: build/pageowl-static
	$(Q)$(MAKE) --no-print-directory STATIC=1 build/pageowl-static

build/pageowl-static build/pageowl-zlib: $(OUT)/pageowl
	$(Q)cp -f $< $@

# The readers of the library, on a file of its own.
build/owner_scaling: $(OUT)/tests/bench/owner_scaling.o $(objects)
	$(call say,LD,$@)
	$(Q)$(link) $^ $(own_ldlibs) $(LDLIBS) -o $@

# What libbfd tells, and what it costs, without the program around it.
build/ask_lines: $(OUT)/tests/bench/ask_lines.o $(objects)
	$(call say,LD,$@)
	$(Q)$(link) $^ $(own_ldlibs) $(LDLIBS) -o $@

build/%: tests/bench/%.c $(wildcard tests/bench/*.h)
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) -std=c17 -D_GNU_SOURCE -I. -O2 -Wall -Wextra $< -lz -o $@

lint: ## check the layers, the style of text, and the format
	$(Q)tests/lint/run.sh

format: ## let clang-format have its way
	$(Q)clang-format -i $$(git ls-files '*.c' '*.h' ':!samples')

install: build/pageowl ## install below PREFIX, staged in DESTDIR
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 build/pageowl $(DESTDIR)$(PREFIX)/bin/pageowl
	install -m 644 docs/pageowl.1 $(DESTDIR)$(PREFIX)/share/man/man1/

clean: ## remove what was built
	rm -rf build

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | \
		awk -F'\t' '{ printf "  %-16s %s\n", $$1, $$2 }'

-include $(objects:.o=.d) $(main_object:.o=.d) $(units:=.d) $(properties:=.d) \
	$(support_objects:.o=.d) $(OUT)/tests/bench/owner_scaling.d \
	$(OUT)/tests/bench/ask_lines.d \
	$(fuzz_engines:.o=.d) $(replays:_replay=.d)
