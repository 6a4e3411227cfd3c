/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/text_kernel.h"

#include <stdio.h>
#include <sys/utsname.h>

#include "cli/symbol_setup.h"

/*
 * Each change starts anew. A log of so many boots with kernels that differ is
 * made up.
 */
#define CHANGES_MAX 64

/* Who names files has not thought of all modules. */
static void say_gaps(struct text_kernel *kernel)
{
	char text[SYMBOL_GAPS_CAPACITY];
	struct symbol_gaps gaps = {0};

	if (kernel->gaps_told || !symbols_are_asked_for(kernel->cli->settings))
		return;
	symbol_gaps_add(&gaps, kernel->symbolizer, NULL, NULL);
	/* The symbolizer has said it of the kernel. */
	gaps.kernel = false;
	symbol_gaps_text(&gaps, text);
	if (text[0])
		console_warn(&kernel->cli->console, "%s", text);
}

/* What it found stays said. */
static void end_symbolizer(struct text_kernel *kernel)
{
	if (!kernel->symbolizer)
		return;
	symbols_say(kernel->cli, kernel->symbolizer, &kernel->told);
	say_gaps(kernel);
	symbolizer_destroy(kernel->symbolizer);
	kernel->symbolizer = NULL;
	kernel->told = 0;
	kernel->gaps_told = false;
}

void text_kernel_deinit(struct text_kernel *kernel)
{
	end_symbolizer(kernel);
}

static bool is_text(struct span text, const char *string)
{
	return span_equal(text, span_of(string));
}

bool text_kernel_differs(const struct text_kernel *kernel,
			 const struct kernel_mention *mention)
{
	if (kernel->lost)
		return false;
	if (!kernel->release[0] && !kernel->symbolizer)
		return false;
	return !is_text(mention->release, kernel->release) ||
	       (mention->build_id.length && kernel->build_id[0] &&
		!is_text(mention->build_id, kernel->build_id));
}

static void copy(struct span text, char *ret)
{
	memcpy(ret, text.at, text.length);
	ret[text.length] = '\0';
}

/* The last kernel must not answer for all that follow. */
static void lose(struct text_kernel *kernel)
{
	kernel->lost = true;
	console_warn(&kernel->cli->console,
		     "the text changes its kernel more than %d times; from "
		     "here on frames pass without a source line",
		     CHANGES_MAX);
}

bool text_kernel_enter(struct text_kernel *kernel,
		       const struct kernel_mention *mention)
{
	if (kernel->lost)
		return true;
	if (text_kernel_differs(kernel, mention)) {
		end_symbolizer(kernel);
		kernel->build_id[0] = '\0';
		if (kernel->changes++ == CHANGES_MAX) {
			lose(kernel);
			return true;
		}
	}
	/* The symbolizer borrows the release; here it has the same. */
	if (!kernel->symbolizer)
		copy(mention->release, kernel->release);
	kernel->assumed = false;
	if (!mention->build_id.length)
		return true;
	copy(mention->build_id, kernel->build_id);
	return !kernel->symbolizer ||
	       symbolizer_expect(kernel->symbolizer, NULL, kernel->build_id);
}

/*
 * A text without a release is mostly of the machine that we run on: a kernel
 * file, or part of its log. Who names a kernel, or a folder, may have another
 * one in mind.
 */
static void assume_release(struct text_kernel *kernel)
{
	struct utsname name;

	if (kernel->release[0] ||
	    symbols_are_asked_for(kernel->cli->settings) || uname(&name) != 0)
		return;
	snprintf(kernel->release, sizeof(kernel->release), "%s", name.release);
	kernel->assumed = true;
}

static bool begin_symbolizer(struct text_kernel *kernel)
{
	if (kernel->symbolizer)
		return true;
	assume_release(kernel);
	kernel->symbolizer = symbol_setup(
		kernel->cli, kernel->release[0] ? kernel->release : NULL);
	return kernel->symbolizer &&
	       (!kernel->build_id[0] ||
		symbolizer_expect(kernel->symbolizer, NULL, kernel->build_id));
}

/* Whether the file itself was of no use. */
static bool is_unusable(enum frame_status status)
{
	return status == FRAME_NO_OBJECT || status == FRAME_REFUSED ||
	       status == FRAME_FAILED;
}

static bool resolve(void *context, const struct frame_query *queries,
		    size_t count, struct frame_answer *answers)
{
	struct text_kernel *kernel = context;
	size_t i;

	/* As if no file were there. */
	for (i = 0; kernel->lost && i < count; i++)
		answers[i].status = FRAME_NO_OBJECT;
	if (kernel->lost)
		return true;
	if (!begin_symbolizer(kernel) ||
	    !symbolizer_resolve(kernel->symbolizer, queries, count, answers))
		return false;
	for (i = 0; i < count; i++) {
		if (queries[i].module)
			continue;
		kernel->answered |= answers[i].status == FRAME_RESOLVED;
		kernel->unanswered |= is_unusable(answers[i].status);
	}
	return true;
}

struct frame_teller text_kernel_teller(struct text_kernel *kernel)
{
	return (struct frame_teller){resolve, kernel};
}

bool text_kernel_is_useless(const struct text_kernel *kernel)
{
	return kernel->cli->settings->symbols.vmlinux && kernel->unanswered &&
	       !kernel->answered;
}

#define DIGITS "0123456789"

/* "6.1.0-56-cloud-amd64", "6.12.57+deb13-amd64"; not "6.12.3-lab-arm64". */
static bool is_of_debian(const char *release)
{
	static const char *const flavours[] = {
		"-amd64", "-arm64", "-686",	"-686-pae",
		"-armmp", "-s390x", "-riscv64", "-powerpc64le"};
	size_t length = strlen(release), i;

	for (i = 0; i < sizeof(flavours) / sizeof(flavours[0]); i++) {
		size_t end = strlen(flavours[i]);

		if (length > end &&
		    strcmp(release + length - end, flavours[i]) == 0)
			break;
	}
	if (i == sizeof(flavours) / sizeof(flavours[0]))
		return false;
	release += strspn(release, DIGITS ".");
	return strncmp(release, "+deb", 4) == 0 ||
	       (release[0] == '-' && strspn(release + 1, DIGITS));
}

void text_kernel_gaps(struct text_kernel *kernel,
		      char ret[SYMBOL_GAPS_CAPACITY])
{
	struct symbol_gaps gaps = {0};
	size_t length;

	ret[0] = '\0';
	if (!kernel->symbolizer)
		return;
	symbol_gaps_add(&gaps, kernel->symbolizer, NULL, NULL);
	symbol_gaps_text(&gaps, ret);
	kernel->gaps_told = true;
	length = strlen(ret);
	if (!ret[0] || !is_of_debian(kernel->release))
		return;
	snprintf(ret + length, SYMBOL_GAPS_CAPACITY - length,
		 "; of Debian the package linux-image-%s-dbg has it",
		 kernel->release);
}

void text_kernel_warn(struct text_kernel *kernel)
{
	if (kernel->symbolizer)
		symbols_warn(kernel->cli, kernel->symbolizer, &kernel->told);
}
