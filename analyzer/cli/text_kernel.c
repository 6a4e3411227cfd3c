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

/* What it found stays said. */
static void end_symbolizer(struct text_kernel *kernel)
{
	if (!kernel->symbolizer)
		return;
	symbols_say(kernel->cli, kernel->symbolizer, &kernel->told);
	symbolizer_destroy(kernel->symbolizer);
	kernel->symbolizer = NULL;
	kernel->told = 0;
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
	if (!kernel->release[0] && !kernel->symbolizer)
		return false;
	return kernel->changes < CHANGES_MAX &&
	       (!is_text(mention->release, kernel->release) ||
		(mention->build_id.length && kernel->build_id[0] &&
		 !is_text(mention->build_id, kernel->build_id)));
}

static void copy(struct span text, char *ret)
{
	memcpy(ret, text.at, text.length);
	ret[text.length] = '\0';
}

bool text_kernel_enter(struct text_kernel *kernel,
		       const struct kernel_mention *mention)
{
	if (kernel->changes == CHANGES_MAX)
		return true;
	if (text_kernel_differs(kernel, mention)) {
		end_symbolizer(kernel);
		kernel->build_id[0] = '\0';
		kernel->changes++;
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

static bool expect(void *context, const char *module, const char *build_id)
{
	struct text_kernel *kernel = context;

	return begin_symbolizer(kernel) &&
	       symbolizer_expect(kernel->symbolizer, module, build_id);
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

	if (!begin_symbolizer(kernel) ||
	    !symbolizer_resolve(kernel->symbolizer, queries, count, answers))
		return false;
	if (kernel->cli->settings->symbols.vmlinux)
		for (i = 0; i < count; i++)
			kernel->unusable |= !queries[i].module &&
					    is_unusable(answers[i].status);
	return true;
}

struct frame_teller text_kernel_teller(struct text_kernel *kernel)
{
	return (struct frame_teller){expect, resolve, kernel};
}

void text_kernel_warn(struct text_kernel *kernel)
{
	const char *text;

	if (!kernel->symbolizer)
		return;
	for (; (text = symbolizer_warning(kernel->symbolizer, kernel->told));
	     kernel->told++)
		console_warn(&kernel->cli->console, "%s", text);
}
